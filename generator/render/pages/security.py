"""What a page allows itself: everything from its own site, nothing from anywhere else.

The samples in docs/hosting send the same policy as a header, with what only a header can say;
tests/test_hosting.py compares them.
"""

from __future__ import annotations

PAGE_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
    )
)
