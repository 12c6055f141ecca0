#!/bin/sh
# WeasyPrint, whose lines Pango breaks: a run of quoted words (“水”“电”“路”, also with 、 between them) has no place
# to break, since curly quotes count as closing and opening at once (rule LB19), and runs out of its column;
# corner quotes (「水」「电」) break as Chinese does. U+200B between the words breaks the line and does not come
# back when text is taken from the PDF. Seen with WeasyPrint 70.0 and Pango 1.50.
#
# Why it matters: lists of quoted words are how titles of village works are written, and what leaves the column is
# cut off on paper.
# What we do: U+200B between a closing and an opening mark, on sheets only.
# Needs Pango of the system, as WeasyPrint does; without it the script says so and tries nothing.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check weasyprint==70.0 pypdfium2==5.15.2
cd "$dir"
venv/bin/python - <<'PY'
import sys

try:
    import weasyprint
    from weasyprint.text.ffi import pango
except OSError as error:
    print(f"not tried: {error}")
    sys.exit(0)
import pypdfium2

COLUMN = 150  # px
WORDS = "水电路渠桥灯井坝网"


def laid_out(words):
    style = f"@page {{ size: 400px; margin: 0 }} p {{ margin: 0; width: {COLUMN}px; font: 16px serif }}"
    return weasyprint.HTML(string=f"<style>{style}</style><p>{words}</p>").render()


def widest(words):
    """The widest line in px."""
    boxes = laid_out(words).pages[0]._page_box.descendants()
    return max(box.width for box in boxes if type(box).__name__ == "TextBox")


print("WeasyPrint", weasyprint.__version__, "Pango", pango.pango_version())
for name, words, expected in (
    ("curly", "".join(f"“{word}”" for word in WORDS), True),
    ("curly with 、", "、".join(f"“{word}”" for word in WORDS), True),
    ("corner", "".join(f"「{word}」" for word in WORDS), False),
    ("curly with U+200B", "\u200b".join(f"“{word}”" for word in WORDS), False),
):
    width = widest(words)
    print(f"{name}: the widest line is {width:.0f} px in a column of {COLUMN}")
    assert (width > COLUMN) == expected, "changed"
pdf = pypdfium2.PdfDocument(laid_out("“水”\u200b“电”").write_pdf())
text = pdf[0].get_textpage().get_text_range()
print("taken from the PDF:", repr(text))
assert text == "“水”“电”", "changed: U+200B did not come back"
PY
