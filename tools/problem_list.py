"""Write docs/problems.md: every kind of problem with what it means, the mend, and one example.

The words come from generator/problems/kinds/, the examples from the reports under
tests/fixtures/problems/ and the questions under tests/fixtures/forms/, so that the page cannot say
anything that the program does not.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))  # the tool runs from the checkout; nothing is installed

from generator.problems import Source, problem  # noqa: E402
from generator.problems.kinds import KINDS, Kind, Severity  # noqa: E402

PAGE = ROOT / "docs" / "problems.md"
REPORTS = ROOT / "tests" / "fixtures" / "problems"
FORMS = ROOT / "tests" / "fixtures" / "forms"

# Each section's title by the first kind in it; the order is that of KINDS.
SECTIONS = {
    "folder-unknown": "文件夹和文件",
    "yaml-syntax": "资料文件和文稿开头的写法",
    "posted-record": "上墙登记",
    "heading-unknown": "表格：表头和格子",
    "published-missing": "公开日期和期次",
    "{table}-equation": "算账",
    "privacy-id": "个人信息",
    "step-target": "权力清单和链接",
    "item-table": "公用资料",
    "glyph-missing": "画公示单",
    "form-cells-left": "导入时认出的表样",
    "import-item": "导入时要问的",
}
_SEVERITIES: dict[Severity, str] = {"error": "错误", "warning": "警告", "notice": "提示"}
# What only a machine with another font or library reports, and what import asks; no folder of files can show it.
_BOOK = Source("10月收支.xlsx")
_SHEET = Source("villages/qingshi/dongli/subsidies/2025Q3.csv")
_ELSEWHERE = {
    "glyph-missing": str(problem("glyph-missing", _SHEET, value="𪚥", mark="〔U+2A6A5〕")),
    "poster-failed": str(problem("poster-failed", _SHEET, reason="画了 60 秒还没有画完")),
    "board-full": str(
        problem(
            "board-full",
            Source("villages/qingshi/dongli/village.yaml"),
            value="村部门口",
            words="放不下全部公示单，还有 1 份没有地方：“2025年合同”。",
        )
    ),
    "explanation-idle": str(
        problem(
            "explanation-idle",
            Source("villages/qingshi/dongli/explanations.yaml", 1),
            value="rent-owed",
        )
    ),
    "village-stale": str(
        problem(
            "village-stale", Source("villages/qingshi/dongli/village.yaml"), since="2025年10月11日"
        )
    ),
    "village-gone": str(
        problem(
            "village-gone",
            Source("villages/liuxi"),
            value="liuxi",
            name="柳溪村",
            count=46,
            others="（现在是不是叫 villages/qingshi/liuxicun？）",
        )
    ),
    "record-stale": str(problem("record-stale", _SHEET, since="2025年10月11日")),
    "record-gone": str(
        problem(
            "record-gone",
            _SHEET,
            since="2025年10月11日",
            item="subsidies",
            key="2025Q3",
            title="2025年第三季度补贴发放",
            published="2025-09-25",
        )
    ),
    "record-down": str(
        problem("record-down", _SHEET, day="2025年10月11日", item="subsidies", key="2025Q3")
    ),
    "village-unapproved": str(problem("village-unapproved", Source("villages/qingshi/dongli"))),
    "approval-missing": str(
        problem("approval-missing", Source("villages/qingshi/dongli/approved/subsidies/2025Q3.csv"))
    ),
    "posted-unchecked": str(
        problem(
            "posted-unchecked",
            Source("villages/qingshi/dongli/posted.csv", 2, "照片"),
            value="shouzhi-9yue.jpg",
        )
    ),
    "posters-unavailable": str(
        problem("posters-unavailable", Source("publish.py"), value="libpango-1.0.so.0")
    ),
    "import-item": str(problem("import-item", _BOOK, example="财务收支")),
    "import-village": str(problem("import-village", _BOOK)),
    "import-stranger": str(problem("import-stranger", _BOOK, value="南山村")),
    "import-account": str(problem("import-account", _BOOK)),
    "import-period": str(
        problem("import-period", _BOOK, reason="（工作表名“5月”没有写是哪一年）", example="2026-10")
    ),
    "import-period-length": str(
        problem(
            "import-period-length",
            _BOOK,
            period="2026年10月",
            item="村干部报酬",
            usual="每季度",
        )
    ),
    "import-published": str(problem("import-published", _BOOK, example="2026-11-05")),
    "import-empty": str(
        problem(
            "import-empty",
            Source("合同台账.xlsx", 6, "合同编号"),
            title="机动地发包合同",
            heading="合同编号",
            example="HT-2025-03",
        )
    ),
    "import-target": str(
        problem(
            "import-target",
            _BOOK,
            value="ledger/2026-10.csv",
            worksheets="10月收支.xlsx、10月.xlsx",
        )
    ),
}
_INTRODUCTION = """\
# 问题代号一览

<!-- 本页由 tools/problem_list.py 生成，请不要手改；改了 generator/problems/kinds/ 以后运行 make bless -->

`check` 和 `build` 报出的每一种问题：什么意思，怎样改，报出来是什么样子。按 Ctrl+F 搜代号就能找到。
怎样看懂一行报告，见 [formats.md](formats.md#出了错怎么看)。

- **错误**：这一份不发布（公开过的留着原来的内容），别的照常发布；公用资料有错误，就什么也不生成，原来的网站不动。
- **警告**：照样发布，请尽快改。
- **提示**：知道就行。

代号里写“表名”的，换成表的编号：收支账的金额不对是 `ledger-amount`，补贴表的是 `subsidies-amount`。
写“…”的地方，报告里是当时的内容。
"""


def page() -> str:
    """The whole page."""
    examples = _examples()
    parts = [_INTRODUCTION]
    for kind, entry in KINDS.items():
        if kind in SECTIONS:
            parts.append(f"## {SECTIONS[kind]}\n")
        parts.append(_entry(kind, entry, examples))
    return "\n".join(parts)


def _entry(kind: str, entry: Kind, examples: dict[str, str]) -> str:
    hint = _words(entry.hint).strip("…")
    lines = [
        f"### {kind.format(table='表名')}（{_SEVERITIES[entry.severity]}）\n",
        f"- 意思：{_words(entry.message)}",
        f"- 怎样改：{hint or '照报告里说的改。'}",
        "- 例子：\n",
        f"  ```\n  {_example(kind, examples)}\n  ```\n",
    ]
    return "\n".join(lines)


def _words(template: str) -> str:
    """A message or hint with … where facts stand; a guess (`nearest`) is not always there."""
    text = re.sub(r"(?<!\{)\{(\w+)\}(?!\})", "…", template.replace("{nearest}", ""))
    return text.replace("{{", "{").replace("}}", "}")


def _examples() -> dict[str, str]:
    """The first line of every code in the reports; a folder's own code comes from it."""
    lines: dict[str, str] = {}
    reports = [*sorted(REPORTS.glob("*/report.txt")), *sorted(FORMS.glob("*.flat.txt"))]
    for is_own in (True, False):
        for report in reports:
            for line in map(str.strip, report.read_text("utf-8").splitlines()):
                code = _code(line)
                if not is_own or code == report.parent.name:
                    lines.setdefault(code, line)
    return lines


def _code(line: str) -> str:
    match = re.match(r"[^:]+:\d+:(?: \[[^\]]*\])? ([a-z0-9-]+): ", line)
    return match[1] if match else ""


def _example(kind: str, examples: dict[str, str]) -> str:
    pattern = re.escape(kind).replace(re.escape("{table}"), "[a-z-]+")
    fitting = (line for code, line in examples.items() if re.fullmatch(pattern, code))
    return _ELSEWHERE.get(kind) or next(fitting, "（还没有例子）")


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8", newline="\n")
    print(f"已写好 {PAGE.relative_to(ROOT)}")
