"""`verify CODE`: what a sheet in someone's hand is, told from a published folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from generator.cli import main
from generator.model.codes import CODE_ALPHABET, is_code, plain_code
from generator.publishing.digest import code_of, digest_of
from generator.settings import CannotBuildError
from generator.verifying import looks_like_code, verify_code

OLD = code_of(digest_of("an earlier version"))


def record(site: Path, url: str) -> dict[str, Any]:
    village = url.split("/")[1]
    records = json.loads((site / "v" / village / "manifest.json").read_bytes())["records"]
    return next(line for line in records if line["url"] == url)


def test_a_current_sheet_is_named_with_its_village(site: Path) -> None:
    line = record(site, "v/liuxi/ledger/2025-09/")
    answer = verify_code(line["code"], site)
    assert answer.is_good
    assert answer.lines[0].startswith(f"{line['code']}：2025年9月收支账 - 柳溪村")
    assert "是现行版本，和已经发布的内容一致。" in answer.lines
    assert "公示期到2025年11月7日。" in answer.lines


def test_gaps_small_letters_and_wide_letters_do_not_matter(site: Path) -> None:
    code = record(site, "v/liuxi/ledger/2025-09/")["code"]
    wide = "".join(chr(ord(character) + 0xFEE0) for character in code)
    for asked in (f"{code[:4]} {code[4:]}", code.lower(), wide):
        assert verify_code(asked, site).is_good


def test_a_corrected_sheet_says_when_and_what(site: Path) -> None:
    line = record(site, "v/liuxi/ledger/2025-08/")
    words = "更正过：2025年9月12日，第5行（凭证 8-03）支出误写为 1338.20 元"
    current = verify_code(line["code"], site)
    assert current.is_good
    assert any(said.startswith(words) for said in current.lines)
    earlier = verify_code(f"https://any.example/sub/{line['url']}?c={OLD}", site)
    assert not earlier.is_good
    assert any(line["code"] in said for said in earlier.lines)
    assert any(said.startswith(words) for said in earlier.lines)


def test_a_withdrawn_sheet_must_come_down(site: Path) -> None:
    line = record(site, "v/liuxi/notices/2025-09-05-tingdian/")
    for asked in (line["code"], f"https://any.example/{line['url']}?c={OLD}"):
        answer = verify_code(asked, site)
        assert not answer.is_good
        assert any("撤回" in said and "请取下" in said for said in answer.lines)


def test_a_sheet_whose_time_is_over_is_current_and_may_come_down(site: Path) -> None:
    line = record(site, "v/liuxi/membership/2025H1/")
    answer = verify_code(line["code"], site)
    assert answer.is_good
    assert answer.lines[-1] == "公示期到2025年7月23日已满，可以取下。"
    earlier = verify_code(f"https://any.example/{line['url']}?c={OLD}", site)
    assert not earlier.is_good
    assert earlier.lines[-1] == "公示期到2025年7月23日已满，请取下，不用换新的。"


def test_an_unknown_code_is_not_called_mistyped(site: Path) -> None:
    answer = verify_code(OLD, site)
    assert not answer.is_good
    assert "没有抄错" in answer.lines[0]
    assert "整个网址" in answer.lines[-1]


def test_every_single_wrong_character_is_noticed_and_the_right_code_named(site: Path) -> None:
    line = record(site, "v/liuxi/ledger/2025-09/")
    code: str = line["code"]
    for place in range(len(code)):
        other = next(c for c in CODE_ALPHABET if c != code[place])
        wrong = code[:place] + other + code[place + 1 :]
        answer = verify_code(wrong, site)
        assert not answer.is_good
        assert "可能抄错了" in answer.lines[0]
        assert any(f"最像的是 {code}" in said for said in answer.lines)


def test_a_page_that_is_no_record_is_known_by_its_code(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text('{"villages": {}}', "utf-8")
    page = tmp_path / "powers" / "index.html"
    page.parent.mkdir()
    page.write_text(f'<title>甲 &amp; 乙</title><b class="code" data-code="{OLD}">', "utf-8")
    answer = verify_code(OLD, tmp_path)
    assert answer.is_good
    assert answer.lines[:2] == (f"{OLD}：甲 & 乙", "网页 powers/")


def test_codes_are_well_formed_as_the_page_says() -> None:
    code = code_of(digest_of("甲"))
    assert is_code(code)
    assert not is_code(code[:-1])
    assert not is_code(f"{code}3")
    assert not is_code("")
    assert not is_code("OOOOOOOO")
    assert plain_code(" dpxa\u3000gv94\n") == "DPXAGV94"


def test_an_address_without_a_code_is_asked_for_the_whole_of_it(site: Path) -> None:
    line = record(site, "v/liuxi/ledger/2025-09/")
    asked = f"https://any.example/sub/{line['url']}"
    assert looks_like_code(asked)
    answer = verify_code(asked, site)
    assert not answer.is_good
    assert "没有核验码" in answer.lines[0]
    assert line["code"] in answer.lines[1]
    elsewhere = verify_code("https://any.example/other/", site)
    assert len(elsewhere.lines) == 1


def test_folders_are_not_taken_for_codes() -> None:
    assert looks_like_code("DPXA GV94")
    assert looks_like_code("https://any.example/v/liuxi/?c=DPXAGV94")
    assert not looks_like_code("site")
    assert not looks_like_code("./publish/site")


def test_without_a_published_site_nothing_is_said(tmp_path: Path) -> None:
    with pytest.raises(CannotBuildError, match=r"manifest\.json"):
        verify_code(OLD, tmp_path)


@pytest.mark.parametrize(
    ("asked", "code"), [("{code}", 0), ("{spaced}", 0), ("{old}", 1), ("nosuchfolder/x", 2)]
)
def test_the_command_ends_as_the_contract_says(
    asked: str, code: int, site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    current = record(site, "v/liuxi/ledger/2025-09/")["code"]
    words = asked.format(code=current, spaced=f"{current[:4]} {current[4:]}", old=OLD)
    assert main(["verify", *words.split(), "--site", str(site)]) == code
    printed = capsys.readouterr()
    assert (current in printed.out) == (code == 0)
    assert bool(printed.err) == (code == 2)
