"""Words for what a village wrote down of its boards."""

from __future__ import annotations

from generator.problems.kinds.kind import Kind

POSTED: dict[str, Kind] = {
    "posted-record": Kind(
        "error",
        '“{item}”没有 "{value}" 这一期，上墙登记全部没有采用。',
        "请写这一份的文件名（不带后缀），例如 2025-09；文稿写文件名或标题。",
    ),
    "posted-code": Kind(
        "error",
        '核验码 "{value}" 不对，上墙登记全部没有采用。',
        "请照公示单上印的八个字再抄一遍；有看得清二维码的照片，这一格可以空着。",
    ),
    "posted-days": Kind(
        "error",
        "取下日期比挂上日期早，上墙登记全部没有采用。",
        "请核对这一行的两个日期。",
    ),
    "posted-other": Kind(
        "error",
        '照片 "{value}" 里的公示单和这一行登记的不是同一张，上墙登记全部没有采用：照片上是 {what}。',
        "请换上这一张的照片，或者改正这一行的事项、期次和核验码。",
    ),
    "posted-photo": Kind(
        "warning",
        '照片 "{value}" 没有用：{what}，这一行按没有照片算。',
        "{mend}。要正对着这一张拍，走近些，二维码清楚、不反光，不要拍到人脸。",
    ),
    "posted-unchecked": Kind(
        "warning",
        '照片 "{value}" 没有核对，这一行按没有照片算：这台电脑没有读二维码的程序。',
        "请装上 zxing-cpp（pip install zxing-cpp），再运行一遍。",
    ),
}
