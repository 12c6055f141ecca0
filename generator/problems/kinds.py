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
    "folder-link": Kind(
        "error",
        '"{value}" 只是一个链接，内容在别处，没有发布。',
        "请把文件夹本身放进来，不要用链接（快捷方式）。",
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
    "file-large": Kind(
        "error",
        "文件太大，没有读：{reason}。",
        "请删掉多余的内容再另存一份；表格只留这一期的数据，多余的行、列和工作表都删掉。",
    ),
    "file-damaged": Kind(
        "error",
        "文件不完整或者坏了，读不出来。",
        "请用 WPS 打开看看：打得开就另存为 .xlsx 换上，打不开请向交表的人重新要一份。",
    ),
    "file-password": Kind(
        "error",
        "文件加了密码，读不出来。",
        "请用 WPS 打开，在“文件”的“文档加密”里去掉密码，保存后再放回来。",
    ),
    "file-disguised": Kind(
        "error",
        "文件名以 {ending} 结尾，里面却是{actual}。",
        "请用 WPS 打开，选“另存为”，文件类型选 .xlsx，换掉这一份。",
    ),
    "sheets-several": Kind(
        "error",
        "有几张工作表都有数据（{value}），不知道哪一张是这一期的。",
        "请只留一张，别的各存一个文件；或者用 python publish.py import 分开导入。",
    ),
    "sheet-unread": Kind(
        "warning",
        '工作表 "{value}" {state}，没有读，里面的内容不会公开。',
        "要公开请移到单独的文件里，不要公开请从这份文件里删掉。",
    ),
    "record-duplicate": Kind(
        "error",
        "同一期有两份文件，这一份没有发布，发布的是 {other}。",
        "请只留一份，把多余的删掉或移进 private 文件夹（那里的不读也不公开）。",
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
        "请给其中一个村的文件夹换一个名字，例如在后面加上镇名：dongshan-qingshi。",
    ),
    "town-unknown": Kind(
        "error",
        '镇文件夹 "{value}" 没有在 site.yaml 的 towns 里登记，里面的村没有发布。',
        "请在 site.yaml 的 towns 里加上这个镇，例如 - {{id: qingshi, name: 青石镇, publisher: 青石镇人民政府}}。",
    ),
    # --- YAML and front matter ---
    "yaml-syntax": Kind(
        "error",
        "第 {row} 行附近的写法有误，读不下去。",
        "请检查这一行和上一行：冒号后面要空一格，例如 name: 柳溪村；开头的空白用空格，引号要成对。",
    ),
    "yaml-alias": Kind(
        "error",
        "内容以 &、* 或 ! 开头，会被误认成别的意思，读不下去。",
        "请把这一处的内容用引号括起来，例如 '* 重点' 。",
    ),
    "yaml-tab": Kind(
        "error",
        "第 {row} 行开头的空白不是空格，读不下去。",
        "那里按了 Tab 键。请把这一行开头的空白删掉，改用空格：每一层两个空格。",
    ),
    "yaml-long": Kind(
        "error",
        "{what}，读不下去。",
        "请检查是不是把别的文件粘贴进来了；长的文字写成 .md 文稿。",
    ),
    "text-unprintable": Kind(
        "error",
        "第 {row} 行有看不见的符号（{char}），会让文字显示得和实际不一样。",
        "请把这一行删掉，重新打一遍，不要从别处粘贴。",
    ),
    "key-duplicate": Kind(
        "error",
        '"{value}" 在同一处写了两遍。',
        "请只留一个，另一个连同它下面的内容一起删掉。",
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
        "同一份清单里每个编号只能用一次，请改掉其中一个，例如在后面加上 -2。",
    ),
    "front-matter-missing": Kind(
        "error",
        "文件开头没有资料栏。",
        "请在第一行写 ---，接着写 title: 标题、date: 公开日期，再用一行 --- 结束。",
    ),
    "attachment-missing": Kind(
        "error",
        '附件 "{value}" 在文件夹里找不到。',
        "请把附件和这份文件放在同一个文件夹，或改正文件名，例如 yusuanbiao.xlsx（大小写也要一样）。",
    ),
    "attachment-name": Kind(
        "error",
        '附件名 "{value}" 不能用：{what}。',
        "请给文件换一个普通的名字，例如 预算表.xlsx，attachments 里跟着改。",
    ),
    "attachment-type": Kind(
        "error",
        '附件 "{value}" 这种文件不收。',
        "只收 pdf、docx、xlsx、csv、txt、jpg、png，请打开它另存为其中一种。",
    ),
    "attachment-content": Kind(
        "error",
        '附件 "{value}" 不能公开：{what}。',
        "{mend}。改好后再检查一次。",
    ),
    "attachment-large": Kind(
        "error",
        '附件 "{value}" 太大：{what}。',
        "{mend}。改好后再检查一次。",
    ),
    "attachment-unreadable": Kind(
        "error",
        '附件 "{value}" 打不开：{what}。',
        "{mend}。改好后再检查一次。",
    ),
    "attachment-active": Kind(
        "error",
        '附件 "{value}" 里有{what}，别人打开时会自己运行。',
        "{mend}。改好后再检查一次。",
    ),
    "attachment-hidden": Kind(
        "error",
        '附件 "{value}" 里有{what}，看不出来，却会跟着一起公开。',
        "{mend}。改好后再检查一次。",
    ),
    "attachment-scan": Kind(
        "warning",
        '附件 "{value}" 有 {count} 页是图片，里面的字程序读不出来，没有查过个人信息。',
        "请逐页看过，确实没有身份证号、电话、银行卡号再公开；能换成有文字的文件最好。",
    ),
    "image-form": Kind(
        "error",
        "第 {row} 行的图片写法不对，显示不出来。",
        "请写成 ![图里是什么](文件名.jpg)，一行写完。",
    ),
    "image-alt": Kind(
        "error",
        '图片 "{value}" 没有写图里是什么，看不见图的人不知道。',
        "请在方括号里写一句，例如 ![新装的路灯]({value})。",
    ),
    "image-address": Kind(
        "error",
        '图片 "{value}" 不能用：{what}。',
        "请把图片和这份文件放在同一个文件夹，只写文件名，例如 ![新装的路灯](ludeng.jpg)。",
    ),
    "image-missing": Kind(
        "error",
        '图片 "{value}" 在文件夹里找不到。',
        "请把图片和这份文件放在同一个文件夹，或改正文件名（大小写也要一样）。",
    ),
    "image-content": Kind(
        "error",
        '图片 "{value}" 不能用：{what}。',
        "{mend}。改好后再检查一次。",
    ),
    "image-large": Kind(
        "error",
        '图片 "{value}" 太大：{what}。',
        "{mend}。改好后再检查一次。",
    ),
    "markdown-odd": Kind(
        "error",
        "第 {row} 行{what}，排不了版。",
        "请检查是不是把别的东西粘贴进来了；正文写成普通的段落、清单和表格。",
    ),
    "document-date": Kind(
        "error",
        "公开日期 {value} 早于文件名里的日期 {day}，事情还没有发生。",
        "请改正 date，或改正文件名开头的日期（事情发生的那一天）。",
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
        "从第 {row} 行起找不到表头，这张表的栏目认不出来。",
        "请检查是不是放错了文件；表头没有的请补上，写法和这张表的栏目一样。",
    ),
    "heading-missing": Kind(
        "error",
        "缺少“{heading}”这一栏。",
        "请在表头加一栏“{heading}”，并逐行填好；已经有的，把它的名字改成“{heading}”。",
    ),
    "heading-duplicate": Kind(
        "error",
        "“{heading}”这一栏出现了两次。",
        "请只留一栏，另一栏删掉或改成别的名字。",
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
        "请删掉它，或给这一栏写上表头。",
    ),
    "rows-above": Kind(
        "error",
        '表头上面的第 {row} 行有数字 "{value}"，不知道是不是数据。',
        "数据都要放在表头下面；只是说明的，前面请写上名称和冒号，例如“总户数：356”。",
    ),
    "title-period": Kind(
        "error",
        "标题里写的是{value}，文件名却是{period}。",
        "请核对是不是放错了文件，把标题或文件名改成一致。",
    ),
    "heading-unit": Kind(
        "error",
        '表头里的单位 "{value}" 换算不成{expected}。',
        "请把这一栏的数都换成{expected}，表头也改过来。",
    ),
    "heading-unit-lost": Kind(
        "warning",
        '这一栏公开时不带单位，表头里的 "{value}" 看不到。',
        "请加一栏“单位”，或在备注里写明。",
    ),
    "columns-hidden": Kind(
        "error",
        "有隐藏的栏：{columns}。",
        "要公开的请取消隐藏，不公开的请整列删掉。",
    ),
    "rows-hidden": Kind(
        "error",
        "有隐藏的行：{rows}。",
        "请取消隐藏和筛选，看一看这些行：要公开的留着，不公开的整行删掉。",
    ),
    "cells-merged": Kind(
        "notice",
        "“{heading}”一栏有合并的格子（从第 {first} 行到第 {last} 行等），已当作每一行都这样写。",
        "如果不是这个意思，请取消合并，逐行填写。",
    ),
    "cells-merged-number": Kind(
        "error",
        "“{heading}”一栏第 {first} 到 {last} 行合并成了一格，不知道这个数是哪一行的。",
        "请取消合并，逐行填上各自的数，没有的空着。",
    ),
    "cell-formula": Kind(
        "error",
        '这一格是公式，没有算出数来，只有 "{value}"。',
        "请用 WPS 打开改好公式，看到数以后再保存；或者把算好的数直接填进去。",
    ),
    "cell-long": Kind(
        "error",
        "这一格有 {length} 个字，太长了。",
        "最多 {limit} 个字，请只写要点；长的内容可以另写一份文稿。",
    ),
    "cell-characters": Kind(
        "error",
        '第 {place} 个字是看不见的控制字符，会把前后的字弄乱，这里用 □ 代替："{value}"。',
        "请把这一格清空，重新打字填写，不要粘贴。",
    ),
    "row-subtotal": Kind(
        "error",
        '"{value}" 这一行是小计或累计，会和上面各行重复计算。',
        "请删掉这一行，只留全表的合计。",
    ),
    "notes-unread": Kind(
        "notice",
        '表格下面的说明不公开："{value}"。',
        "要让村民看到，请写进有关那一行的备注。",
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
    "{table}-separators": Kind(
        "error",
        '"{value}" 里逗号和小数点的位置不对，说不准是多少。',
        "逗号只用来隔开千位，小数点只能有一个，请写成 1234.50 这样的数字。",
    ),
    "{table}-unit": Kind(
        "error",
        '"{value}" 的单位“{unit}”不能直接换算成这一栏的“{expected}”。',
        "请先换算成{expected}，再写成 {example} 这样的数字。",
    ),
    "{table}-unit-clash": Kind(
        "error",
        '"{value}" 的单位说不准：一处写的是“{unit}”，表头或表名写的是“{declared}”。',
        "请核对这一格到底是多少，把单位统一成一种。",
    ),
    "{table}-percent-ambiguous": Kind(
        "error",
        '"{value}" 说不准是 {one} 还是 {other}。',
        "请写上百分号：{one} 或 {other}。",
    ),
    "{table}-look-alike": Kind(
        "error",
        '"{value}" 里的“{letters}”看上去像数字，其实不是。',
        "请把它删掉，用键盘上的数字键重新输入。",
    ),
    "{table}-unseen": Kind(
        "error",
        '"{value}" 里夹着看不见的字符，这里用 □ 代替。',
        "请把这一格清空，重新输入一遍。",
    ),
    "{table}-integer": Kind(
        "error",
        '"{value}" 不是整数。',
        "请写成 {example} 这样的整数，不带小数。",
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
    "{table}-date-ambiguous": Kind(
        "error",
        '"{value}" 说不准是什么时候，也许是{readings}。',
        "年份写足四位，月和日写足两位，例如 2025-09-03；只写年月的写成 2025-09。",
    ),
    "{table}-date-year": Kind(
        "error",
        '"{value}" 没有写年份，{reason}。',
        "请写上年份，例如 2025-09-03。",
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
        "请核对后改正，照 {example} 这样写。",
    ),
    "{table}-pattern": Kind(
        "error",
        '"{value}" 的写法不对。',
        "请照这样写：{example}。",
    ),
    "{table}-duplicate": Kind(
        "error",
        '"{value}" 和第 {other} 行重复了。',
        "每一行的{heading}要不一样，请改正其中一行，照 {example} 这样写。",
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
        "到了那天再生成一次；写错了请改正，例如 2025-10-08。",
    ),
    "period-future": Kind(
        "error",
        "{value}还没有到，不应有这一期的数据。",
        "请检查文件名里的年月，例如 2025-09.csv 是2025年9月。",
    ),
    "date-outside-period": Kind(
        "error",
        "日期 {value} 不在{period}之内。",
        "请改正日期，或把这一行移到它所在那一期的文件里，例如 9月的放进 2025-09.csv。",
    ),
    # --- arithmetic ---
    "{table}-equation": Kind(
        "error",
        "算不平：{equation}，按表里的数应是 {expected}，写的是 {value}。",
        "请核对这一行的几个数，把写错的改过来。",
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
        "{nearest}请写科目表里的编号或名称，例如 经营收入；不改也会发布，只是没有通俗解释。",
    ),
    # --- powers and links ---
    "step-target": Kind(
        "error",
        '步骤“{step}”的去向 "{value}" 不存在。',
        "请改成本流程里已有的编号，就是某一步 id 后面写的那个词，例如 start。",
    ),
    "step-unreachable": Kind(
        "error",
        '步骤 "{value}" 从开始走不到。',
        "请在前面某一步的 next 里写上它，例如 - {{to: 这一步的编号}}；用不着的把它删掉。",
    ),
    "step-endless": Kind(
        "error",
        '从步骤 "{value}" 走不到结束。',
        "请在最后补上结束步骤，例如 - {{id: end, title: 结束, kind: end}}，并让这一步能走到。",
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
        "请改成 site.yaml 或 village.yaml 的 channels 里已有的编号，例如 committee。",
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
        "请在 content/tables 里加上它，或把这一事项的 table 改成那里已有的表，例如 contracts。",
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
        "请改正这张表里的 pattern，例如 [0-9]+-[0-9]+ 表示 9-01 这样的编号；不需要就删掉。",
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
        "请换成常用的写法；不能换的，例如人名，请告诉维护人员补字。",
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
    # --- privacy ---
    "privacy-id": Kind(
        "error",
        '"{value}" 是身份证号，这一份没有发布。',
        "请删掉它；要登记身份证号的，写在“身份证号”一栏，那一栏不公开。",
    ),
    "privacy-card": Kind(
        "error",
        '"{value}" 是银行卡号或账号，这一份没有发布。',
        "请删掉它；要登记卡号的，写在“银行卡号”一栏，那一栏不公开。",
    ),
    "privacy-phone": Kind(
        "error",
        '"{value}" 是电话号码，不在公开的联系电话里，这一份没有发布。',
        "私人电话请删掉；办公电话请登记到 village.yaml 的 channels，或由专人看过后写进 exceptions。",
    ),
    "privacy-permit": Kind(
        "error",
        '"{value}" 是护照、通行证一类的证件号，这一份没有发布。',
        "请删掉它；确实不是证件号的，由专人看过后写进 village.yaml 的 exceptions。",
    ),
    "privacy-address": Kind(
        "error",
        '"{value}" 是到门牌的住址，这一份没有发布。',
        "住址写到村民小组为止，例如“三组”；是公共场所的，由专人看过后写进 village.yaml 的 exceptions。",
    ),
    "privacy-birth": Kind(
        "error",
        '"{value}" 是出生日期，这一份没有发布。',
        "请删掉它；需要说明年龄的，写“80周岁以上”这样的范围。",
    ),
    "privacy-email": Kind(
        "error",
        '"{value}" 是邮箱，不在公开的联系办法里，这一份没有发布。',
        "个人邮箱请删掉；办公邮箱请登记到 village.yaml 的 channels。",
    ),
    "privacy-plate": Kind(
        "error",
        '"{value}" 是车牌号，这一份没有发布。',
        "请删掉它；是集体车辆的，由专人看过后写进 village.yaml 的 exceptions。",
    ),
    "privacy-location": Kind(
        "error",
        '"{value}" 是经纬度，能找到具体的人家，这一份没有发布。',
        "请改成地名；是工程位置的，由专人看过后写进 village.yaml 的 exceptions。",
    ),
    "privacy-health": Kind(
        "error",
        '"{value}" 说到病情或残疾，这张表里有人名，这一份没有发布。',
        "请删掉病名，只写救助或补贴的类别，例如“医疗支出”。",
    ),
    "privacy-minor": Kind(
        "error",
        '"{value}" 说到未成年人的情况，这张表里有人名，这一份没有发布。',
        "请删掉孩子的年龄、学校和班级，只写补贴的名称。",
    ),
    "privacy-reporter": Kind(
        "error",
        '"{value}" 像是反映问题的人的姓名，这一份没有发布。',
        "反映人的姓名不能公开，请改成“村民”，或删掉。",
    ),
    "privacy-exception": Kind(
        "notice",
        '"{value}" 照例外公开了：{reason}（{by}，{day}）。',
        "不该再公开时，从 village.yaml 的 exceptions 里删掉它。",
    ),
    "privacy-unused": Kind(
        "warning",
        '例外 "{value}" 没有用到。',
        "请核对写得和公开的文字是不是一字不差；用不着了就删掉。",
    ),
}
