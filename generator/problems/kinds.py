"""Every kind of problem with its words, in one table.

The key is the stable code; `{table}` in it stands for the item's table, so that a clerk sees
`ledger-amount` or `subsidies-amount`. Messages say what is wrong, hints what to do next.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Severity = Literal["error", "warning", "notice"]


class Kind(NamedTuple):
    """Severity and words of a problem; places in braces are filled with facts."""

    severity: Severity
    message: str
    hint: str


KINDS: dict[str, Kind] = {
    # --- folders and files ---
    "folder-unknown": Kind(
        "error",
        '文件夹 "{value}" 不是公开目录里的事项，里面的文件没有发布。',
        "{nearest}文件夹要用事项的英文编号做名字，例如 ledger；不想发布的请放进 private 文件夹。",
    ),
    "file-unknown": Kind(
        "error",
        '文件 "{value}" 不合规定，没有发布。',
        "{expected}",
    ),
    "file-encoding": Kind(
        "error",
        "第 {row} 行的文字读不出来，文件存的格式不对。",
        "请在 WPS 或 Excel 里打开，另存为“CSV UTF-8”后再放回来。",
    ),
    "file-unreadable": Kind(
        "error",
        "文件打不开：{reason}。",
        "请在 WPS 或 Excel 里打开检查，重新另存一份 .xlsx 或 .csv。",
    ),
    "record-duplicate": Kind(
        "error",
        "同一期有两份文件，这一份没有发布，发布的是 {other}。",
        "请只留一份，把多余的删掉或移进 private 文件夹。",
    ),
    "village-missing": Kind(
        "error",
        "文件夹里没有 village.yaml，这个村没有发布。",
        "请从别的村复制一份 village.yaml，改成本村的资料。",
    ),
    "village-left-out": Kind(
        "error",
        "村的基本资料有误，整个村这一次都没有发布。",
        "请先改好 village.yaml 里报出的问题，再生成一次。",
    ),
    "village-id": Kind(
        "error",
        '村文件夹名 "{value}" 不合要求，这个村没有发布。',
        "只能用小写英文字母、数字和短横线，例如 liuxi；定了以后不要再改。",
    ),
    "village-duplicate": Kind(
        "error",
        '村编号 "{value}" 已经被 {other} 用了，这个村没有发布。',
        "请给其中一个村的文件夹换一个名字。",
    ),
    "town-unknown": Kind(
        "error",
        '镇文件夹 "{value}" 没有在 site.yaml 的 towns 里登记，里面的村没有发布。',
        "请在 content/site.yaml 的 towns 里加上这个镇的编号（id）和名称。",
    ),
    # --- YAML and front matter ---
    "yaml-syntax": Kind(
        "error",
        "第 {row} 行附近的写法有误，读不下去。",
        "请检查这一行和上一行：冒号后面要空一格，缩进用空格不用 Tab，引号要成对。",
    ),
    "yaml-alias": Kind(
        "error",
        "内容以 &、* 或 ! 开头，会被误认成别的意思，读不下去。",
        "请把这一处的内容用引号括起来，例如 '* 重点' 。",
    ),
    "key-duplicate": Kind(
        "error",
        '"{value}" 在同一处写了两遍。',
        "请只留一个。",
    ),
    "key-unknown": Kind(
        "error",
        '没有 "{value}" 这一项。',
        "{nearest}多余的请删掉。",
    ),
    "key-missing": Kind(
        "error",
        "缺少“{key}”。",
        "请补上一行“{key}: …”。",
    ),
    "key-value": Kind(
        "error",
        '"{value}" 不对，这里要写：{expected}。',
        "请照这样写：{example}。",
    ),
    "id-duplicate": Kind(
        "error",
        '编号 "{value}" 重复了。',
        "同一份清单里每个编号只能用一次，请改掉其中一个。",
    ),
    "front-matter-missing": Kind(
        "error",
        "文件开头没有资料栏。",
        "请在第一行写 ---，接着写 title: 标题、date: 公开日期，再用一行 --- 结束。",
    ),
    "attachment-missing": Kind(
        "error",
        '附件 "{value}" 在文件夹里找不到。',
        "请把附件和这份文件放在同一个文件夹，或改正文件名。",
    ),
    "account-unknown": Kind(
        "error",
        '账套 "{value}" 没有在 village.yaml 的 accounts 里登记。',
        "请改正文件名，或在 accounts 里加上它。已登记的有：{known}。",
    ),
    # --- tables: headings and cells ---
    "heading-unknown": Kind(
        "error",
        '表头 "{value}" 不在这张表的栏目里。',
        "{nearest}不公开的栏请从这份文件里删掉。",
    ),
    "headings-none": Kind(
        "error",
        "第 {row} 行不是表头，一个栏目也认不出来。",
        "表头要放在最上面一行；上面的大标题、单位名称请删掉，没有表头请补上。",
    ),
    "heading-missing": Kind(
        "error",
        "缺少“{heading}”这一栏。",
        "请在表头加上“{heading}”，并逐行填好。",
    ),
    "heading-duplicate": Kind(
        "error",
        "“{heading}”这一栏出现了两次。",
        "请只留一栏。",
    ),
    "table-empty": Kind(
        "error",
        "表里一行数据也没有。",
        "如果这一期确实没有发生，请在表头下面写一行“本期无发生”。",
    ),
    "table-nothing": Kind(
        "error",
        "写了“本期无发生”，下面却还有数据。",
        "有发生就删掉“本期无发生”，没有发生就删掉数据行。",
    ),
    "cells-extra": Kind(
        "error",
        '"{value}" 在表头以外，不知道属于哪一栏。',
        "请删掉它，或在第一行给这一栏写上表头。",
    ),
    "{table}-required": Kind(
        "error",
        "这一格不能空着。",
        "请填上{heading}，例如 {example}。",
    ),
    "{table}-amount": Kind(
        "error",
        '"{value}" 不是金额。',
        "请写成 1200.00 这样的数字。",
    ),
    "{table}-cents": Kind(
        "error",
        '"{value}" 的小数多于两位。',
        "金额写到分，请核对后写成 1200.00 这样的数字。",
    ),
    "{table}-number": Kind(
        "error",
        '"{value}" 不是数字。',
        "请写成 {example} 这样的数字，单位不要写在格子里。",
    ),
    "{table}-date": Kind(
        "error",
        '"{value}" 不是日期。',
        "请写成 2025-09-03 这样的年-月-日。",
    ),
    "{table}-month": Kind(
        "error",
        '"{value}" 不是年月。',
        "请写成 2025-09 这样的年-月。",
    ),
    "{table}-boolean": Kind(
        "error",
        '"{value}" 看不出是还是否。',
        "请写“是”或“否”。",
    ),
    "{table}-choice": Kind(
        "error",
        '"{value}" 不在可选的说法里。',
        "请从这些里选一个：{choices}。",
    ),
    "{table}-range": Kind(
        "error",
        '"{value}" 超出了范围（{range}）。',
        "请核对后改正。",
    ),
    "{table}-pattern": Kind(
        "error",
        '"{value}" 的写法不对。',
        "请照这样写：{example}。",
    ),
    "{table}-duplicate": Kind(
        "error",
        '"{value}" 和第 {other} 行重复了。',
        "每一行的{heading}要不一样，请改正其中一行。",
    ),
    # --- dates of publication and periods ---
    "published-missing": Kind(
        "warning",
        "没有写公开日期，公示期从哪天算起不清楚。",
        "请在表格最后加一行：第一格写“公开日期”，第二格写日期，例如 2025-10-08。",
    ),
    "published-future": Kind(
        "error",
        "公开日期 {value} 还没有到，先不发布。",
        "到了那天再生成一次；写错了请改正。",
    ),
    "period-future": Kind(
        "error",
        "{value}还没有到，不应有这一期的数据。",
        "请检查文件名里的年月。",
    ),
    "date-outside-period": Kind(
        "error",
        "日期 {value} 不在{period}之内。",
        "请改正日期，或把这一行移到它所在那一期的文件里。",
    ),
    # --- arithmetic ---
    "{table}-equation": Kind(
        "error",
        "算不平：{equation}，按表里的数应是 {expected}，写的是 {value}。",
        "请核对这一行的几个数。",
    ),
    "{table}-total": Kind(
        "error",
        "合计不对：各行加起来是 {expected}，写的是 {value}。",
        "请检查有没有漏行，或把合计改成 {expected}。",
    ),
    "{table}-balance": Kind(
        "error",
        "余额不对：上一行余额加收入减支出应是 {expected}，写的是 {value}。",
        "请从这一行起核对收入、支出和余额。",
    ),
    "{table}-closing": Kind(
        "error",
        "期末结余不对：期初加收入减支出应是 {expected}，写的是 {value}。",
        "请核对期末结余和上面各行。",
    ),
    "{table}-carry": Kind(
        "error",
        "和上一期接不上：{previous}期末是 {expected}，这一期期初是 {value}。",
        "请把期初改成 {expected}，或更正上一期。",
    ),
    "subject-unknown": Kind(
        "warning",
        '科目 "{value}" 不在{chart}里。',
        "{nearest}照样会发布，但没有通俗解释。",
    ),
    # --- powers and links ---
    "step-target": Kind(
        "error",
        '步骤“{step}”的去向 "{value}" 不存在。',
        "请改成本流程里某一步的编号（id）。",
    ),
    "step-unreachable": Kind(
        "error",
        '步骤 "{value}" 从开始走不到。',
        "请在前面某一步的 next 里写上它，或把它删掉。",
    ),
    "step-endless": Kind(
        "error",
        '从步骤 "{value}" 走不到结束。',
        "请给流程补上结束步骤（kind: end），并让这一步能走到。",
    ),
    "step-branches": Kind(
        "error",
        '判断步骤 "{value}" 要有两个以上写明条件的去向。',
        "请在 next 里写出每种情况，例如 - {{to: gongshi, label: 通过}}。",
    ),
    "power-unknown": Kind(
        "error",
        '权力编号 "{value}" 不在标准清单里。',
        "{nearest}请对照 content/powers 里各项权力的编号（id）。",
    ),
    "channel-unknown": Kind(
        "error",
        '投诉渠道 "{value}" 没有登记。',
        "请改成 site.yaml 或 village.yaml 的 channels 里已有的编号（id）。",
    ),
    "link-broken": Kind(
        "warning",
        '"{value}" 找不到对应的内容，页面上不会有链接。',
        "{nearest}{expected}",
    ),
    # --- content and settings ---
    "item-table": Kind(
        "error",
        '事项“{item}”要用的表 "{value}" 没有找到。',
        "请在 content/tables 里加上它，或把这一事项的 table 改成那里已有的表。",
    ),
    "sheet-layout": Kind(
        "error",
        '公示单版式 "{value}" 画不了“{item}”这类内容。',
        "表格事项用 table 或 finance，文件事项用 document 或 decision，人员事项用 people。",
    ),
    "sentence-place": Kind(
        "error",
        '说明句里的 "{value}" 填不出来。',
        "可以用 {{period}}、{{count}}、{{sum:栏目}}、{{distinct:栏目}}、{{count:栏目=值}}。",
    ),
    "equation-unknown": Kind(
        "error",
        '算式 "{value}" 看不懂。',
        "请写成“净值 = 原值 - 累计折旧”，只用本表的数字栏目和 + - ×，前后留空格。",
    ),
    "pattern-unknown": Kind(
        "error",
        '“{heading}”一栏的写法规则 "{value}" 看不懂。',
        "请改正这张表里的 pattern，或把它删掉。",
    ),
    "setting-unknown": Kind(
        "error",
        '"{value}" 没有定义。',
        "{nearest}请改成已有的编号。",
    ),
    # --- drawing ---
    "glyph-missing": Kind(
        "warning",
        '字 "{value}" 字库里没有，公示单上会是空框。',
        "请换成常用的写法，或告诉维护人员补字。",
    ),
    "poster-failed": Kind(
        "warning",
        "这一期的公示单没有画成：{reason}。",
        "网页照常发布；请把这句话告诉维护人员。",
    ),
    "posters-unavailable": Kind(
        "notice",
        "这台电脑画不了公示单（缺少 {value}），网页照常生成。",
        "请运行 python publish.py doctor，按提示安装；只要网页可以加 --no-posters。",
    ),
}
