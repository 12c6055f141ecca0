"""Addresses in ASCII, which every program reads alike.

A domain such as 青石镇.中国 has a second form, `xn--…`. Some readers of QR codes take other letters for those of
another encoding, so it is the second form that is printed.
"""

from __future__ import annotations

from urllib.parse import quote, urlsplit, urlunsplit

import idna

_SAFE = "/%:@!$&'()*+,;=~-._"


def ascii_address(text: str) -> str:
    """An address without letters that are not ASCII and without an end slash; nothing where it is
    no address of a site."""
    try:
        parts = urlsplit(text.strip())
        host = idna.encode(parts.hostname or "", uts46=True).decode()
        port = f":{parts.port}" if parts.port else ""
    except ValueError:  # of a port or a bracket; idna's errors are among them
        return ""
    if parts.scheme not in ("http", "https") or parts.username or parts.query or parts.fragment:
        return ""
    path = quote(parts.path.rstrip("/"), safe=_SAFE)
    return urlunsplit((parts.scheme, host + port, path, "", ""))
