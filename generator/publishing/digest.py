"""Digests of what is published, and the short codes printed on sheets."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from typing import Any

# No 0/O, 1/I/L, 2/Z, 5/S, 8/B, U/V/Y: a code is read aloud and typed from paper. That there are
# 23 matters: modulo a prime, a weighted sum finds every single wrong character and every swap
# of two, but those with the check character itself.
CODE_ALPHABET = "34679ACDEFGHJKMNPQRTVWX"
CODE_LENGTH = 8
WEIGHTS = (1, 2, 3, 4, 5, 6, 7)


def digest_of(content: Any) -> str:
    """SHA-256, in hex, over a content's canonical JSON."""
    return hashlib.sha256(canonical_json(content)).hexdigest()


def canonical_json(content: Any) -> bytes:
    """JSON with sorted keys and no idle space, in UTF-8."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def code_of(digest: str) -> str:
    """The eight characters printed on the sheet: seven of the digest and one that checks them."""
    number, base = int(digest, 16), len(CODE_ALPHABET)
    digits = []
    for _ in range(CODE_LENGTH - 1):
        number, digit = divmod(number, base)
        digits.append(digit)
    check = sum(digit * weight for digit, weight in zip(digits, WEIGHTS, strict=True)) % base
    return "".join(CODE_ALPHABET[digit] for digit in (*digits, check))


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
