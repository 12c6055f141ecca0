"""What offices do to their folders between two builds: edits by chance, the same for a seed."""

from __future__ import annotations

import io
import random
import re
import shutil
from collections.abc import Callable
from copy import copy
from datetime import date, timedelta
from pathlib import Path

from PIL import Image

from generator.settings import Sheets
from tests.township import TODAY, small_content, township, write

NOTICE = "---\ntitle: 关于清理沟渠的通知（{number}）\ndate: {day}\n---\n\n请大家{number}日前清理门前沟渠。\n"
POWER = "override:\n  - {{id: expense-reimbursement, reason: 代表会议定的, limit: 交票后{number}个工作日内}}\n"
WITHDRAWN = """- item: notices
  key: 2025-07-0{number}-tingshui
  title: 停水通知
  published: 2025-07-02
  date: 2025-07-0{number}
  reason: 检修改期。
"""
OWING = """合同编号,名称,标的,承包方,年租金,起始日期,终止日期,应收,已收,欠收
HT-2025-01,晒场租赁合同,晒场,青石镇粮油店,3000.00,2025-01-05,2025-{month:02}-28,3000.00,{received}.00,{owed}.00
公开日期,2025-09-08
"""
EXPLAINED = """- rule: rent-owed
  record: contracts/2025
  text: 第{number}次催过了。
  by: 村民委员会
  day: 2025-10-09
"""
BROKEN = "日期,摘要,收入\n2025-13-45,看不懂的一行,abc\n"


class Office:
    """A township and its content/ under a folder, the day and the site's address; `edit` does one
    thing to them."""

    def __init__(self, folder: Path, seed: int, *, draws: bool = False) -> None:
        """The fixture township, with few sheets above the villages; `draws` says that builds draw
        what is due, by chance."""
        self.villages, self.content = township(folder), small_content(folder)
        self.today, self.base_url = TODAY, ""
        self._chance = random.Random(seed)
        self._put_away: list[tuple[Path, bytes]] = []
        self._count = 0
        self.sheets: Sheets = "due" if draws else "none"
        self._draws = draws

    def moved(self, before: Path, folder: Path) -> Office:
        """The office of a copy of its folder."""
        new = copy(self)
        new.villages = folder / self.villages.relative_to(before)
        new.content = folder / self.content.relative_to(before)
        return new

    def edit(self) -> str:
        """Do something, and say what."""
        edits: tuple[Callable[[], str], ...] = (
            *(self._cell, self._cell, self._day, self._day, self._notice, self._removal),
            *(self._break, self._mend, self._village, self._words, self._template),
            *(self._renaming, self._attachment, self._power, self._withdrawal, self._private),
            *(self._link, self._called, self._rules, self._town, self._address, self._page),
            *(self._owed, self._explained),
            *((self._mode, self._mode) if self._draws else ()),
        )
        self._count += 1
        return self._chance.choice(edits)()

    @property
    def _tables(self) -> list[Path]:
        return [path for path in self._files if path.parent.name == "ledger"]

    def _cell(self) -> str:
        path = self._chance.choice(self._tables)
        text = path.read_text("utf-8-sig")
        path.write_text(text.replace("，", f"{self._count}，", 1), "utf-8")
        lines = text.splitlines()
        lines[-1] = f"{lines[-1]}{self._count % 7}"
        path.write_text("\n".join(lines) + "\n", "utf-8")
        return f"a cell of {path.name}"

    def _day(self) -> str:
        self.today += timedelta(days=self._chance.randint(-40, 40))
        return f"the day {self.today}"

    def _notice(self) -> str:
        village = self._chance.choice(self._homes)
        day = date(2025, 9, 1) + timedelta(days=self._count % 30)
        write(
            village,
            f"notices/{day}-gouqu{self._count}.md",
            NOTICE.format(number=self._count, day=day),
        )
        return f"a notice of {village.name}"

    def _removal(self) -> str:
        path = self._chance.choice(self._files)
        self._put_away.append((path, path.read_bytes()))
        path.unlink()
        return f"{path.name} goes"

    def _break(self) -> str:
        path = self._chance.choice(self._tables)
        self._put_away.append((path, path.read_bytes()))
        path.write_text(BROKEN, "utf-8")
        return f"{path.name} breaks"

    def _mend(self) -> str:
        if not self._put_away:
            return self._day()
        path, content = self._put_away.pop()
        if path.parent.is_dir():
            path.unlink(missing_ok=True)  # it may be a link
            path.write_bytes(content)
        return f"{path.name} comes back"

    def _mode(self) -> str:
        self.sheets = "none" if self.sheets == "due" else "due"
        return f"sheets: {self.sheets}"

    @property
    def _homes(self) -> list[Path]:
        return sorted(path.parent for path in self.villages.glob("*/*/village.yaml"))

    def _village(self) -> str:
        new = self.villages / "qingshi" / "xinzhai"
        if new.is_dir():
            shutil.rmtree(new)
            return "a village goes"
        shutil.copytree(self.villages / "qingshi" / "xicun", new)
        return "a village comes"

    def _words(self) -> str:
        path = self.content / "glossary.yaml"
        text = path.read_text("utf-8")
        path.write_text(f"{text.rstrip()}\n# {self._count}\n", "utf-8")
        return "a line of content/"

    def _template(self) -> str:
        own = self.content / "templates" / "words"
        if own.is_dir():
            shutil.rmtree(own)
            return "the package's words"
        source = Path(__file__).parents[1] / "templates" / "words" / "books.txt"
        write(own, "books.txt", source.read_text("utf-8").replace("结余", "余额"))
        return "words of its own"

    def _renaming(self) -> str:
        path = self._chance.choice(self._files)
        chosen = self._chance.choice(("2024-0", "2025-0", "2025-0", "x"))
        stem, _, rest = path.name.partition(".")
        name = f"{chosen}{self._count % 9 + 1}{stem[7:] if path.suffix == '.md' else ''}.{rest}"
        if not path.with_name(name).exists():
            path.rename(path.with_name(name))
        return f"{path.name} becomes {name}"

    @property
    def _files(self) -> list[Path]:
        found = sorted(self.villages.glob("*/*/*/*"))
        return [path for path in found if path.suffix in (".csv", ".md") and not path.is_symlink()]

    def _attachment(self) -> str:
        kind = self._chance.choice(("txt", "png"))
        village = self.villages / "qingshi" / "dongli" / "notices"
        if kind == "txt":
            write(village, "weizhi.txt", f"位置图第{self._count}版\n")
            return "weizhi.txt changes"
        write(village, "zhaopian.png", picture(self._count))
        head = "---\ntitle: 照片\ndate: 2025-09-21\n---\n\n![路灯](zhaopian.png)\n"
        write(village, "2025-09-21-zhaopian.md", head)
        return "a picture changes"

    def _power(self) -> str:
        village = self._chance.choice(self._homes)
        return self._written(village / "powers.yaml", POWER.format(number=self._count % 9 + 1))

    def _withdrawal(self) -> str:
        village = self._chance.choice(self._homes)
        text = WITHDRAWN.format(number=self._count % 6 + 3)
        return self._written(village / "withdrawn.yaml", text)

    def _owed(self) -> str:
        owed = self._count % 4 * 700
        facts = {"month": self._count % 12 + 1, "received": 3000 - owed, "owed": owed}
        home = self.villages / "qingshi" / "dongli"
        return self._written(home / "contracts" / "2025.csv", OWING.format(**facts))

    def _explained(self) -> str:
        path = self.villages / "qingshi" / "dongli" / "explanations.yaml"
        return self._written(path, EXPLAINED.format(number=self._count))

    def _private(self) -> str:
        village = self._chance.choice(self._homes)
        return self._written(village / "private" / "duizhang.csv", f"卡号,{self._count}\n")

    def _written(self, path: Path, text: str) -> str:
        write(path.parent, path.name, text)
        return f"{path.parent.name}/{path.name} changes"

    def _link(self) -> str:
        path = self._chance.choice(self._files)
        elsewhere = path.with_name(f".{path.name}")
        path.rename(elsewhere)
        path.symlink_to(elsewhere.name)
        self._put_away.append((path, elsewhere.read_bytes()))
        return f"{path.name} is a link"

    def _called(self) -> str:
        home = self._chance.choice(self._homes) / "village.yaml"
        text = home.read_text("utf-8")
        home.write_text(
            re.sub(r"(?m)^households: .*", f"households: {self._count + 90}", text), "utf-8"
        )
        if self._chance.random() < 0.5:
            text = home.read_text("utf-8")
            home.write_text(re.sub(r"(?m)^name: .*", f"name: 新{self._count % 7}村", text), "utf-8")
        return f"{home.parent.name} has another name"

    def _rules(self) -> str:
        home = self._chance.choice(self._homes) / "village.yaml"
        lines = [
            line
            for line in home.read_text("utf-8").splitlines()
            if line[:5] not in ("masks", "rules")
        ]
        masks = self._chance.choice(("default", "names-masked"))
        rules = self._chance.choice(("national", "hebei", "zhejiang"))
        home.write_text("\n".join((*lines, f"masks: {masks}", f"rules: {rules}")) + "\n", "utf-8")
        return f"{home.parent.name} goes by {rules} and masks {masks}"

    def _town(self) -> str:
        path = self.content / "site.yaml"
        text = path.read_text("utf-8")
        text = re.sub(r"0000-880\d101", f"0000-880{self._count % 9}101", text)
        path.write_text(text, "utf-8")
        return "a channel of the town"

    def _address(self) -> str:
        self.base_url = "" if self.base_url else f"https://other{self._count}.example"
        return "another address"

    def _page(self) -> str:
        own = self.content / "templates" / "pages"
        if own.is_dir():
            shutil.rmtree(own)
            return "the package's page"
        text = '{% extends "package/record.html" %}\n'
        write(own, "record.html", f"{text}{{# {self._count} #}}\n")
        return "a page of its own"


def picture(number: int) -> bytes:
    """A small picture that differs from those of other numbers."""
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8), (number * 7 % 256, 90, 90)).save(buffer, "PNG")
    return buffer.getvalue()
