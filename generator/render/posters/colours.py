"""The colour space that sheets name as theirs: sRGB as an ICC profile of half a kilobyte.

PDF/A wants the profile in every file. The usual ones are five times as large, since they hold
the tone curve as a table; this one holds its formula (IEC 61966-2-1; ICC.1:2010, 10.15).
"""

from __future__ import annotations

from struct import pack

_WHITE = (0.9642, 1.0, 0.8249)  # D50, to which profiles are adapted
_PRIMARIES = {
    b"rXYZ": (0.43607, 0.22249, 0.01392),
    b"gXYZ": (0.38515, 0.71687, 0.09708),
    b"bXYZ": (0.14307, 0.06061, 0.71410),
}
# From sRGB's D65 to D50 (Bradford).
_ADAPTED = (1.04788, 0.02292, -0.0502, 0.02959, 0.99048, -0.01706, -0.00923, 0.01508, 0.75168)
_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)


def srgb_profile() -> bytes:
    """The profile; the same bytes every time."""
    tone = b"para" + pack(">IHH", 0, 3, 0) + _fixed(_CURVE)
    tags = {
        b"desc": _text("sRGB"),
        b"cprt": _text("No copyright"),
        b"wtpt": _xyz(_WHITE),
        **{name: _xyz(values) for name, values in _PRIMARIES.items()},
        b"rTRC": tone,
        b"gTRC": tone,
        b"bTRC": tone,
        b"chad": b"sf32" + pack(">I", 0) + _fixed(_ADAPTED),
    }
    table, body = pack(">I", len(tags)), b""
    places: dict[bytes, int] = {}  # equal data stands once
    start = 128 + 4 + 12 * len(tags)
    for name, data in tags.items():
        if data not in places:
            places[data] = start + len(body)
            body += data + bytes(-len(data) % 4)
        table += pack(">4sII", name, places[data], len(data))
    return _header(start + len(body)) + table + body


def _header(size: int) -> bytes:
    made = (2000, 1, 1, 0, 0, 0)  # a profile has a date; ours has none to tell
    return (
        pack(">I4sI4s4s4s", size, bytes(4), 0x04200000, b"mntr", b"RGB ", b"XYZ ")
        + pack(">6H4s4sI", *made, b"acsp", bytes(4), 0)
        + bytes(16)  # maker, model, attributes
        + pack(">I", 1)  # relative colorimetric
        + _fixed(_WHITE)
    ).ljust(128, b"\0")


def _fixed(values: tuple[float, ...]) -> bytes:
    return b"".join(pack(">i", round(value * 65536)) for value in values)


def _xyz(values: tuple[float, ...]) -> bytes:
    return b"XYZ " + pack(">I", 0) + _fixed(values)


def _text(words: str) -> bytes:
    encoded = words.encode("utf-16-be")
    return b"mluc" + pack(">III2s2sII", 0, 1, 12, b"en", b"US", len(encoded), 28) + encoded
