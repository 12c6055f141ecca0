"""The same picture in documents about different affairs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from generator.model.village import Record
from generator.model.warnings import WarningRule
from generator.views.warnings.looking import Finding, Looked


def find(looked: Looked, rule: WarningRule) -> Iterator[Finding]:
    """The same by its bytes as published; documents that share an affair may share a picture."""
    shown: dict[bytes, dict[str, Record]] = defaultdict(dict)
    for record in sorted(looked.records.data.records, key=lambda r: r.period):
        document = looked.records.publication(record).document
        for attachment in document.attachments if document else ():
            if attachment.picture is not None:
                shown[attachment.content].setdefault(record.name, record)
    for records in shown.values():
        first, *others = records.values()
        about = looked.affairs_of_document(first)
        for other in others:
            own = looked.affairs_of_document(other)
            if about and own and about.isdisjoint(own):
                title = looked.records.publication(first).title
                yield Finding(other, facts={"other": title}, others=(first,))
