"""Decides whether what will be shown of a file is exactly what was approved.

The digest of an approval is over what the office wrote, as it is shown on its first day: masks count,
the end of the display does not, and neither do numbers of rows nor the words of content/ around it, so that a
new title in the catalogue takes nothing down.
"""

from __future__ import annotations

from datetime import date

from generator.model.approval import Approval
from generator.model.shared import Shared
from generator.model.village import Document, People, Record, Village, VillageData
from generator.publishing.digest import digest_of
from generator.publishing.publish import publish

VILLAGE = "village.yaml"


def file_of(record: Record) -> str:
    """The path of a record's file within the village's folder."""
    if isinstance(record.content, People):
        return VILLAGE
    return "/".join(record.source.file.split("/")[-2:])


def approval_digest(record: Record, village: Village, shared: Shared) -> str:
    """The digest by which a record's table or document is approved."""
    content = dict(publish(record, village, shared, record.published or date.min).content)
    front = record.content.front if isinstance(record.content, Document) else None
    content |= {"period": "", "publisher": front.publisher if front else ""}
    content["title"] = front.title if front else ""
    content["rows"] = [cells for _, *cells in content["rows"]]
    return digest_of(content)


def digests_of(data: VillageData, shared: Shared) -> dict[str, str]:
    """The digests of what will be shown of a village's files, by their paths within its folder."""
    own = data.review.own if data.review else {}
    found = {file: digest_of(one.said) for file, one in own.items()}
    for record in data.records:
        if not isinstance(record.content, People):
            found[file_of(record)] = approval_digest(record, data.village, shared)
    return found


def approvals_of(data: VillageData, shared: Shared) -> dict[str, Approval | None]:
    """The approvals of exactly what will be shown of a village's files; None where there is none."""
    known = data.review.approvals if data.review else {}
    return {
        file: approval if (approval := known.get(file)) and approval.digest == digest else None
        for file, digest in digests_of(data, shared).items()
    }
