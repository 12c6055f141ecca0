"""The gate that nothing private passes: detectors over every text that would be published.

A finding is an error: the record that it stands in is not published; a finding in village.yaml
keeps the whole village out, since its words stand on every page. What was looked at and found
to be fit is declared in village.yaml as an exception, and every use of it is reported.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from generator.checks.context import Context
from generator.checks.privacy.detect import find_private, public_phones
from generator.checks.privacy.findings import Finding
from generator.checks.privacy.folding import as_read
from generator.checks.privacy.texts import PublishedText, content_texts, village_texts
from generator.model.privacy import PrivacyWords
from generator.model.shared import Channel, Shared, Site
from generator.model.village import Document, PrivacyException, Village, VillageData
from generator.problems import Problem, Source, problem

__all__ = ["content_private", "keeps_village_out", "nothing_private", "without_secrets"]

# What a channel declares by being one; an identity number is no channel.
_CONTACTS = frozenset({"phone", "email", "address", "location"})


def nothing_private(context: Context) -> Iterator[Problem]:
    """Nothing that would be published gives a person away, but for reviewed exceptions."""
    village, shared = context.data.village, context.shared
    gate = _Gate(
        shared.privacy,
        (*village.channels, *_channels(shared.site)),
        tuple(p.phone for p in (*village.people, *village.supervisors)),
    )
    used: set[PrivacyException] = set()
    for published in village_texts(context.data, shared):
        for finding, seen in gate.findings(published):
            exception = _exception(village, finding, seen)
            if exception is None:
                yield _problem(published, finding, seen)
            else:
                used.add(exception)
                yield _use(published, finding, seen, exception)
    if not _unread(context.data):  # what was not read may be what they speak of
        for exception in village.exceptions:
            if exception not in used:
                yield problem("privacy-unused", exception.source, value=exception.text)


def _unread(data: VillageData) -> frozenset[str]:
    """Records that are there and not known; files that documents attach are none."""
    attached = {
        f"{record.item}/{attachment.name.rpartition('.')[0]}"
        for record in data.records
        if isinstance(record.content, Document)
        for attachment in record.content.attachments
    }
    return data.left_out - attached


def content_private(shared: Shared) -> Iterator[Problem]:
    """Nothing in content/ gives a person away."""
    gate = _Gate(shared.privacy, _channels(shared.site), ())
    for published in content_texts(shared):
        for finding, seen in gate.findings(published):
            yield _problem(published, finding, seen)


def keeps_village_out(village: Village, problems: Iterable[Problem]) -> bool:
    """Whether something private stands in village.yaml, whose words are on every page."""
    file = village.source.file
    return any(
        p.severity == "error" and p.code.startswith("privacy-") and p.source.file == file
        for p in problems
    )


def without_secrets(problems: Iterable[Problem], words: PrivacyWords) -> tuple[Problem, ...]:
    """Problems as they may be told: what is private in their words is masked."""
    return tuple(_told(found, words) for found in problems)


class _Gate:
    """The detectors with what is public in one village; remembers what it has judged, since
    most cells of a table say the same. Lives for one call."""

    def __init__(
        self, words: PrivacyWords, channels: tuple[Channel, ...], phones: tuple[str, ...]
    ) -> None:
        self._words = words
        self._declared = tuple(t for c in channels for t in (c.value, c.note) if t)
        self._public = public_phones(iter((*phones, *self._declared)))
        self._judged: dict[tuple[object, ...], list[tuple[Finding, str]]] = {}

    def findings(self, published: PublishedText) -> list[tuple[Finding, str]]:
        """What is private in a text, each with the text in which it was seen: as written, or
        as a reader sees it."""
        is_cell, is_personal = published.is_cell, published.is_personal
        key = (published.text, published.heading, is_personal, is_cell)
        if key not in self._judged:
            self._judged[key] = list(self._judge(published))
        return self._judged[key]

    def _judge(self, published: PublishedText) -> Iterator[tuple[Finding, str]]:
        told: set[tuple[str, str]] = set()
        text = published.text
        for seen in (text,) if published.is_cell else dict.fromkeys((text, as_read(text))):
            for finding in self._under_heading(seen, published.heading, published.is_personal):
                what = (finding.kind, finding.shown)
                if what not in told and not self._is_declared(finding, seen):
                    told.add(what)
                    yield finding, seen

    def _under_heading(self, text: str, heading: str, is_personal: bool) -> Iterator[Finding]:
        """Findings in a text, which means what its heading says: 出生日期 and then a date."""
        head = f"{heading}：" if heading else ""
        found = find_private(head + text, self._words, self._public, is_personal=is_personal)
        for finding in found:
            start, end = finding.start - len(head), finding.end - len(head)
            if end > 0:
                start = max(start, 0)
                yield replace(finding, start=start, end=end, value=text[start:end])

    def _is_declared(self, finding: Finding, text: str) -> bool:
        return finding.kind in _CONTACTS and any(
            _covers(declared, finding, text) for declared in self._declared
        )


def _channels(site: Site) -> tuple[Channel, ...]:
    return (*site.channels, *(c for town in site.towns for c in town.channels))


def _covers(phrase: str, finding: Finding, text: str) -> bool:
    """Whether a finding lies inside a phrase that stands in the text."""
    first = max(finding.end - len(phrase), 0)
    at = text.find(phrase, first, finding.start + len(phrase))
    return at >= 0 and at <= finding.start


def _exception(village: Village, finding: Finding, text: str) -> PrivacyException | None:
    return next((e for e in village.exceptions if e.text and _covers(e.text, finding, text)), None)


def _problem(published: PublishedText, finding: Finding, seen: str) -> Problem:
    return problem(f"privacy-{finding.kind}", _place(published, finding, seen), value=finding.shown)


def _use(
    published: PublishedText, finding: Finding, seen: str, exception: PrivacyException
) -> Problem:
    return problem(
        "privacy-exception",
        _place(published, finding, seen),
        value=finding.shown,
        reason=exception.reason,
        by=exception.by,
        day=exception.date.isoformat(),
    )


def _place(published: PublishedText, finding: Finding, seen: str) -> Source:
    """The text's place; in a text of many lines also which one."""
    if "\n" not in seen.strip():
        return published.source
    line = seen.count("\n", 0, finding.start) + 1
    if published.is_lines:
        return replace(published.source, row=published.source.row + line - 1)
    column = f"{published.source.column}第{line}行"
    return replace(published.source, column=column)


def _told(found: Problem, words: PrivacyWords) -> Problem:
    value = _masked(found.value, words, is_personal=True)
    message, hint = (
        _masked(text.replace(found.value, value) if found.value else text, words)
        for text in (found.message, found.hint)
    )
    file, column = _masked(found.source.file, words), _masked(found.source.column, words)
    source = replace(found.source, file=file, column=column)
    return replace(found, value=value, message=message, hint=hint, source=source)


def _masked(text: str, words: PrivacyWords, *, is_personal: bool = False) -> str:
    """A text with everything private in it masked."""
    pieces, last = [], 0
    for finding in find_private(text, words, frozenset(), is_personal=is_personal):
        pieces += [text[last : finding.start], finding.shown]
        last = finding.end
    return "".join((*pieces, text[last:])) if pieces else text
