"""Decides where WeasyPrint takes a shorter way to the same: four functions that it calls for every
box, line or property of a sheet give what they gave, with less work.

They are its inner parts, so they are replaced only in the version in which they were read; any
other works as it is. `tests/test_shortcuts.py` fails when another one is locked.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any

READ_IN = "70.0"
_Function = Callable[..., Any]
_AS_USUAL = (
    *("font_kerning", "font_variant_ligatures", "font_variant_position", "font_variant_caps"),
    *("font_variant_numeric", "font_variant_alternates", "font_variant_east_asian"),
    *("font_feature_settings", "font_language_override", "font_variation_settings"),
)
_TYPE = ("font_style", "font_stretch", "font_weight", "font_size", "direction", "lang")
_LENGTHS = (
    *(
        f"{kind}_{side}"
        for kind in ("margin", "padding")
        for side in ("top", "right", "bottom", "left")
    ),
    *("width", "min_width", "max_width", "height", "min_height", "max_height"),
)
_BORDERS = tuple(f"border_{side}_width" for side in ("top", "right", "bottom", "left"))


def take_shortcuts() -> None:
    """Replace the four functions, once for each process."""
    import weasyprint
    from weasyprint import css
    from weasyprint.layout import percent, preferred
    from weasyprint.text import line_break

    if weasyprint.__version__ != READ_IN or getattr(css, "takes_shortcuts", False):
        return
    css.takes_shortcuts = True
    css.ComputedStyle.__missing__ = values_of(css)
    line_break.Layout.setup = setup_of(line_break, css.INITIAL_VALUES)
    for new, old in (
        (lengths_of(percent), percent.resolve_percentages),
        (width_of(preferred), preferred.shrink_to_fit),
    ):
        for module in knowing(old):
            setattr(module, old.__name__, new)


def knowing(function: _Function) -> list[ModuleType]:
    """WeasyPrint's modules that have a function under its name."""
    name = function.__name__
    modules = [module for key, module in sys.modules.items() if key.startswith("weasyprint.")]
    return [module for module in modules if getattr(module, name, None) is function]


def values_of(css: Any) -> _Function:
    """`ComputedStyle.__missing__`: a value that no style sheet names, without looking for what only
    a named one can hold."""
    whole, physical = css.ComputedStyle.__missing__, css.PHYSICAL_FUNCTIONS
    plain = {
        key: value
        for key, value in css.INITIAL_VALUES.items()
        if key not in ("float", "position", "display", "page")
        and not key.startswith("text_decoration_")
    }
    parents = frozenset(plain.keys() & css.INHERITED - physical.keys())
    own = {k: plain[k] for k in plain.keys() - css.INHERITED - css.INITIAL_NOT_COMPUTED}
    logical = {
        name(block="ttb", inline=inline) for name in physical.values() for inline in ("ltr", "rtl")
    }

    def value(self: Any, key: str) -> Any:
        named = self.cascaded
        if key not in named:
            if (key in parents or key[:2] == "__") and self.parent_style is not None:
                found = self[key] = self.parent_style[key]
                return found
            if key in own and (key not in physical or logical.isdisjoint(named)):
                found = self[key] = own[key]
                return found
        return whole(self, key)

    return value


def setup_of(line_break: Any, usual: Any) -> _Function:
    """`Layout.setup`: what Pango is told of a type is put together once, not for each line."""
    whole, description_of = line_break.Layout.setup, line_break.get_font_description
    ffi, gobject, pango = line_break.ffi, line_break.gobject, line_break.pango

    def told(style: Any) -> tuple[Any, Any, Any]:
        context = ffi.gc(
            pango.pango_font_map_create_context(style.font_config.font_map),
            gobject.g_object_unref,
        )
        pango.pango_context_set_round_glyph_positions(context, False)
        direction = line_break.PANGO_DIRECTION[style["direction"]]
        pango.pango_context_set_base_dir(context, direction)
        language = pango.pango_language_get_default()
        if style["lang"]:
            name, _ = line_break.unicode_to_char_p(style["lang"])
            language = pango.pango_language_from_string(name)
            pango.pango_context_set_language(context, language)
        return context, description_of(style), language

    def known(style: Any) -> tuple[Any, Any, Any] | None:
        is_usual = all(style[name] == usual[name] for name in _AS_USUAL)
        if not is_usual or style["text_decoration_line"] != "none":
            return None
        types: dict[Any, tuple[Any, Any, Any]]
        types = style.font_config.__dict__.setdefault("known_types", {})
        key = (tuple(style["font_family"]), *(style[name] for name in _TYPE))
        if key not in types:
            types[key] = told(style)
        return types[key]

    def setup(self: Any, style: Any) -> None:
        if "known_type" not in style.__dict__:
            style.known_type = known(style)
        if style.known_type is None:
            whole(self, style)
            return
        context, description, self.language = style.known_type
        self.style, self.first_line_direction = style, 0
        self.ascent = self.underline_position = self.strikethrough_position = None
        self.layout = ffi.gc(pango.pango_layout_new(context), gobject.g_object_unref)
        pango.pango_layout_set_auto_dir(self.layout, False)
        pango.pango_layout_set_font_description(self.layout, description)

    return setup


def lengths_of(percent: Any) -> _Function:
    """`resolve_percentages`: lengths of a style that are the same in whatever they stand."""
    whole = percent.resolve_percentages

    def fixed(style: Any) -> dict[str, Any] | None:
        """Nothing where a length is a share of something, or is computed."""
        found = {}
        for name in _LENGTHS:
            value = style[name]
            if value != "auto" and getattr(value, "unit", None) != "px":
                return None
            is_least = value == "auto" and name.startswith("min_")
            found[name] = 0 if is_least else value if value == "auto" else value.value
        return found

    def resolve_percentages(box: Any, containing_block: Any) -> None:
        style = box.style
        if "fixed_lengths" not in style.__dict__:
            style.fixed_lengths = fixed(style)
        if style.fixed_lengths is None:
            whole(box, containing_block)
            return
        box.__dict__.update(style.fixed_lengths)
        collapses = style["border_collapse"] == "collapse"
        for name in _BORDERS:
            if not (collapses and hasattr(box, name)):
                setattr(box, name, style[name])
        if style["box_sizing"] != "content-box":
            percent.adjust_box_sizing(box, "width")
            percent.adjust_box_sizing(box, "height")

    return resolve_percentages


def width_of(preferred: Any) -> _Function:
    """`shrink_to_fit`: what fits on one line is not broken at every character to learn the least
    width that it could have."""
    whole = preferred.shrink_to_fit

    def shrink_to_fit(context: Any, box: Any, available_width: Any) -> Any:
        most = preferred.max_content_width(context, box, outer=False)
        return most if most <= available_width else whole(context, box, available_width)

    return shrink_to_fit
