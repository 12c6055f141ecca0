"""A village enters, the township looks, then it is public: exactly what was approved, nothing else."""

from __future__ import annotations

import io
import json
import shutil
import sys
from pathlib import Path

import pypdfium2
import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st

from generator.approving.changes import Change
from generator.approving.recording import Answer, refuse
from generator.intake.approvals import read_log
from generator.intake.folders import VillageFolder
from generator.settings import CannotBuildError
from tests.commands import publish_here, tree
from tests.measuring import codes_of
from tests.township import DONGLI, TODAY, small_content, township, write

LEDGER, SUBSIDIES = "ledger/2025-09.csv", "subsidies/2025Q3.csv"
WHO = ("--by", "林审", "--role", "青石镇纪委")
REVIEW = """
review:
  - role: 青石镇纪委
  - role: 青石镇农经站
    items: [ledger]
    names: [钱站长]
"""


class Office:
    """A folder with content/ and villages/, and the commands in it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.village = folder, folder / "villages" / DONGLI
        self.site = folder / "site"

    def run(self, *words: str, today: str = TODAY.isoformat(), code: int = 0) -> str:
        result = publish_here(*words, "--today", today, cwd=self.folder)
        said = result.stdout + result.stderr
        assert result.returncode == code, said
        return said

    def build(self, *words: str, today: str = TODAY.isoformat(), code: int = 0) -> str:
        return self.run("build", "--no-posters", *words, today=today, code=code)

    def approve(self, *words: str, code: int = 0) -> str:
        return self.run("approve", "dongli", *words, code=code)

    def change(self, name: str, old: str, new: str) -> None:
        path = self.village / name
        text = path.read_text("utf-8-sig")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")

    def bytes_with(self, text: str) -> list[str]:
        """The files of the site in which a text stands."""
        return [path for path, content in tree(self.site).items() if text.encode() in content]

    def page(self, name: str) -> str:
        return (self.site / "v/dongli" / name / "index.html").read_text("utf-8")


def review(folder: Path) -> Office:
    small_content(folder)
    shutil.rmtree(township(folder) / "qingshi/xicun")
    with (folder / "content/site.yaml").open("a", encoding="utf-8") as file:
        file.write(REVIEW)
    return Office(folder)


@pytest.fixture(scope="module")
def approved(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """All of the village approved and public."""
    office = review(tmp_path_factory.mktemp("approved"))
    office.approve(*WHO, "--yes")
    office.build()
    return office


@pytest.fixture
def office(approved: Office, tmp_path: Path) -> Office:
    shutil.copytree(approved.folder, tmp_path, dirs_exist_ok=True)
    return Office(tmp_path)


def dearer(office: Office) -> None:
    """A payment that costs ten more, sums included."""
    for old, new in ((",,99.50,", ",,109.50,"), ("6400.00", "6390.00"), ("2600.00", "2610.00")):
        office.change(LEDGER, old, new)


def test_nothing_is_public_before_somebody_agreed(tmp_path: Path) -> None:
    office = review(tmp_path)
    assert "village-unapproved" in office.build(code=1)
    assert not (office.site / "v").exists()
    assert not office.bytes_with("路灯材料款")
    waiting = office.approve(code=1)
    assert "【新的】2025年9月收支账" in waiting
    assert "＋ 日期 9月12日，凭证号 9-02，摘要 路灯材料款" in waiting
    assert "000000190001010011" not in waiting  # whoever approves sees what the public would
    assert "方大田" not in waiting
    assert "还没有审核过" in office.run("status", code=1)
    assert not (office.village / "approvals.yaml").exists()


def test_a_changed_amount_is_in_no_byte_until_it_is_approved(office: Office) -> None:
    before = tree(office.site)
    dearer(office)
    office.build()
    assert not office.bytes_with("109.5")
    assert {p: c for p, c in tree(office.site).items() if "manifest" not in p} == {
        p: c for p, c in before.items() if "manifest" not in p
    }
    waiting = office.approve(code=1)
    assert "【改了】2025年9月收支账（ledger/2025-09.csv）" in waiting
    assert "  凭证号 9-03 的支出：99.50 改为 109.50\n" in waiting
    assert "9-01" not in waiting  # what stays is not told
    assert "等审核 1 份：2025年9月收支账" in office.run("status", code=0)
    office.approve(*WHO, "--yes")
    assert office.approve() == "东里村：等审核 0 份\n"
    office.build()
    assert office.bytes_with("109.5")
    assert ">99.50<" not in office.page("ledger/2025-09")
    log = (office.village / "approvals.yaml").read_text("utf-8")
    assert log.count(f'"file": "{LEDGER}"') == 2  # every approval stays on record


@pytest.mark.parametrize("way", ["encoding", "workbook", "settings", "catalogue"])
def test_another_form_needs_no_approval(office: Office, way: str) -> None:
    codes = json.loads((office.site / "v/dongli/manifest.json").read_bytes())["records"]
    ledger = office.village / LEDGER
    if way == "encoding":
        lines = ledger.read_text("utf-8").replace("3000.00", '"3,000.00"').splitlines()
        ledger.write_bytes("\r\n".join([lines[0], "", *lines[1:]]).encode("gb18030"))
    elif way == "workbook":
        import csv

        from openpyxl import Workbook

        book = Workbook()
        for row in csv.reader(io.StringIO(ledger.read_text("utf-8"))):
            book.active.append(row)  # type: ignore[union-attr]
        ledger.unlink()
        book.save(ledger.with_suffix(".xlsx"))
    elif way == "settings":
        office.change("village.yaml", "name: 东里村\n", "name: '东里村' # 村名\n")
    else:
        catalogue = office.folder / "content/catalogue.yaml"
        text = catalogue.read_text("utf-8")
        assert "title: 财务收支\n" in text
        catalogue.write_text(text.replace("title: 财务收支\n", "title: 村里的收支\n"), "utf-8")
    assert office.approve() == "东里村：等审核 0 份\n"
    office.build()
    after = json.loads((office.site / "v/dongli/manifest.json").read_bytes())["records"]
    assert [r["url"] for r in after] == [r["url"] for r in codes]
    assert "青石镇纪委2025年10月10日审核" in office.page("ledger/2025-09")


def test_the_end_of_the_display_does_not_reset_an_approval(office: Office) -> None:
    later = "2026-06-01"
    office.build(today=later)
    page = office.page("subsidies/2025Q3")
    assert "个人信息已撤下" in page
    assert "青石镇纪委2025年10月10日审核" in page
    assert office.run("approve", "dongli", today=later) == "东里村：等审核 0 份\n"


def test_a_stricter_mask_publishes_less_and_asks_again(office: Office) -> None:
    """What is shown is other than what was agreed to, though no file changed."""
    office.change("village.yaml", "masks: names-masked", "masks: default")
    office.approve(*WHO, "--yes", code=0)
    office.build()
    assert "方大田" in office.page("subsidies/2025Q3")


def test_what_was_put_among_the_approved_by_hand_is_not_published(office: Office) -> None:
    dearer(office)
    shutil.copy(office.village / LEDGER, office.village / "approved" / LEDGER)
    assert f"{DONGLI}/approved/{LEDGER}:0: approval-missing" in office.build(code=1)
    assert not office.bytes_with("109.5")
    assert "99.50" in office.page("ledger/2025-09")  # it stays as it was approved
    write(office.village, "approved/village.yaml", "name: 别的村\n")
    office.build("--full", code=1)
    assert not office.bytes_with("别的村")


def test_what_was_sent_back_waits_with_its_reason_until_it_is_changed(office: Office) -> None:
    dearer(office)
    office.approve(*WHO, "--yes", "--refuse", "电费没有票据")
    assert "青石镇纪委退回过：电费没有票据" in office.approve(code=1)
    assert "退回要改 1 份：2025年9月收支账（电费没有票据）" in office.run("status")
    chat = office.run("status", "--format", "chat")
    assert "退回要改 1 份" in chat
    office.build()
    assert not office.bytes_with("109.5")
    office.change(LEDGER, "村部电费", "村部水电费")
    assert "退回过" not in office.approve(code=1)
    tasks = json.loads(office.run("status", "--format", "json").partition("\n看过了")[0])
    assert [t["title"] for t in tasks["villages"][0]["tasks"] if t["kind"] == "review"] == [
        "2025年9月收支账"
    ]


def test_who_may_approve_what_is_data(office: Office) -> None:
    dearer(office)
    office.change("notices/2025-09-20-ludeng-zhaopian.md", "5 盏", "6 盏")
    assert "review 里没有“村委会”" in office.approve("--by", "甲", "--role", "村委会", code=2)
    assert "名单：钱站长" in office.approve("--by", "甲", "--role", "青石镇农经站", code=2)
    assert "两个都要写" in office.approve("--by", "甲", code=2)
    assert "加上 --yes" in office.approve(*WHO, code=2)  # nobody there to be asked
    said = office.approve("--by", "钱站长", "--role", "青石镇农经站", "--yes")
    assert "等审核 1 份" in said
    assert "另有 1 份不归青石镇农经站审核" in said
    office.build()
    assert office.bytes_with("109.5")
    assert "5 盏" in office.page("notices/2025-09-20-ludeng-zhaopian")
    assert "青石镇农经站2025年10月10日审核" in office.page("ledger/2025-09")


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        (("--item", "财务收支"), ["2025年9月收支账"]),
        (("--period", "2025年三季度"), ["2025年第三季度补贴"]),
        (("--item", "ledger", "--period", "2025-08"), []),
    ],
)
def test_one_looks_at_some_of_it(office: Office, words: tuple[str, ...], titles: list[str]) -> None:
    dearer(office)
    office.change(SUBSIDIES, "2025-09-16", "2025-09-17")
    said = office.approve(*words, code=1 if titles else 0)
    assert f"等审核 {len(titles)} 份" in said
    assert all(f"【改了】{title}" in said for title in titles)


def test_asked_at_the_keyboard(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    dearer(office)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(
        "builtins.input", lambda question: "否" if "同意公开以上 1 份" in question else 1 / 0
    )
    assert "什么也没有动" in office.approve(*WHO, code=1)
    monkeypatch.setattr("builtins.input", lambda _: "是")
    assert "同意公开 1 份" in office.approve(*WHO)


def test_a_file_that_is_gone_stays_until_that_is_approved(office: Office) -> None:
    (office.village / LEDGER).unlink()
    office.build()
    assert "99.50" in office.page("ledger/2025-09")
    assert "【不再公开】2025年9月收支账" in office.approve(code=1)
    write(
        office.village,
        "withdrawn.yaml",
        "- {item: ledger, key: 2025-09, title: 2025年9月收支账, published: 2025-10-08,"
        " date: 2025-10-09, reason: 重做}\n",
    )
    said = office.approve(*WHO, "--yes")
    assert "【新的】withdrawn.yaml" in said
    office.build(code=1)  # a decision names a row of it
    page = office.page("ledger/2025-09")
    assert "重做" in page
    assert "99.50" not in page
    assert not (office.village / "approved" / LEDGER).exists()


def test_a_file_that_is_faulty_is_not_taken_for_gone(office: Office) -> None:
    twin = office.village / "ledger/2025-09.village.csv"  # the same books, named twice
    shutil.copy(office.village / LEDGER, twin)
    said = office.approve(code=1)
    assert "record-duplicate" in said
    assert "不再公开" not in said
    twin.unlink()
    (office.village / LEDGER).rename((office.village / LEDGER).with_suffix(".xlsx"))
    assert office.approve(code=1).startswith("东里村：等审核 0 份")


def test_what_would_not_be_sound_together_is_not_taken(office: Office) -> None:
    """Books that the approved village.yaml does not know yet."""
    before = tree(office.village / "approved")
    last = "owner: 东里村第二村民小组}\n"
    office.change("village.yaml", last, f"{last}  - {{id: coop, title: 社账, owner: 合作社}}\n")
    shutil.copy(office.village / LEDGER, office.village / "ledger/2025-09.coop.csv")
    assert "＋ 账套 编号 coop，谁的账 合作社，账套名称 社账" in office.approve(code=1)
    said = office.approve("--item", "ledger", *WHO, "--yes", code=1)
    assert "东里村：没有记" in said
    assert "account-unknown" in said
    assert tree(office.village / "approved") == before
    office.approve(*WHO, "--yes")
    office.build()
    assert "99.50" in office.page("ledger/2025-09.coop")


def test_what_is_faulty_cannot_be_approved(office: Office) -> None:
    office.change(LEDGER, "99.50", "9 9.5.0")
    said = office.approve(*WHO, "--yes", code=1)
    assert "有错的改好了才能审核" in said
    assert "ledger-amount" in said
    assert "等审核 0 份" in said
    assert "ledger-amount" in office.run("check", "--no-posters", code=1)  # what the village wrote
    office.build()
    assert "99.50" in office.page("ledger/2025-09")


def test_attachments_go_with_their_document(office: Office) -> None:
    name = "notices/2025-09-20-ludeng-zhaopian.md"
    write(office.village, "notices/weizhi.txt", "打谷场南侧再加一盏。\n")
    office.build()
    assert not office.bytes_with("再加一盏")
    assert f"（{name}）" in office.approve(code=1)
    office.approve(*WHO, "--yes")
    office.build()
    assert office.bytes_with("再加一盏")


def test_what_hangs_is_approved_with_its_photographs(office: Office) -> None:
    """A photograph is published as well, and may show what nobody should see."""
    code = json.loads((office.site / "v/dongli/ledger/2025-09/data.json").read_bytes())["code"]
    buffer = io.BytesIO()
    address = f"https://qingshi.example/v/dongli/ledger/2025-09/?c={code}"
    segno.make_qr(address, error="q").save(buffer, kind="png", scale=6, border=8)
    write(office.village, "posted/lan.png", buffer.getvalue())
    heading = "公开栏,事项,期次,核验码,挂上日期,照片,取下日期"
    write(office.village, "posted.csv", f"{heading}\n,ledger,2025-09,,2025-10-08,lan.png,\n")
    before = set(tree(office.site))
    office.build()
    assert set(tree(office.site)) == before
    assert "posted.csv" in office.approve(code=1)
    office.approve(*WHO, "--yes")
    assert (office.village / "approved/posted/lan.png").exists()
    office.build()
    assert any(path.endswith((".jpg", ".webp", ".png")) for path in set(tree(office.site)) - before)
    assert office.approve() == "东里村：等审核 0 份\n"


@pytest.mark.parametrize(
    "name",
    ["../history.yaml", "/etc/hostname", "../../../outside.txt", "lian.jpg", "长" * 100 + ".jpg"],
)
def test_only_photographs_come_along(office: Office, name: str) -> None:
    """A name in a cell leads nowhere out of the folder of photographs, and stops no other village."""
    write(office.village, "history.yaml", "- {record: ledger/2025-09, first: 2025-10-01}\n")
    write(office.village, "private/note.txt", "谁也不该看到")
    write(office.village, "posted/README.txt", "")
    (office.village / "posted/lian.jpg").symlink_to(office.village / "private/note.txt")
    outside = write(office.folder, "villages/outside.txt", "别处的")
    outside.rename(office.folder / "outside.txt")
    code = json.loads((office.site / "v/dongli/ledger/2025-09/data.json").read_bytes())["code"]
    heading = "公开栏,事项,期次,核验码,挂上日期,照片,取下日期"
    row = f",ledger,2025-09,{code},2025-10-08,{name},"
    write(office.village, "posted.csv", f"{heading}\n{row}\n")
    office.approve(*WHO, "--yes")
    there = {
        path for path in tree(office.village / "approved") if path.startswith(("posted", "hist"))
    }
    assert there <= {"posted.csv"}
    assert not [p for p, c in tree(office.village / "approved").items() if "谁也".encode() in c]
    assert "posted-photo" in office.build(code=1)


def test_an_attachment_of_its_name_does_not_keep_a_document(office: Office) -> None:
    name = "notices/2025-09-20-ludeng-zhaopian"
    write(office.village, f"{name}.txt", "同名的附件\n")
    (office.village / f"{name}.md").unlink()
    assert "【不再公开】" in office.approve(code=1)


def test_links_are_not_approved_into(
    office: Office, tmp_path_factory: pytest.TempPathFactory
) -> None:
    away = tmp_path_factory.mktemp("away")
    shutil.rmtree(office.village / "approved/ledger")
    (office.village / "approved/ledger").symlink_to(away)
    dearer(office)
    assert "是链接" in office.approve(*WHO, "--yes", code=2)
    assert not list(away.iterdir())


def test_drafts_are_marked_and_keep_away_from_the_site(office: Office) -> None:
    dearer(office)
    assert "不能公开" in office.build("--drafts", code=2)
    other = office.folder / "public"
    shutil.copytree(office.site, other)
    assert "是公开的网站" in office.build("--drafts", "--out", str(other), code=2)
    office.build("--drafts", "--out", "drafts")
    page = (office.folder / "drafts/v/dongli/ledger/2025-09/index.html").read_text("utf-8")
    assert "109.50" in page
    assert "这一份还没有审核" in page
    other_page = (office.folder / "drafts/v/dongli/ledger/2025-08/index.html").read_text("utf-8")
    assert "还没有审核" not in other_page
    assert "没有审核" in publish_here("pack", "drafts", cwd=office.folder).stderr
    office.build()
    assert not office.bytes_with("109.5")


def test_a_sheet_says_who_approved_it_and_a_draft_has_no_code(office: Office) -> None:
    def drawn(*words: str) -> tuple[str, int]:
        office.run("poster", "dongli", "ledger", "2025-09", "--out", "one.pdf", *words)
        page = pypdfium2.PdfDocument(office.folder / "one.pdf")[0]
        image = page.render(scale=200 / 72).to_pil()
        return page.get_textpage().get_text_range(), len(codes_of(image))

    dearer(office)
    text, codes = drawn()
    assert "审核：青石镇纪委 2025年10月10日" in " ".join(text.split())
    assert "99.50" in text
    assert codes == 1
    text, codes = drawn("--draft")
    assert "未审核：只供内部看，不能张贴" in text
    assert "109.50" in text
    assert "核验码" not in text
    assert codes == 0


def test_without_review_there_is_nothing_to_approve(tmp_path: Path) -> None:
    small_content(tmp_path)
    township(tmp_path)
    said = Office(tmp_path).run("approve", code=2)
    assert "site.yaml 没有写 review" in said


def test_a_reviewer_has_items_that_there_are(office: Office) -> None:
    site = office.folder / "content/site.yaml"
    site.write_text(site.read_text("utf-8").replace("[ledger]", "[leger]"), "utf-8")
    assert "ledger" in office.build(code=2)


WORDS = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=40)


@given(st.lists(st.tuples(WORDS, WORDS), max_size=4))
def test_the_log_says_what_was_written(
    tmp_path_factory: pytest.TempPathFactory, entries: list[tuple[str, str]]
) -> None:
    place = tmp_path_factory.mktemp("log")
    folder = VillageFolder(place, "villages/x", "x", "qingshi", is_reviewed=True)
    change = Change("new", LEDGER, "ledger", "2025-09", "九月", "0a")
    for by, reason in entries:
        refuse(folder, [change], Answer(by, "镇", TODAY), reason)
    faults: list[object] = []
    log = read_log(folder, faults)  # type: ignore[arg-type]
    assert not faults
    assert [(one.by, one.refused) for one in log] == entries
    with pytest.raises(CannotBuildError, match="看不见的符号"):
        refuse(folder, [change], Answer("某\x7f", "镇", TODAY), "退")
    assert read_log(folder, faults) == log  # type: ignore[arg-type]


def test_a_log_that_cannot_be_read_is_not_added_to(office: Office) -> None:
    dearer(office)
    log = office.village / "approvals.yaml"
    log.write_text("- {file: x\n", "utf-8")
    said = office.approve(*WHO, "--yes", code=2)
    assert "approvals.yaml" in said
    assert log.read_text("utf-8") == "- {file: x\n"
    assert not (office.village / "approved" / LEDGER).read_text("utf-8").count("109.50")
