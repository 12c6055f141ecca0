"""A shorter way to the part of a font that a sheet needs."""

from __future__ import annotations

from typing import Any, cast

from generator.render.posters.shortcuts.ways import Function, Way

# What a PDF needs of a font whose glyphs are chosen by number (ISO 32000-1, 9.9).
TABLES = frozenset(("head", "hhea", "hmtx", "loca", "maxp", "glyf", "cvt ", "fpgm", "prep"))
_FACES = 8  # more than the packaged fonts, with what is borrowed for a sheet
_PREPROCESS = "hb_face_t * hb_subset_preprocess(hb_face_t *source);"


def ways() -> list[Way]:
    """The functions of this room."""
    from weasyprint.pdf import fonts

    return [(subset_of(fonts), fonts.Font, "_harfbuzz_subset")]


def subset_of(fonts: Any) -> Function:
    """`Font._harfbuzz_subset`: a font is prepared for its cuts once, and cut once, with the tables
    that a PDF needs. A second cut would drop what is empty behind the last glyph, which is a full
    stop as wide as a character, near the end of the font."""
    whole = fonts.Font._harfbuzz_subset
    ffi, harfbuzz, cutter = fonts.ffi, fonts.harfbuzz, fonts.harfbuzz_subset
    faces: dict[int, tuple[Any, Any]] = {}

    def prepared(face: Any) -> Any:
        """Made once for each face, which is held so that no other takes its address."""
        address = int(ffi.cast("uintptr_t", face))
        if address not in faces:
            if len(faces) >= _FACES:
                del faces[next(iter(faces))]
            held = ffi.gc(harfbuzz.hb_face_reference(face), harfbuzz.hb_face_destroy)
            made = ffi.gc(cutter.hb_subset_preprocess(face), harfbuzz.hb_face_destroy)
            faces[address] = held, made
        return faces[address][1]

    def subset(self: Any, to_unicode: Any, hinting: Any) -> None:
        is_plain = "glyf" in self.tables and "fvar" not in self.tables
        if not is_plain or self.missing or self.png or self.svg or self.colr:
            whole(self, to_unicode, hinting)
            return
        order = ffi.gc(cutter.hb_subset_input_create_or_fail(), cutter.hb_subset_input_destroy)
        glyphs = sorted(to_unicode)
        put(cutter.hb_subset_input_glyph_set(order), glyphs)
        flags = cutter.HB_SUBSET_FLAGS_RETAIN_GIDS
        if not hinting:
            flags |= cutter.HB_SUBSET_FLAGS_NO_HINTING
        cutter.hb_subset_input_set_flags(order, flags)
        dropped = set(self.tables) - TABLES
        tags = sorted(harfbuzz.hb_tag_from_string(name.encode(), -1) for name in dropped)
        kind = cutter.HB_SUBSET_SETS_DROP_TABLE_TAG
        put(cutter.hb_subset_input_set(order, kind), tags)
        cut = cutter.hb_subset_or_fail(prepared(self.hb_face), order)
        content = None
        if cut != ffi.NULL:
            content = fonts.get_hb_object_data(ffi.gc(cut, harfbuzz.hb_face_destroy))
        if content:
            self.file_content = content
        else:
            whole(self, to_unicode, hinting)

    def put(numbers: Any, values: list[int]) -> None:
        harfbuzz.hb_set_add_sorted_array(numbers, ffi.new("hb_codepoint_t[]", values), len(values))

    ffi.cdef(_PREPROCESS)
    is_able = hasattr(cutter, "hb_subset_preprocess")  # not before HarfBuzz 6.0
    return subset if is_able else cast(Function, whole)
