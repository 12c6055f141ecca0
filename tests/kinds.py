"""The pages of the sample that stand for all kinds: what `make pictures` shows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Shown:
    """One page of the sample that stands for its kind. `template` made it, `name` begins the
    names of its pictures."""

    kind: str
    template: str
    name: str
    title: str
    path: str


_RECORD = "一期公开内容"
PAGES = (
    Shown("首页", "home", "home", "网站首页", ""),
    Shown("镇、村的首页", "town", "town", "一个镇", "t/qingshi/"),
    Shown("镇、村的首页", "village", "village", "一个村", "v/liuxi/"),
    Shown("镇、村的首页", "village", "village-bare", "刚开始公开的村", "v/xintang/"),
    Shown("镇、村的首页", "mine", "mine", "我家的钱", "v/liuxi/mine/"),
    Shown("一类事项", "item", "item-ledger", "财务收支各期", "v/liuxi/ledger/"),
    Shown("一类事项", "item", "item-contracts", "合同各年", "v/liuxi/contracts/"),
    Shown("一类事项", "item", "item-projects", "工程项目各期", "v/liuxi/projects/"),
    Shown("一类事项", "item", "item-none", "还没有公开过的事项", "v/xintang/decisions/"),
    Shown(_RECORD, "record", "ledger", "财务收支", "v/liuxi/ledger/2025-09/"),
    Shown(_RECORD, "record", "budget", "预算", "v/liuxi/budget/2025/"),
    Shown(_RECORD, "record", "subsidies", "补贴名单", "v/liuxi/subsidies/2025Q3/"),
    Shown(_RECORD, "record", "expired", "到期撤下的名单", "v/liuxi/subsidies/2025Q1/"),
    Shown(_RECORD, "record", "contracts", "合同", "v/liuxi/contracts/2025/"),
    Shown(_RECORD, "record", "projects", "工程项目", "v/liuxi/projects/2025Q3/"),
    Shown(_RECORD, "record", "resources", "资源", "v/liuxi/resources/2025H1/"),
    Shown(_RECORD, "record", "decision", "民主决策", "v/liuxi/decisions/2025-08-20-ludeng/"),
    Shown(_RECORD, "record", "notice", "通知", "v/liuxi/notices/2025-09-29-donggou-zhongbiao/"),
    Shown(_RECORD, "record", "people", "监督人员", "v/liuxi/supervisors/current/"),
    Shown(_RECORD, "record", "hearings", "听证议事", "v/liuxi/hearings/2025Q3/"),
    Shown(_RECORD, "record", "feedback", "答复", "v/liuxi/feedback/2025Q3/"),
    Shown(_RECORD, "withdrawn", "withdrawn", "撤回的内容", "v/liuxi/notices/2025-09-05-tingdian/"),
    Shown("日历、齐不齐、更正", "calendar", "calendar", "全镇的日历", "calendar/"),
    Shown(
        "日历、齐不齐、更正",
        "village-calendar",
        "calendar-village",
        "一个村的日历",
        "v/liuxi/calendar/",
    ),
    Shown("日历、齐不齐、更正", "completeness", "completeness", "公开得齐不齐", "completeness/"),
    Shown("日历、齐不齐、更正", "supervision", "supervision", "监督情况", "supervision/"),
    Shown("日历、齐不齐、更正", "corrections", "corrections", "更正和撤回", "v/liuxi/corrections/"),
    Shown("请核实", "village-warnings", "warnings", "一个村请核实的", "v/liuxi/warnings/"),
    Shown("请核实", "warnings", "warnings-rules", "请核实的规则", "warnings/"),
    Shown("公开栏换版", "wall", "wall", "一个村的公开栏", "v/liuxi/wall/"),
    Shown("监察联络站", "station", "station", "一个村的监察联络站", "v/liuxi/station/"),
    Shown("小微权力", "powers", "powers", "权力清单", "v/liuxi/powers/"),
    Shown("小微权力", "power", "power", "一项权力", "powers/asset-lease/"),
    Shown(
        "小微权力",
        "power",
        "power-own",
        "本村改动过的权力",
        "v/liuxi/powers/expense-reimbursement/",
    ),
    Shown("清单和流程", "lists", "lists", "清单和流程", "lists/"),
    Shown("清单和流程", "list", "list", "负面清单", "lists/negative/"),
    Shown("清单和流程", "list", "list-duties", "监督人员职责清单", "lists/duties/"),
    Shown("清单和流程", "flow", "flow", "问题处置流程", "lists/problem-handling/"),
    Shown("案例和讲解", "cases", "cases", "案例和讲解", "cases/"),
    Shown("案例和讲解", "article", "article", "一个案例", "cases/case-yutang-zujin/"),
    Shown("案例和讲解", "article", "guide", "看懂账的明白纸", "cases/guide-kandong-zhang/"),
    Shown("搜索", "search", "search", "搜索整个网站", "search/?q=路灯"),
    Shown("搜索", "search", "search-village", "搜索一个村", "v/liuxi/search/?q=果园"),
    Shown("搜索", "search-item", "search-item", "一项内容有哪些村", "search/ledger/"),
    Shown("其他", "glossary", "glossary", "词语解释", "glossary/"),
    Shown("其他", "open-data", "open-data", "开放数据", "open-data/"),
    Shown("其他", "visits", "visits", "网页打开过多少次", "visits/"),
    Shown("其他", "about", "about", "关于本站", "about/"),
    Shown("其他", "offline", "offline", "没有网络的时候", "offline.html"),
    Shown("其他", "404", "not-found", "没有这一页", "404.html"),
)
# Templates of pages that the sample township has no page of, and why.
NOT_IN_SAMPLE = {"added": "单位自己加的页面，示例里没有"}
