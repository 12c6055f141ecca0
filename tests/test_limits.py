"""docs/limits.md says the numbers that the program has, and codes that it knows."""

from __future__ import annotations

import re
from fractions import Fraction

from generator import packer
from generator.checks import law
from generator.intake import (
    attachments,
    decoding,
    documents,
    images,
    office,
    packages,
    pdfs,
    tablerows,
    workbooks,
    yamlfile,
)
from generator.intake.values import cells, quantities
from generator.packer import filenames
from generator.problems.kinds import KINDS
from generator.render.posters import picture
from generator.views import news
from tests.township import ROOT

MB = 1_000_000
LIMITS: dict[str, str] = {
    "一份表格、工作簿的大小": f"{decoding._LARGEST_FILE // MB} MB",
    "一份 YAML、文稿、content/ 里的文字文件": f"{decoding._LARGEST_TEXT // MB} MB",
    "工作簿展开以后的大小": f"{packages._LARGEST // MB} MB",
    f"工作簿里压缩的倍数（大于 {packages._SMALL // MB} MB 的才看）": f"{packages._RATIO} 倍",
    "工作簿里的零件": f"{packages._MOST_PARTS} 个",
    "一张工作表的格子，空的也算": f"{workbooks.MOST_CELLS // 10_000} 万个",
    "表里一格的字": f"{tablerows._LONGEST} 字",
    "数目": f"{quantities._MOST / 10**12} 万亿",
    "数目、日期这样的格子的字": f"{cells.LONGEST} 字",
    "YAML 里的一段文字": f"{yamlfile._LONGEST} 字",
    "YAML 里的项目": f"{yamlfile._MOST_PARTS // 10_000} 万个",
    "YAML 里一层套一层": f"{yamlfile._DEEPEST} 层",
    "文稿的一行": f"{documents._LONGEST_LINE} 字",
    "文稿一段里的方括号": f"{documents._MOST_BRACKETS} 个",
    "天数的设定": f"{law._LONGEST} 天",
    "一个附件": f"{attachments.LARGEST // MB} MB",
    "附件的名字": f"{attachments._LONGEST_NAME} 字（{attachments._LONGEST_NAME_BYTES} 字节）",
    "PDF 附件的页数": f"{pdfs._MOST_PAGES} 页",
    "PDF 里一段内容展开以后": f"{pdfs._LARGEST_STREAM // MB} MB",
    "Word、WPS 附件展开以后": f"{office._LARGEST // MB} MB",
    "其中图片以外的部分": f"{office._LARGEST_XML // MB} MB",
    "其中的零件": f"{office._MOST_PARTS} 个",
    "一张图片": f"{images.LARGEST_PICTURE // MB} MB",
    "图片的像素": f"{images._MOST_PIXELS // 10_000} 万",
    "网页上图片的长边": f"{images.LONGEST_SIDE} 像素",
    "公示单长图的高": f"{picture.TALLEST} 像素",
    "U 盘里的路径": f"{filenames.LONGEST_PATH} 字",
    "U 盘上的压缩包": f"{packer._FAT_LIMIT // 1024**3} GB",
    "订阅（feed）里的条目": f"{news.MOST} 条",
}


def rows() -> list[list[str]]:
    lines = (ROOT / "docs/limits.md").read_text("utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if "|" in line]
    return [row for row in cells if row[0] != "什么" and not row[0].startswith("---")]


def test_the_page_says_the_limits_of_the_program() -> None:
    assert Fraction(10**12) == quantities._MOST
    assert {row[0]: row[1] for row in rows()} == LIMITS


def test_the_codes_are_known() -> None:
    for row in rows():
        for code in re.findall("`([^`]+)`", row[3]):
            assert code.replace("表名", "{table}") in KINDS, row


def test_the_page_is_named_where_offices_read() -> None:
    assert "(docs/limits.md)" in (ROOT / "README.zh-CN.md").read_text("utf-8")
    assert "(limits.md)" in (ROOT / "docs/formats.md").read_text("utf-8")
