"""The gate that nothing private passes: detectors over every text that will be published.

What is judged are the publications themselves, as they will be shown on the day. A finding is an
error: the record that it stands in is not published; a finding in village.yaml keeps the whole
village out, since its words stand on every page. What was looked at and found to be fit is declared
in village.yaml as an exception, and every use of it is reported.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from generator.gate.detect import find_private, public_phones
from generator.gate.findings import Finding
from generator.gate.folding import as_read
from generator.gate.names import NameFinder, hidden_things
from generator.gate.texts import PublishedText, content_texts, village_texts
from generator.model.attachments import Unread
from generator.model.privacy import PrivacyWords
from generator.model.shared import Channel, Shared, Site
from generator.model.village import Document, PrivacyException, Record, Table, Village, VillageData
from generator.problems import Problem, Source, problem
from generator.publishing.publication import Publication

__all__ = [
    "as_told",
    "content_private",
    "keeps_village_out",
    "name_finder",
    "nothing_private",
    "without_secrets",
]

# Keys whose words lead to a row and are not shown; a row that hides its name is not named.
_NEVER_SHOWN = frozenset({"links"})
_NONE: Counter[tuple[str, str]] = Counter()
# What a channel declares by being one; an identity number is no channel.
_CONTACTS = frozenset({"phone", "email", "address", "location"})


def nothing_private(
    data: VillageData, publications: Mapping[str, Publication], shared: Shared, names: NameFinder
) -> Iterator[Problem]:
    """Nothing that will be published gives a person away, but for reviewed exceptions.

    `names` are what all tables of the village hide, also those that are not published.
    """
    village = data.village
    gate = _Gate(
        shared.privacy,
        (*village.channels, *_channels(shared.site)),
        tuple(p.phone for p in (*village.people, *village.supervisors)),
        names,
    )
    used: set[PrivacyException] = set()
    for published in village_texts(data, publications, shared):
        of_village = published.source.file == village.source.file
        for finding, seen in gate.findings(published, of_village=of_village):
            exception = _exception(village, finding, seen)
            if exception is None:
                yield _problem(published, finding, seen, names)
            else:
                used.add(exception)
                yield _use(published, finding, seen, exception)
    for unread in _attached(data):
        exception = next((e for e in village.exceptions if e.text == unread.mark), None)
        name = unread.mark.rpartition(" ")[0]
        if exception is None:
            facts = {"what": unread.what, "mark": unread.mark}
            yield problem("attachment-scan", unread.source, value=name, **facts)
        else:
            used.add(exception)
            yield _told_use(unread.source, unread.mark, exception)
    if not _unread(data):  # what was not read may be what they speak of
        gone = list(_came_down(data, publications))
        for exception in village.exceptions:
            if exception not in used and not any(exception.text in text for text in gone):
                yield problem("privacy-unused", exception.source, value=exception.text)


def _attached(data: VillageData) -> Iterator[Unread]:
    """Parts of attachments that no program could read."""
    for record in data.records:
        if isinstance(record.content, Document):
            yield from (a.unread for a in record.content.attachments if a.unread)


def _came_down(data: VillageData, publications: Mapping[str, Publication]) -> Iterator[str]:
    """What tables held whose rows are not shown any more."""
    for record in data.records:
        if isinstance(record.content, Table) and publications[record.name].is_expired:
            for row in record.content.rows:
                yield from map(str, row.values.values())


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
    gate = _Gate(shared.privacy, _channels(shared.site), (), None)
    for published in content_texts(shared):
        for finding, seen in gate.findings(published):
            yield _problem(published, finding, seen)


def keeps_village_out(village: Village, problems: Iterable[Problem]) -> bool:
    """Whether something private, or a name with a lost character, stands in village.yaml, whose
    words are on every page, or nobody approved it."""
    file = village.source.file
    return any(
        p.severity == "error"
        and p.code.startswith(("privacy-", "character-", "approval-"))
        and p.source.file == file
        for p in problems
    )


def name_finder(village: Village, records: Iterable[Record], shared: Shared) -> NameFinder:
    """Looks for what the tables among a village's records hide."""
    words = shared.privacy
    return NameFinder(hidden_things(village, records, shared), words.names, words.surnames)


def without_secrets(
    problems: Iterable[Problem], words: PrivacyWords, names: NameFinder | None = None
) -> tuple[Problem, ...]:
    """Problems fit for a report: private words in them are masked, and so is what the columns of
    the village hide."""
    return tuple(_told(found, words, names) for found in problems)


class _Gate:
    """The detectors with what is public in one village; remembers what it has judged, since most
    cells of a table say the same. Per-call state."""

    def __init__(
        self,
        words: PrivacyWords,
        channels: tuple[Channel, ...],
        phones: tuple[str, ...],
        names: NameFinder | None,
    ) -> None:
        self._words = words
        self._names = names
        self._declared = tuple(t for c in channels for t in (c.value, c.note) if t)
        self._public = public_phones(iter((*phones, *self._declared)))
        self._judged: dict[tuple[object, ...], list[tuple[Finding, str]]] = {}

    def findings(
        self, published: PublishedText, *, of_village: bool = False
    ) -> Iterator[tuple[Finding, str]]:
        """What is private in a text, each with the text in which it was seen: as written, or
        as a reader sees it. `of_village` says that it stands in village.yaml, whose findings
        cost the whole village: names that may be words are not looked for there."""
        is_cell, is_personal = published.is_cell, published.is_personal
        key = (published.text, published.heading, is_personal, is_cell, of_village)
        if key not in self._judged:
            self._judged[key] = list(self._judge(published, of_village=of_village))
        yield from self._judged[key]
        if self._names and is_cell:
            place = (published.source.file, published.source.row)
            for finding in self._names.find_own(published.text, place):
                yield finding, published.text

    def _judge(
        self, published: PublishedText, *, of_village: bool
    ) -> Iterator[tuple[Finding, str]]:
        """Each place is judged by itself, since an exception frees its own words only. Places in
        the text as a reader sees it are judged where it has more of them than as written."""
        written = _NONE
        text = published.text
        for seen in (text,) if published.is_cell else dict.fromkeys((text, as_read(text))):
            found = [*self._under_heading(seen, published.heading, published.is_personal)]
            if self._names and published.heading not in _NEVER_SHOWN:
                found += self._names.find(seen, sure_only=of_village)
            counts = Counter(map(_what, found)) if found else _NONE
            for finding in found:
                what = _what(finding)
                if counts[what] > written[what] and not self._is_declared(finding, seen):
                    yield finding, seen
            written = counts

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


def _what(finding: Finding) -> tuple[str, str]:
    """What two findings share that are of one thing, however it is spaced."""
    return finding.kind, "".join(finding.value.split())


def _channels(site: Site) -> tuple[Channel, ...]:
    return (*site.channels, *(c for town in site.towns for c in town.channels))


def _covers(phrase: str, finding: Finding, text: str) -> bool:
    """Whether a finding lies inside a phrase that stands in the text."""
    first = max(finding.end - len(phrase), 0)
    at = text.find(phrase, first, finding.start + len(phrase))
    return at >= 0 and at <= finding.start


def _exception(village: Village, finding: Finding, text: str) -> PrivacyException | None:
    return next((e for e in village.exceptions if e.text and _covers(e.text, finding, text)), None)


def _problem(
    published: PublishedText, finding: Finding, seen: str, names: NameFinder | None = None
) -> Problem:
    column = names.column_of(finding) if names else ""
    place = _place(published, finding, seen)
    return problem(f"privacy-{finding.kind}", place, value=finding.shown, column=column)


def _use(
    published: PublishedText, finding: Finding, seen: str, exception: PrivacyException
) -> Problem:
    return _told_use(_place(published, finding, seen), finding.shown, exception)


def _told_use(place: Source, shown: str, exception: PrivacyException) -> Problem:
    return problem(
        "privacy-exception",
        place,
        value=shown,
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


def as_told(
    text: str, words: PrivacyWords, names: NameFinder | None, *, is_personal: bool = False
) -> str:
    """A text fit for reports and previews."""
    named = tuple(names.find(text)) if names else ()
    private = find_private(text, words, frozenset(), is_personal=is_personal)
    return _masked(text, (*private, *named))


def _told(found: Problem, words: PrivacyWords, names: NameFinder | None) -> Problem:
    def masked(text: str) -> str:
        return as_told(text, words, names)

    value = as_told(found.value, words, names, is_personal=True)
    message, hint = (
        masked(text.replace(found.value, value) if found.value else text)
        for text in (found.message, found.hint)
    )
    source = replace(
        found.source, file=masked(found.source.file), column=masked(found.source.column)
    )
    return replace(found, value=value, message=message, hint=hint, source=source)


def _masked(text: str, findings: Iterable[Finding]) -> str:
    """A text with these places masked; of those that overlap the first."""
    pieces, last = [], 0
    for finding in sorted(findings):
        if finding.start >= last:
            pieces += [text[last : finding.start], finding.shown]
            last = finding.end
    return "".join((*pieces, text[last:])) if pieces else text
