"""Lets only this machine's own pages ask: by its own names, and what writes or tells of files only with a
token that no other site can know."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping

from starlette.datastructures import Headers
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

TOKEN = "x-mingbai-token"
_HOSTS = re.compile(r"(127\.0\.0\.1|localhost|\[::1\])(:[0-9]{1,5})?", re.IGNORECASE)
_OURS = ("same-origin", "none")  # what browsers say of a request by our own page, or by nobody's


class Guard:
    """Refuses what does not come from a page of this machine. A site that only leads here by its
    name (DNS rebinding) has another host; one that posts here has another origin, cannot read the
    token, and must not send its header."""

    def __init__(self, app: ASGIApp, token: str, closed: str) -> None:
        """Addresses that begin with `closed` need the token."""
        self._app, self._token, self._closed = app, token, closed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what may be asked."""
        if scope["type"] == "http":
            refusal = self._refusal(Headers(scope=scope), scope["path"])
            if refusal is not None:
                await refusal(scope, receive, send)
                return
        await self._app(scope, receive, send)

    def _refusal(self, headers: Mapping[str, str], path: str) -> Response | None:
        host = headers.get("host", "")
        if not _HOSTS.fullmatch(host):
            return Response(status_code=403)
        if not path.startswith(self._closed):
            return None
        origin, site = headers.get("origin", ""), headers.get("sec-fetch-site", "same-origin")
        given = headers.get(TOKEN, "")
        is_ours = origin.casefold() in ("", f"http://{host}".casefold()) and site in _OURS
        if is_ours and secrets.compare_digest(given.encode(), self._token.encode()):
            return None
        fault = "这个网页是以前打开的，或者不是工作台的。请把工作台重新打开一次。"
        return JSONResponse({"fault": fault}, status_code=403)
