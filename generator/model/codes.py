"""What makes eight characters a code that is printed on sheets, and how a typed one is read."""

from __future__ import annotations

import unicodedata

# No 0/O, 1/I/L, 2/Z, 5/S, 8/B, U/V/Y: a code is read aloud and typed from paper. That there are
# 23 matters: modulo a prime, a weighted sum finds every single wrong character and every swap
# of two, but those with the check character itself.
CODE_ALPHABET = "34679ACDEFGHJKMNPQRTVWX"
CODE_LENGTH = 8
WEIGHTS = (1, 2, 3, 4, 5, 6, 7)


def plain_code(text: str) -> str:
    """A code as a person typed it, without gaps and in capitals."""
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


def is_code(code: str) -> bool:
    """Whether a code is well formed: its last character checks the others."""
    digits = [CODE_ALPHABET.find(character) for character in code]
    if len(digits) != CODE_LENGTH or -1 in digits:
        return False
    check = sum(digit * weight for digit, weight in zip(digits, WEIGHTS, strict=False))
    return check % len(CODE_ALPHABET) == digits[-1]
