"""Handing changes on, as the desk asks for it: what there is, commit, what clashes, join and push."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from generator.clerk import sharing
from generator.serving.asked import Answer
from generator.settings import Settings


class SharingAnswers:
    """What may be asked where villages/ lies in a repository."""

    def __init__(self, now: Callable[[], Settings]) -> None:
        self._now = now

    @property
    def answers(self) -> dict[str, Answer]:
        """The answers by the last part of their address."""
        return {"share": self._state, "share-commit": self._commit, "share-push": self._push}

    def _state(self, _: Mapping[str, Any]) -> dict[str, Any]:
        found = sharing.state(self._now().villages)
        return {"state": asdict(found) if found else None}

    def _commit(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        """Keep what was changed, and say what both sides have changed."""
        villages = self._now().villages
        number = sharing.commit(villages, str(asked.get("who", "")), str(asked.get("why", "")))
        found = sharing.state(villages)
        clashes = sharing.clashes(villages) if found and found.upstream else ()
        return {
            "committed": number,
            "hasOthers": bool(found and found.upstream),
            "clashes": [asdict(clash) for clash in clashes],
        }

    def _push(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        villages, given = self._now().villages, asked.get("chosen", {})
        chosen = {str(path): side for path, side in given.items() if side in ("mine", "theirs")}
        sharing.take_theirs_in(villages, chosen)
        sharing.push(villages)
        return {}
