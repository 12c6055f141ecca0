"""Words for folders, files, YAML and documents."""

from __future__ import annotations

from generator.problems.kinds.kind import Kind

FILES: dict[str, Kind] = {
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
    "yaml-colon": Kind(
        "error",
        "第 {row} 行的“：”是中文冒号，分不出哪是名称，哪是内容。",
        "请换成英文冒号，后面空一格，写成 {line} 。",
    ),
    "yaml-space": Kind(
        "error",
        "第 {row} 行的冒号后面没有空格，分不出哪是名称，哪是内容。",
        "请在冒号后面空一格，写成 {line} 。",
    ),
    "yaml-sign": Kind(
        "error",
        "第 {row} 行里的 {value} 会被误认成别的意思，读不下去。",
        "请用英文引号把内容括起来，写成 {line} 。",
    ),
    "yaml-quote": Kind(
        "error",
        "第 {row} 行的引号 {sign} 只有一个，不知道到哪里为止。",
        "请用一对英文引号，写成 {line} 。",
    ),
    "yaml-marks": Kind(
        "error",
        "第 {row} 行的内容 {value} 用了中文引号，引号会当成内容。",
        "请去掉引号，写成 {line} ；引号真是内容的，在外面再加一对英文引号。",
    ),
    "yaml-comma": Kind(
        "error",
        "第 {row} 行的方括号或大括号里用了中文的逗号、顿号，几样内容分不开。",
        "请换成英文逗号，写成 {line} ；真是一样东西的，用英文引号括起来。",
    ),
    "yaml-hash": Kind(
        "error",
        "第 {row} 行的“{value}”会被当成注释丢掉。",
        "是内容的，用英文引号括起来，写成 {line} ；是注释的，在 # 后面空一格。",
    ),
    "yaml-comment": Kind(
        "error",
        "第 {row} 行的“{value}”会被当成注释丢掉。",
        "真是注释的，在 # 后面空一格，写成 {line} ；是内容的，移到引号里面。",
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
    "character-private": Kind(
        "notice",
        "有一个字用的是电脑自造的字码 {code}，已按国家标准读作“{char}”。",
        "请看一看是不是这个字；不是的，请把它重新打一遍。",
    ),
    "character-name": Kind(
        "error",
        '"{value}" 里的{what}不是字，这里原来的字在电脑之间丢了，这一份没有发布。',
        "请照身份证或户口簿把名字重新打一遍；不知道怎样打的，请到派出所户籍窗口查这个字的写法；"
        "实在打不出的，这个字先写“某”，在备注里说明是哪个字。",
    ),
    "character-lost": Kind(
        "error",
        '"{value}" 里的{what}不是字，这里原来的字在电脑之间丢了，这一份没有发布。',
        "请对照原来的文件，把这几个字重新打一遍。",
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
        "缺少“{called}”。",
        "请补上{line}。不会写的，照别的村的文件写。",
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
    "id-address": Kind(
        "error",
        '编号 "{value}" 不能用作网址。',
        "编号只用小写字母、数字和连字符，例如 threshing-floor；事项也不要用网页自己的名字，例如 search、calendar。",
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
        "error",
        '附件 "{value}" 有程序读不出来的字：{what}。没有查过个人信息，这一份没有发布。',
        "请打开原来的文件，用 WPS 的“输出为 PDF”（选普通 PDF，不要扫描，不要选纯图）另做一份，照片另放成 jpg；"
        '确实换不了的，由专人逐页看过，在 village.yaml 的 exceptions 里写 text: "{mark}"，这个文件就照样公开，'
        "文件一改就要重新看。",
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
    "markdown-stars": Kind(
        "notice",
        '第 {row} 行的 "{value}" 照打的字公开，星号也看得见：分不清是要加粗，还是遮盖了的姓名。',
        "要加粗的，在两边的星号外面各空一格；是遮盖的姓名就不用改。",
    ),
    "document-date": Kind(
        "error",
        "公开日期 {value} 早于文件名里的日期 {day}，事情还没有发生。",
        "请改正 date，或改正文件名开头的日期（事情发生的那一天）。",
    ),
    "replaced-unknown": Kind(
        "error",
        '要代替的 "{value}" 不是这一事项里更早的一份文稿。',
        "请在 replaces 写被代替的那一份，例如 charters/2022-05-10-cungui；没有代替哪一份的，删掉这一行。",
    ),
    "account-unknown": Kind(
        "error",
        '账套 "{value}" 没有在 village.yaml 的 accounts 里登记。',
        "请改正文件名，或在 accounts 里加上它。已登记的有：{known}。",
    ),
    "private-unread": Kind(
        "warning",
        "这份只供核对的表没有读成：{reason}，没有用它核对。",
        "请从银行或平台重新导出一份；表头认不出的，把叫法加进公用资料 staff 里的那张表。格子里的内容这里不写。",
    ),
    "bank-unnamed": Kind(
        "warning",
        "银行流水里有 {count} 个文件看不出是哪一期的，没有读。",
        "文件名请写成期次，例如 2025-09.csv；不是第一本账的，后面写上账套，例如 2025-09.coop.csv。",
    ),
}
