"""The site's address is printed in letters that every reader of QR codes knows."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from generator.addresses import ascii_address
from generator.intake.content import read_content
from tests.commands import publish_here
from tests.township import CONTENT, TOWNSHIP, examine


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://qingshi.example", "https://qingshi.example"),
        ("https://qingshi.example/", "https://qingshi.example"),
        ("http://cunwu.gov.cn:8080/qingshi/", "http://cunwu.gov.cn:8080/qingshi"),
        ("https://青石镇.中国", "https://xn--y7yq93d1mb.xn--fiqs8s"),
        ("https://青石镇。中国/村务", "https://xn--y7yq93d1mb.xn--fiqs8s/%E6%9D%91%E5%8A%A1"),
        ("https://cunwu.gov.cn/a%20b", "https://cunwu.gov.cn/a%20b"),
        ("qingshi.example", ""),
        ("ftp://qingshi.example", ""),
        ("https://", ""),
        ("https://a b.example", ""),
        ("https://-a.example", ""),
        ("https://a.example:x", ""),
        ("https://a.example/?b", ""),
    ],
)
def test_addresses(text: str, expected: str) -> None:
    assert ascii_address(text) == expected


def content(tmp_path: Path, address: str) -> Path:
    folder = Path(shutil.copytree(CONTENT, tmp_path / "content"))
    site = folder / "site.yaml"
    site.write_text(site.read_text("utf-8").replace("https://qingshi.example", address), "utf-8")
    return folder


def test_a_chinese_domain_is_read_in_its_other_form(tmp_path: Path) -> None:
    shared, faults = read_content(content(tmp_path, "https://青石镇.中国"))
    assert faults == ()
    assert shared is not None
    assert shared.site.base_url == "https://xn--y7yq93d1mb.xn--fiqs8s"


def test_the_option_is_read_like_the_setting() -> None:
    done = publish_here("check", "--no-posters", "--base-url", "qingshi")
    assert done.returncode == 2
    assert "不是网址" in done.stderr


@pytest.mark.parametrize(
    ("today", "years"),
    [
        (date(2026, 10, 31), []),
        (date(2026, 11, 1), ["2027"]),
        (date(2027, 3, 1), ["2027"]),
        (date(2027, 12, 1), ["2027", "2028"]),
    ],
)
def test_holidays_are_asked_for_from_november_on(today: date, years: list[str]) -> None:
    found = examine(TOWNSHIP, today=today).problems
    told = [p for p in found if p.code == "holidays-missing"]
    assert [p.value for p in told] == years
    assert all(p.severity == "notice" for p in told)
