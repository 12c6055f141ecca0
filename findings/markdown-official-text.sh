#!/bin/sh
# Python-Markdown and the text of a notice as offices type it: the indent of two ideographic spaces goes from the
# first line of a paragraph and stays in the others; a paragraph that begins with 2025. loses the year (it is
# item 1 of a list); a row of a table loses the cells for which there is no heading. No error. Seen with 3.11.3.
#
# Why it matters: these are the words of a decision or a notice, and what is lost cannot be seen in the result.
# What we do: the lines are made ready before Markdown sees them (generator/render/typed.py).
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check Markdown==3.11.3
cd "$dir"
venv/bin/python - <<'PY'
import markdown

print("Markdown", markdown.__version__)
TABLE = "| 户主 | 金额 |\n| --- | --- |\n| 甲某 | 100 | 已退回 |"
for text, lost, kept in (
    ("　　经研究决定，\n　　现予公示。", "　　经研究", "\n　　现予公示"),
    ("2025. 9月起执行。", "2025", "<li>9月起执行。</li>"),
    (TABLE, "已退回", "<td>100</td>"),
):
    page = markdown.markdown(text, extensions=["tables"])
    print(repr(text), "->", repr(page))
    assert lost in text and lost not in page, f"changed: {lost} was lost"
    assert kept in page, f"changed: {kept} stood there"
PY
