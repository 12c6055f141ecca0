"""Words for days in the wrong order, and for what was shown too late."""

from __future__ import annotations

from generator.problems.kinds.kind import Kind

_PUBLISHED = "这一份照样公开。"

ORDER: dict[str, Kind] = {
    "order-opened": Kind(
        "warning",
        "{title}：开标日期 {value} 早于公告日期 {before}，没有发公告就先开了标。",
        "日期写错了请改正；确实如此的，请在备注里写明原因。" + _PUBLISHED,
    ),
    "order-finished": Kind(
        "warning",
        "{title}：完工日期 {value} 早于开工日期 {before}。",
        "请核对两个日期，写错的改正。" + _PUBLISHED,
    ),
    "order-accepted": Kind(
        "warning",
        "{title}：验收日期 {value} 早于完工日期 {before}，还没有完工就验收了。",
        "日期写错了请改正；分段验收的，请在备注里写明。" + _PUBLISHED,
    ),
    "order-decided": Kind(
        "warning",
        "{title}：开始的日期 {value} 早于同意它的决议（{before}），先办了事，后开的会。",
        "日期或决议写错了请改正；确实是事后补的会，请在备注里写明。" + _PUBLISHED,
    ),
    "order-contract": Kind(
        "warning",
        "{title}：合同的起始日期 {value} 早于开标日期 {before}，还没有开标就有了合同。",
        "请核对合同和招标登记里的日期和编号，写错的改正。" + _PUBLISHED,
    ),
    "order-paid": Kind(
        "warning",
        "合同 {title} 从 {before} 开始，这一笔 {value} 就付了，付款早于合同。",
        "日期或凭证号写错了请改正；是定金、预付款的，请在摘要或备注里写明。" + _PUBLISHED,
    ),
    "order-named": Kind(
        "warning",
        "{day} 的这一份里已经写了 {tender} 的中标单位“{value}”，"
        "可是 {called} 才发公告、{opened} 才开标。",
        "请核对这几个日期；决议先定了由谁来做的，请照实写明为什么还要再招标、询价。" + _PUBLISHED,
    ),
    "due-column": Kind(
        "error",
        "“{item}”年中新添的从“{value}”一栏的日期算起，这一栏却数不了天数。",
        "请把 due 里 rows 的 column 改成这张表里类型是 date、照原样公开的一栏，例如 起始日期；不需要就删掉 rows。",
    ),
}
