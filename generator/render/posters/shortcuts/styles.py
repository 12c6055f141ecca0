"""Shorter ways to computed styles: what a style sheet does not name, and styles that earlier sheets
had."""

from __future__ import annotations

from typing import Any

from generator.render.posters.shortcuts.ways import Function, Way

_ORIGINS = (1, 2)  # the engine's style sheet and ours, which are read once
_MOST = 2000  # styles that are kept


def ways() -> list[Way]:
    """The functions of this room."""
    from weasyprint import css
    from weasyprint.draw import color

    return [
        (values_of(css), css.ComputedStyle, "__missing__"),
        (styles_of(css), css.StyleFor, "set_computed_styles"),
        (colour_of(), color, "get_color"),
    ]


def styles_of(css: Any) -> Function:
    """`StyleFor.set_computed_styles`: elements whose parents have the same style, and for which
    style sheets say the same, have the same style from sheet to sheet.

    Pages have not: their styles are changed. What a document says itself is the same where it is
    equal: a length, a word.
    """
    whole = css.StyleFor.set_computed_styles

    def told(name: str, value: Any, weight: Any) -> Any:
        """What tells a value from others; None where nothing does."""
        if weight[0] in _ORIGINS:
            return name, weight, id(value)
        parts = value if isinstance(value, tuple) else (value,)
        is_plain = all(isinstance(part, str | int | float) for part in parts)
        return (name, weight, value) if is_plain else None

    def set_computed_styles(
        self: Any,
        element: Any,
        parent: Any,
        root: Any = None,
        pseudo_type: Any = None,
        base_url: Any = None,
        target_collector: Any = None,
    ) -> None:
        styles, said = self._computed_styles, self._cascaded_styles.get((element, pseudo_type), {})
        above = None if parent is None else styles[parent, None]
        is_kept = above is None or "is_kept" in above.__dict__
        named = [] if isinstance(element, tuple) else [told(name, *said[name]) for name in said]
        if isinstance(element, tuple) or not is_kept or None in named:
            whole(self, element, parent, root, pseudo_type, base_url, target_collector)
            return
        known = self.font_config.__dict__.setdefault("known_styles", {})
        key = (id(above), pseudo_type, frozenset(named))
        if key not in known:
            if len(known) > _MOST:
                known.clear()
            whole(self, element, parent, root, pseudo_type, base_url, target_collector)
            known[key] = styles[element, pseudo_type]
            known[key].is_kept = True
            return
        style = styles[element, pseudo_type] = known[key]
        if above is None or above.is_root_element:
            style.pop("overflow", None)  # the engine takes it from there for the page
        if target_collector and style["anchor"]:
            target_collector.collect_anchor(style["anchor"])

    return set_computed_styles


def colour_of() -> Function:
    """`get_color`: colours are compared with words by what they are, not by what they look like."""

    def get_color(style: Any, key: str) -> Any:
        value = style[key]
        return style["color"] if isinstance(value, str) and value == "currentcolor" else value

    return get_color


def values_of(css: Any) -> Function:
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
