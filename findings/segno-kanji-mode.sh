#!/bin/sh
# segno: Chinese words whose UTF-8 octets happen to be pairs of Shift_JIS are stored in the kanji mode of
# a QR code, also with encoding="utf-8", so that every reader shows other characters. Seen with 1.6.6.
#
# Why it matters: a code on a village's board may carry a title or an address; 合同 (contract) is read as 蜷亥酔.
# What we do: our codes hold ASCII only. mode="byte" would do as well.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check \
    segno==1.6.6 zxing-cpp==3.1.1 pillow==13.0.0
cd "$dir"
venv/bin/python - <<'PY'
from importlib.metadata import version
from io import BytesIO

import segno
import zxingcpp
from PIL import Image


def read(words, **how):
    code = segno.make(words, micro=False, **how)
    picture = BytesIO()
    code.save(picture, kind="png", scale=8, border=4)
    (found,) = zxingcpp.read_barcodes(Image.open(picture).convert("L"))
    return code.mode, found.text


print("segno", version("segno"), "read by zxing-cpp", version("zxing-cpp"))
for words, how, expected in (
    ("合同", {"encoding": "utf-8"}, ("kanji", "蜷亥酔")),
    ("监督", {"encoding": "utf-8"}, ("kanji", "逶醍撻")),
    ("监督", {}, ("kanji", "逶醍撻")),
    ("监督", {"encoding": "utf-8", "mode": "byte"}, ("byte", "监督")),
):
    seen = read(words, **how)
    print(words, how, seen)
    assert seen == expected, f"changed: {expected} was seen before"
PY
