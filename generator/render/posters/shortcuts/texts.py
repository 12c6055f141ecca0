"""Shorter ways to lines of text."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from generator.render.posters.shortcuts.ways import Function, Way

_AS_USUAL = (
    *("font_kerning", "font_variant_ligatures", "font_variant_position", "font_variant_caps"),
    *("font_variant_numeric", "font_variant_alternates", "font_variant_east_asian"),
    *("font_feature_settings", "font_language_override", "font_variation_settings"),
)
# Characters that stand for themselves, whatever follows: no spaces, and nothing that joins.
_PLAIN = re.compile("[0-9A-Za-z\u3001-\u3029\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff5e]+")
_PARAGRAPH = re.compile("[\n\r\u2028\u2029]")
_TYPE = ("font_style", "font_stretch", "font_weight", "font_size", "direction", "lang")


def ways() -> list[Way]:
    """The functions of this room."""
    from weasyprint import css
    from weasyprint.layout import preferred
    from weasyprint.text import line_break

    return [
        (setup_of(line_break, css.INITIAL_VALUES), line_break.Layout, "setup"),
        (kept_of(), line_break.Layout, "deactivate"),
        (again_of(line_break), line_break.Layout, "reactivate"),
        (strut_of(line_break), line_break, "strut"),
        (width_of(preferred), preferred, "shrink_to_fit"),
        (breaks_of(line_break), line_break, "can_break_text"),
    ]


def own_ways() -> list[Way]:
    """What only one module of WeasyPrint is to know otherwise."""
    from weasyprint.layout import preferred

    return [(least_of(preferred), preferred, "split_first_line")]


def breaks_of(line_break: Any) -> Function:
    """`can_break_text`: asked about the same two characters again and again."""
    found: Function = lru_cache(maxsize=4096)(line_break.can_break_text)
    return found


def least_of(preferred: Any) -> Function:
    """`split_first_line` for the least width of a text that breaks anywhere: that of each character
    alone, which is known of the style."""
    whole = preferred.split_first_line

    def breaks(style: Any) -> bool:
        return bool(
            style["overflow_wrap"] == "anywhere"
            and style["white_space"] in ("normal", "pre-wrap", "pre-line")
            and style["hyphens"] != "auto"
            and style["font_size"]
        )

    def split_first_line(
        text: str,
        style: Any,
        context: Any,
        max_width: Any,
        justification_spacing: Any,
        is_line_start: bool = True,
        minimum: bool = False,
    ) -> Any:
        known = style.__dict__
        is_least = max_width == 0 and minimum and is_line_start and _PLAIN.fullmatch(text[:2])
        if is_least and "breaks_anywhere" not in known:
            known["breaks_anywhere"] = breaks(style)
        if not is_least or not known["breaks_anywhere"]:
            return whole(
                text, style, context, max_width, justification_spacing, is_line_start, minimum
            )
        first, widths = text[0], known.setdefault("least_widths", {})
        if first not in widths:
            widths[first] = whole(first, style, context, 0, 0, is_line_start=True, minimum=True)[3]
        resume = len(first.encode()) if text[1:] else None
        return None, None, resume, widths[first], None, None

    return split_first_line


def kept_of() -> Function:
    """`Layout.deactivate`: a line that was laid out stays as it is until it is drawn."""

    def deactivate(self: Any) -> None:
        return None

    return deactivate


def again_of(line_break: Any) -> Function:
    """`Layout.reactivate`: what was kept as one line is not laid out again."""
    whole = line_break.Layout.reactivate
    second = line_break.pango.pango_layout_get_line_readonly

    def reactivate(self: Any, style: Any) -> None:
        is_spread = self.justification_spacing or _PARAGRAPH.search(self.text)
        if is_spread or second(self.layout, 1) != line_break.ffi.NULL:
            whole(self, style)

    return reactivate


def strut_of(line_break: Any) -> Function:
    """`strut`: the height of a line is that of its style."""
    whole = line_break.strut

    def strut(style: Any) -> Any:
        known = style.__dict__
        if "known_strut" not in known:
            known["known_strut"] = whole(style)
        return known["known_strut"]

    return strut


def setup_of(line_break: Any, usual: Any) -> Function:
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


def width_of(preferred: Any) -> Function:
    """`shrink_to_fit`: what fits on one line is not broken at every character to learn the least
    width that it could have."""
    whole = preferred.shrink_to_fit

    def shrink_to_fit(context: Any, box: Any, available_width: Any) -> Any:
        most = preferred.max_content_width(context, box, outer=False)
        return most if most <= available_width else whole(context, box, available_width)

    return shrink_to_fit
