"""What stays of what was published, when its files cannot be used any more."""

from __future__ import annotations

from generator.problems.kinds.kind import Kind

REMAINING: dict[str, Kind] = {
    "village-stale": Kind(
        "error",
        "村的基本资料有误，这个村的网页没有更新：网上还是{since}以前的内容，每一页上都写明了。",
        "请先改好 village.yaml 里报出的问题，再生成一次。网页上第一批名字到期以前没有改好，这些网页就要撤下。",
    ),
    "village-gone": Kind(
        "error",
        "网站上原来有这个村（{name}，{count} 份公开内容），现在没有这个文件夹了：它的网页这一次都撤下了，"
        "贴出去的二维码扫了打不开，公开的经过也断了。",
        "文件夹改了名的，请把名字改回 {value}{others}，再生成一次，原来的网址就都在；"
        "村名变了，改 village.yaml 的 name 就行。"
        "真的不再公开这个村的，不用管，下次不再提。",
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
