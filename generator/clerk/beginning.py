"""A village that begins at the desk: what must be known of it, and its folder. What may be answered is decided
where the command decides it (`founding`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.founding import begin, plan_of
from generator.settings import Settings


def questions(settings: Settings, place: str) -> dict[str, Any]:
    """What must be known of a village that is meant by 白鹭镇/双槐村.

    Raises `CannotBuildError` where it is none, or is there already.
    """
    found, asked = plan_of(place, settings)
    return {
        "town": found.town,
        "village": found.village,
        "isNewTown": not found.known,
        "questions": [
            {
                "key": one.key,
                "words": one.words,
                "proposed": one.proposed,
                "choices": list(one.choices),
            }
            for one in asked
        ],
    }


def village(settings: Settings, place: str, answers: Mapping[str, str]) -> dict[str, Any]:
    """Begin the village; its id. Where an answer will not do, only `faults` by the question's key.

    Raises `CannotBuildError` where something else is wrong; then nothing was written.
    """
    found, asked = plan_of(place, settings)
    given = {one.key: " ".join(str(answers.get(one.key, "")).split()) for one in asked}
    faults = {one.key: one.wrong(given[one.key]) if given[one.key] else "还没有写" for one in asked}
    faults = {key: words for key, words in faults.items() if words}
    if faults:
        return {"faults": faults}
    folder = begin(found, given, settings)
    return {"faults": {}, "id": folder.name}
