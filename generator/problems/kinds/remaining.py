"""What stays of what was published, when its files cannot be used any more."""

from __future__ import annotations

from generator.problems.kinds.kind import Kind

REMAINING: dict[str, Kind] = {
    "village-stale": Kind(
        "error",
        "村的基本资料有误，这个村的网页没有更新：网上还是{since}以前的内容，每一页上都写明了。",
        "请先改好 village.yaml 里报出的问题，再生成一次。网页上第一批名字到期以前没有改好，这些网页就要撤下。",
    ),
    "record-stale": Kind(
        "notice",
        "这一份有错误，网页没有更新：网上还是{since}以前的内容，网页上写明了。",
        "请改好这一份里报出的问题，再生成一次；不想再公开的，请写进 withdrawn.yaml。",
    ),
    "record-gone": Kind(
        "error",
        "公开过的这一份不在文件夹里了，网上还是{since}以前的内容，网页上写明了。",
        "不该删的请放回来；要撤回的，请在 withdrawn.yaml 里加上 - item: {item} ，下面各写一行 key: {key} 、"
        "title: {title} 、published: {published} 、date: 撤回的日期、reason: 为什么撤回。",
    ),
    "record-down": Kind(
        "error",
        "公开过的这一份不能照原样留在网上，{day}起那个网址上只写着撤下了、为什么。",
        "请改好这一份或者放回来，再生成一次；不再公开的，请在 withdrawn.yaml 里加上 - item: {item} 、"
        "key: {key} ，写明哪天撤回、为什么。",
    ),
}
