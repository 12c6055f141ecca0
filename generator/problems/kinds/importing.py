"""Words for what `import` asks."""

from __future__ import annotations

from generator.problems.kinds.kind import Kind

IMPORTING: dict[str, Kind] = {
    "import-item": Kind(
        "error",
        "看不出是哪一类表。",
        "请加 --item，例如 --item {example}。",
    ),
    "import-village": Kind(
        "error",
        "看不出是哪个村的表。",
        "请加 --village，或者在标题里写上村名。",
    ),
    "import-stranger": Kind(
        "error",
        "表里写的是{value}，这里没有这个村。",
        "确实是本镇的村，请加 --village。",
    ),
    "import-account": Kind(
        "error",
        "看不出是哪一个账套。",
        "请加 --account，或者在标题里写上是谁的账。",
    ),
    "import-period": Kind(
        "error",
        "看不出是哪一期{reason}。",
        "请加 --period，例如 --period {example}。",
    ),
    "import-period-length": Kind(
        "error",
        "这张表是{period}的，“{item}”按目录是{usual}公开一次。",
        "要单独公开这一期，请照问题回答；要等{usual}的，先不要导入。",
    ),
    "import-published": Kind(
        "error",
        "没有写哪一天公开的，公示期从哪天算起不清楚。",
        "请加 --published，例如 --published {example}，或者在表的最后加一行“公开日期”。",
    ),
    "import-empty": Kind(
        "error",
        "“{title}”这一行的“{heading}”空着，这一栏不能空。",
        "请在原来的表里填上，例如 {example}。",
    ),
    "import-target": Kind(
        "error",
        "不止一张表要写进 {value}：{worksheets}。",
        "请选一张；都要的，请在标题里写清楚各是哪一期、哪个账套，或者合成一张表。",
    ),
}
