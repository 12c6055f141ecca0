"""Digests of what is published, and the short codes printed on sheets."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from generator.model.codes import CODE_ALPHABET, CODE_LENGTH, WEIGHTS


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
