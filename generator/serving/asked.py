"""How a question of the desk's page is answered: JSON in, JSON out, faults in words that the page shows."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any

from anyio import to_thread
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from generator.settings import CannotBuildError, said

_LARGEST = 30_000_000  # bytes of one question

Answer = Callable[[dict[str, Any]], Any]


class Stale(Exception):  # noqa: N818 - an answer, and no error
    """The file was changed meanwhile; `there` is what it is now."""

    def __init__(self, there: dict[str, Any]) -> None:
        super().__init__()
        self.there = there


def respond_with(answer: Answer) -> Callable[[Request], Awaitable[Response]]:
    """An answer to a JSON object; what cannot be done is said in words that the page shows."""

    async def respond(request: Request) -> Response:
        try:
            asked = json.loads(await body_of(request, _LARGEST) or b"{}")
            return JSONResponse(_plain(await to_thread.run_sync(answer, asked)))
        except Stale as stale:
            return JSONResponse(stale.there, 409)
        except (CannotBuildError, OSError) as fault:
            return refusal(fault)
        except UnicodeEncodeError:
            return JSONResponse({"fault": "有不是字的东西，存不了。请把那里重新打一遍。"}, 400)
        except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
            return JSONResponse({"fault": "这个请求看不懂。请把工作台重新打开一次。"}, 400)
        except ClientDisconnect:
            return Response(status_code=400)
        except RuntimeError as fault:
            print(f"程序出了错：{fault}", flush=True)
            words = "程序出了错，这是我们的毛病。什么也没有写；请把黑窗口里的话发给维护人员。"
            return JSONResponse({"fault": words}, 500)

    return respond


def refusal(fault: CannotBuildError | OSError) -> JSONResponse:
    """Why something cannot be done, as the page shows it."""
    return JSONResponse({"fault": said(fault) if isinstance(fault, OSError) else str(fault)}, 400)


async def body_of(request: Request, most: int) -> bytes:
    """What was sent. Raises `CannotBuildError` where it is too much."""
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > most:
            raise CannotBuildError(f"太大了，超过了 {most // 1_000_000} MB。")
        parts.append(part)
    return b"".join(parts)


def _plain(found: Any) -> Any:
    if isinstance(found, list):
        return [_plain(one) for one in found]
    return asdict(found) if hasattr(found, "__dataclass_fields__") else found
