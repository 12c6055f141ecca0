"""Tables that no village file holds: officials, records, the site's villages, the catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from generator.model.filenames import CATALOGUE
from generator.model.law import RulePack
from generator.model.shared import Shared
from generator.output.files import OutputFile
from generator.render.data.csvfile import csv_bytes
from generator.views.directory import COVERAGE, DIRECTORY, coverage, directory
from generator.views.places import Place
from generator.views.records import RecordView
from generator.views.sites import SiteView


@dataclass(frozen=True)
class Column:
    """A column as a Table Schema describes it."""

    name: str
    type: str = "string"
    description: str = ""


PEOPLE = (
    Column("姓名"),
    Column("职务"),
    Column("分工"),
    Column("电话", description="办公电话"),
    Column("任职起始", "date"),
)
RECORDS = (
    Column("编号", description="事项/期次，也是网址的最后两段"),
    Column("事项"),
    Column("期次", description="长期公开的没有期次"),
    Column("标题"),
    Column("公布单位"),
    Column("公开日期", "date"),
    Column("公示到", "date", "上墙公示的最后一天"),
    Column("异议到", "date", "提出异议的最后一天"),
    Column("更新日期", "date", "公开或者最近一次更正的日期"),
    Column("行数", "integer", "表格有几行；人数太少、不便单列的，空着"),
    Column("核验码", description="印在公示单上的八个字符"),
    Column("数字指纹", description="内容的 SHA-256，64 位十六进制"),
    Column("网址"),
)
VILLAGES = (
    Column("编号", description="也是网址的一段"),
    Column("村"),
    Column("镇"),
    Column("村民小组", "integer"),
    Column("户数", "integer"),
    Column("人口", "integer"),
    Column("公开记录", "integer", "现在公开着多少份"),
    Column("更新日期", "date", "最近一次公开或更正的日期"),
    Column("网址"),
    Column("数据包", description="这个村的 datapackage.json"),
)


def records_table(
    place: Place, views: Sequence[RecordView], base_url: str
) -> tuple[OutputFile, ...]:
    """records.csv of a village; none where nothing is published."""
    if not views:
        return ()
    content = csv_bytes(_names(RECORDS), (_record(view, base_url) for view in views))
    return (OutputFile(f"{place.url}records.csv", content),)


def villages_table(site: SiteView, base_url: str) -> OutputFile:
    """open-data/villages.csv."""
    lines = [
        (
            village.id,
            village.name,
            town.town.name,
            str(village.groups),
            str(village.households),
            str(village.population),
            str(village.record_count),
            _day(site.changes.get(village.url)),
            f"{base_url}/{village.url}",
            f"{base_url}/{village.url}datapackage.json",
        )
        for town in site.cards
        for village in town.villages
    ]
    return OutputFile("open-data/villages.csv", csv_bytes(_names(VILLAGES), lines))


def directory_table(folder: str, rules: RulePack, shared: Shared, today: date) -> OutputFile:
    """catalogue.csv: the catalogue in the columns of the state's directories."""
    content = csv_bytes(DIRECTORY, directory(shared, rules, today))
    return OutputFile(f"{folder}{CATALOGUE}.csv", content)


def coverage_tables(shared: Shared) -> Iterator[OutputFile]:
    """Where the lines of each rule are found."""
    for norm in shared.norms:
        yield OutputFile(f"open-data/{norm.id}.csv", csv_bytes(COVERAGE, coverage(norm, shared)))


def _record(view: RecordView, base_url: str) -> Iterable[str]:
    publication, window = view.publication, view.publication.window
    return (
        f"{publication.item}/{publication.key}",
        view.item.title,
        publication.period,
        publication.official,
        publication.publisher,
        _day(window.start),
        _day(window.end),
        _day(window.objections_until),
        _day(publication.changed),
        "" if publication.document or publication.row_count is None else _rows(view),
        publication.code,
        publication.digest,
        f"{base_url}/{publication.url}",
    )


def _rows(view: RecordView) -> str:
    publication = view.publication
    return str(len(publication.persons) or publication.row_count)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _names(columns: Iterable[Column]) -> list[str]:
    return [column.name for column in columns]
