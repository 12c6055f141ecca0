"""Knows what waits for a township's approval, says how it differs from what is public, and records the answer.

With `review` in site.yaml the village's folder is what it proposes, and its folder `approved` what
it publishes: the files as they were when somebody agreed. Nothing else puts files there.
"""

from __future__ import annotations

from generator.approving.changes import Change, Waiting, waiting_in
from generator.approving.differing import told
from generator.approving.recording import Answer, approve, refuse
from generator.approving.selecting import Asked, VillageWaiting, asked_for

__all__ = [
    "Answer",
    "Asked",
    "Change",
    "VillageWaiting",
    "Waiting",
    "approve",
    "asked_for",
    "refuse",
    "told",
    "waiting_in",
]
