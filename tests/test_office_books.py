"""Books as offices keep them go in by `import`, and say then exactly what they said on paper."""

from __future__ import annotations

import csv
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from tests.commands import publish_here
from tests.importing import Run, answer
from tests.office import FIRST, SECOND, county, office
from tests.township import ROOT

GIVEN = ROOT / "tests" / "fixtures" / "books" / "given"
Table = list[dict[str, str]]


class Office:
    """A village's folder, its content/, and a file of answers."""

    def __init__(self, folder: Path) -> None:
        self.content, self.villages = county(folder)
        self.answers = folder / "answers.yaml"

    def put(self, *files: Path, options: tuple[str, ...] = (), **answers: str) -> Run:
        """Import; with answers, ask first and import again."""
        done = self._import(*files, options=options)
        if answers:
            answer(self.answers, **answers)
            done = self._import(*files, options=options)
        return done

    def _import(self, *files: Path, options: tuple[str, ...]) -> Run:
        places = ("--content", str(self.content), "--villages", str(self.villages))
        asked = ("--answers", str(self.answers))
        done = publish_here("import", *map(str, files), *places, *asked, *options)
        return Run(done.returncode, done.stdout, done.stderr)

    def questions(self) -> list[str]:
        """What is asked and not answered yet."""
        entries = yaml.safe_load(self.answers.read_text("utf-8"))["questions"]
        return [e["question"] for e in entries if e.get("question") and not e["answer"]]

    def table(self, name: str) -> tuple[Table, list[list[str]]]:
        """The rows of a written file up to its first statement, and all its lines."""
        path = self.villages / "bailu" / "shuanghuai" / f"{name}.csv"
        lines = list(csv.reader(path.read_text("utf-8-sig").splitlines()))
        return [dict(zip(lines[0], line, strict=False)) for line in lines[1:]], lines

    def written(self) -> set[str]:
        """The files of the village but for its settings."""
        place = self.villages / "bailu" / "shuanghuai"
        return {str(p.relative_to(place)) for p in place.glob("*/*.csv")}


@pytest.fixture
def village(tmp_path: Path) -> Office:
    return Office(tmp_path)


def given(number: str) -> Path:
    return next(GIVEN.glob(f"{number}-*"))


def money(
    rows: Table, column: str, keep: Callable[[dict[str, str]], bool] = lambda _: True
) -> Decimal:
    return sum((Decimal(r[column]) for r in rows if keep(r) and r.get(column)), Decimal(0))


def entries(rows: Table) -> Table:
    """The entries of a ledger: rows with a day."""
    return [row for row in rows if row["日期"][:2] == "20"]


def test_income_beside_expense_becomes_the_months_ledger(village: Office) -> None:
    done = village.put(given("01"))
    assert done.code == 0, done.out
    rows, lines = village.table("ledger/2026-10")
    own = entries(rows)
    incomes, expenses = ([r for r in own if r[side]] for side in ("收入", "支出"))
    assert (len(incomes), money(incomes, "收入")) == (4, Decimal("45836.72"))
    assert (len(expenses), money(expenses, "支出")) == (6, Decimal("18829.90"))
    assert [r["日期"] for r in incomes] == ["2026-10-03", "2026-10-11", "2026-10-20", "2026-10-28"]
    balances = {r["摘要"]: r["余额"] for r in rows if not r["日期"] and r.get("余额")}
    assert balances == {"上月结余": "58213.66", "本月结余": "85220.48"}
    assert lines[-1] == ["公开日期", "2026-11-05"]


def test_a_daybook_becomes_a_ledger_for_each_month(village: Office) -> None:
    done = village.put(given("02"), options=("--published", "2026-10-08"))
    assert done.code == 0, done.out
    assert village.written() == {f"ledger/2026-0{month}.coop.csv" for month in (7, 8, 9)}
    opening = Decimal("102345.60")
    for month, closing in (("07", "110675.75"), ("08", "113383.40"), ("09", "116268.55")):
        rows, _ = village.table(f"ledger/2026-{month}.coop")
        own = entries(rows)
        assert len(own) == 5
        assert opening + money(own, "收入") - money(own, "支出") == Decimal(closing)
        assert own[-1]["余额"] == closing
        assert own[0]["凭证号"].startswith("银")
        opening = Decimal(closing)


def test_months_on_sheets_in_ten_thousands(village: Office) -> None:
    done = village.put(given("03"), options=("--published", "2026-10-08"))
    assert done.code == 0, done.out
    rows, _ = village.table("ledger/2026-07")
    own = entries(rows)
    assert (money(own, "收入"), money(own, "支出")) == (Decimal("39314.00"), Decimal("26427.00"))
    assert (rows[0]["摘要"], rows[0]["余额"]) == ("上月结余", "358213.00")
    assert len(own) == 5
    assert village.written() == {f"ledger/2026-0{month}.csv" for month in (7, 8, 9)}


def test_a_list_of_households_leaves_what_is_private_behind(village: Office) -> None:
    done = village.put(given("05"), options=("--published", "2026-10-08"), 组别="填上")
    assert done.code == 0, done.out
    rows, lines = village.table("minimum-living/2026Q3")
    own = [row for row in rows if row.get("保障类别")]
    assert (len(own), money(own, "保障人口"), money(own, "月保障金额")) == (
        8,
        15,
        Decimal("6120.00"),
    )
    assert own[0]["组别"] == "一组"
    text = "\n".join(map(",".join, lines))
    for private in ("6200001971", "62999990", "肢体残疾", "139000", "23号", "农商", "男"):
        assert private not in text
        assert private not in done.out or private == "男"


def test_a_groups_name_is_taken_from_an_address_only_when_told(village: Office) -> None:
    done = village.put(given("05"), options=("--published", "2026-10-08"))
    assert done.code == 2, done.out
    assert any("组别" in question for question in village.questions())
    assert village.written() == set()


def test_a_register_of_two_owners_asks_for_what_it_lacks(village: Office) -> None:
    done = village.put(given("06"), options=("--published", "2026-10-08"))
    assert (done.code, village.written()) == (2, set())
    assert "“本年应收”写的是 58,114.00，各行加起来是 61,214.00。" in done.out
    asked = " ".join(village.questions())
    assert "机动地发包合同" in asked  # has no number
    assert "光伏屋顶租赁" in asked  # 20年
    assert "林场承包" in asked  # 2022-2052


def test_a_register_of_two_owners_becomes_five_contracts(village: Office) -> None:
    answers = {
        "各行加起来": "按各行",
        "机动地发包合同": "SH-2025-03",
        "林场承包": "空着",
        "光伏屋顶租赁": "2021-07-01 至 2041-06-30",
    }
    done = village.put(given("06"), options=("--published", "2026-10-08"), **answers)
    assert done.code == 0, done.out
    (coop, _), (own, _) = village.table("contracts/2026.coop"), village.table("contracts/2026")
    rows = [row for row in (*coop, *own) if row.get("承包方")]
    assert [(row["起始日期"], row["终止日期"]) for row in rows] == [
        ("2023-01-01", "2033-12-31"),
        ("2024-07-01", "2029-06-30"),
        ("2025-03-01", "2028-02-28"),
        ("", ""),
        ("2021-07-01", "2041-06-30"),
    ]
    sums = {name: money(rows, name) for name in ("年租金", "本年应收", "本年已收", "欠收")}
    assert sums == {
        "年租金": Decimal(61214),
        "本年应收": Decimal(61214),
        "本年已收": Decimal(45614),
        "欠收": Decimal(15600),
    }
    assert (rows[-1]["面积"], rows[-1]["单位"]) == ("600", "平方米")


def test_receivable_and_payable_become_one_record(village: Office) -> None:
    done = village.put(given("09"), options=("--published", "2026-10-08"))
    assert done.code == 0, done.out
    rows, _ = village.table("debts/2026Q3.coop")
    for kind, total in (("债权", "23300.00"), ("债务", "21900.00")):
        own = [row for row in rows if row["类型"] == kind and row["对方"]]
        assert money(own, "期末余额") == Decimal(total)
        for row in own:
            sums = [Decimal(row[name]) for name in ("期初余额", "本期增加", "本期减少")]
            assert sums[0] + sums[1] - sums[2] == Decimal(row["期末余额"])


def test_a_month_of_wages_waits_for_a_word(village: Office) -> None:
    done = village.put(given("11"), options=("--published", "2026-11-08"))
    assert (done.code, village.written()) == (2, set())
    assert "“村干部报酬”按目录是每季度公开一次" in done.out
    done = village.put(given("11"), options=("--published", "2026-11-08"), 按目录是="单独公开")
    assert done.code == 0, done.out
    rows, lines = village.table("cadres/2026-10")
    own = [row for row in rows if row["姓名"] and row.get("实发")]
    assert own[0]["医疗保险"] == "31.67"
    assert "31.67" in done.out
    assert not any(row.get("误工补贴") for row in own)
    assert money(own, "通讯补贴") == Decimal(400)
    assert "6299999" not in "\n".join(map(",".join, lines))
    assert "农商" not in "\n".join(map(",".join, lines))


def test_what_is_left_to_pay_is_not_told_as_paid(village: Office) -> None:
    done = village.put(given("14"), options=("--published", "2026-10-08"))
    assert done.code == 0, done.out
    rows, _ = village.table("projects/2026Q3")
    own = [row for row in rows if row.get("中标单位") and row.get("中标价")]
    assert [row["已付"] for row in own] == ["270200.00", "141360.00"]
    assert [row["未付"] for row in own] == ["115800.00", "7440.00"]
    assert [row["进度"] for row in own] == ["70%", "已完工"]


def test_a_format_that_shows_something_else_is_asked_about_with_both(village: Office) -> None:
    done = village.put(given("21"))
    assert (done.code, village.written()) == (2, set())
    asked = village.answers.read_text("utf-8")
    assert "3.2" in asked
    assert "32,000" in asked
    assert "320,000,000" not in done.out.replace("320,000,000.00", "") or "存的" in asked


@pytest.mark.parametrize("number", ["22", "23"])
def test_subtotals_of_groups_are_no_households(village: Office, number: str) -> None:
    done = village.put(given(number))
    assert done.code == 0, done.out
    rows, _ = village.table("subsidies/2026Q3")
    own = [row for row in rows if row["户主"] in ("谭德发", "邬国栋")]
    assert money(own, "金额") == Decimal(300)
    assert "row-subtotal" not in done.out


def test_a_ledger_without_balances(village: Office) -> None:
    done = village.put(given("24"))
    assert done.code == 0, done.out
    rows, _ = village.table("ledger/2026-06")
    own = entries(rows)
    assert (money(own, "收入"), money(own, "支出")) == (Decimal(500), Decimal(700))
    balances = {r["摘要"]: r["余额"] for r in rows if r.get("余额")}
    assert balances == {"上月结余": "1000.00", "本月结余": "800.00"}


FIRST_HOUR = {
    "组别": "填上",
    "村干部报酬": "单独公开",
}


def test_a_clerks_first_hour(village: Office, tmp_path: Path) -> None:
    """Fourteen kinds of books by one import of the folder, and the next period's without a question."""
    folder = tmp_path / "第一次"
    office(folder, FIRST)
    published = ("--published", "2026-11-10")
    village.put(folder, options=published)
    asked = village.questions()
    assert 0 < len(asked) <= 12
    assert len(set(asked)) == len(asked)
    done = village.put(folder, options=published, **FIRST_HOUR)
    assert done.code == 0, done.out
    first = village.written()
    assert len({name.split("/")[0] for name in first}) == 11
    following = tmp_path / "第二次"
    office(following, SECOND)
    village.answers.unlink()
    done = village.put(following, options=("--published", "2026-11-26"))
    assert done.code == 0, done.out
    assert "个问题" not in done.out
    assert len(village.written()) == 2 * len(first)
