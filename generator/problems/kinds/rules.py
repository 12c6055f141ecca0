"""Words for powers, links, settings, drawing and what is private."""

from __future__ import annotations

from generator.problems.kinds.kind import Kind

RULES: dict[str, Kind] = {
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
        "可以用 {{period}}、{{count}}、{{sum:栏目}}、{{distinct:栏目}}、{{filled:栏目}}、"
        "{{count:栏目=值}}、{{sum:栏目:栏目=值}}。",
    ),
    "number-unknown": Kind(
        "error",
        '“{item}”的 {key} 里的 "{value}" 算不出来。',
        "请写成 count、sum:栏目、distinct:栏目、filled:栏目、count:栏目=值 这样的，"
        "栏目是这张表里公开的，求和的是数字。",
    ),
    "chart-unknown": Kind(
        "error",
        "“{item}”的图“{value}”画不了。",
        "{expected}",
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
    "explanation-idle": Kind(
        "notice",
        '这一条说明的规则 "{value}" 在这里没有找到要核实的，网页上不会显示。',
        "请核对 record 和 row；事情已经改好、不再列出的，把这一条删掉。",
    ),
    "theme-colour": Kind(
        "error",
        '颜色 {key} 写成了 "{value}"，看不懂。',
        '请写成 # 加六位，例如 "#a61b1b"（要带引号），或删去这一行用原来的颜色。',
    ),
    "theme-contrast": Kind(
        "error",
        '颜色 {key} "{value}" 看不清：对比度只有 {found}，至少要 {least}。',
        "请换深一些的颜色（ground 换浅一些的）。",
    ),
    "format-newer": Kind(
        "error",
        "这份资料是更新的版本写的（格式 {value}），这个程序只认到格式 {known}，没有读。",
        "请把程序换成新的版本再运行；不要把 format 改小，会读错。",
    ),
    "site-address": Kind(
        "error",
        '网址 "{value}" 不能用。',
        "请写成 https:// 开头的网站地址，例如 https://cunwu.example，后面不带问号和井号。",
    ),
    "sample-address": Kind(
        "warning",
        '网址 "{value}" 是样板里的，网上没有，公示单上的二维码扫了打不开。',
        "请把 site.yaml 的 base_url 改成你们网站的地址，定了再画公示单。",
    ),
    "sample-phone": Kind(
        "warning",
        '“{title}”的电话 "{value}" 是样板里的，打不通。',
        "请改成你们自己的电话；没有的，把这一项删掉。",
    ),
    "holidays-missing": Kind(
        "notice",
        "没有{value}年的放假安排，这一年的工作日先按平常的周末算。",
        "国务院办公厅公布以后（一般在前一年的11月前后），请照上一年的样子加进 holidays.yaml。",
    ),
    "holidays-beyond": Kind(
        "warning",
        "这里有期限按工作日算，算到了{value}年，这一年的放假安排还没有，先按平常的周末算，可能早了几天。",
        "请把国务院办公厅公布的{value}年放假安排加进 content/holidays.yaml，再生成一次。",
    ),
    # --- law ---
    "display-short": Kind(
        "warning",
        '公示到 "{value}" 太早，法律要求至少公示到{least}，网页和公示单按{least}写。',
        "请把 display_until 改成 {mend} 或更晚，或者删掉这一行。",
    ),
    "display-days": Kind(
        "warning",
        "“{item}”公示 {value} 天，短于{law}要求的 {least} 天，已经按 {least} 天公示。",
        "请把这里的天数改成 {least} 或更多；不属于村务公开的，在目录的这一项写 apart，说明为什么。",
    ),
    "law-overlap": Kind(
        "error",
        '"{value}" 和第 {row} 行的那一条管同一件事，有些日子两条都有效。',
        "请给旧的一条的 basis 写上 until（最后一天有效），新的一条的 effective 写第二天。",
    ),
    "share-unknown": Kind(
        "error",
        '"{value}" 不是份额。',
        "请写成 2/3 这样的分数，大于 0，不超过 1，两个数都不超过 10。",
    ),
    # --- drawing ---
    "glyph-missing": Kind(
        "warning",
        '"{value}" 字库里没有，公示单上写成了{mark}。',
        "网页不受影响。能换成常用写法的请换；人名等不能换的，请在画公示单的电脑上装生僻字字体再画一次"
        "（Debian/Ubuntu：sudo apt-get install fonts-hanazono；Windows 自带 SimSun-ExtB）；"
        "维吾尔文、藏文、蒙古文和表情符号，公示单还画不了。",
    ),
    "poster-failed": Kind(
        "warning",
        "这一期的公示单没有画成：{reason}。",
        "网页照常发布；请把这句话告诉维护人员。",
    ),
    "board-full": Kind(
        "notice",
        "公开栏“{value}”：{words}",
        "换版清单上同样写着这句话；栏的大小写在 boards 的 width 和 height 里，单位毫米。",
    ),
    "posters-unavailable": Kind(
        "notice",
        "这台电脑画不了公示单（缺少 {value}），网页照常生成。",
        "装上 Pango，或者一个能用的浏览器（Edge、Chrome、Chromium），有一样就能画；"
        "怎样装，运行 python publish.py doctor。只要网页可以加 --no-posters。",
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
    "privacy-number": Kind(
        "error",
        '"{value}" 是名单里不公开的那一栏的号码，这一份没有发布。',
        "请把它从这里删掉；号码只留在名单里，那一栏不公开。",
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
    "privacy-name": Kind(
        "error",
        '这里写出了“{column}”一栏遮住的姓名，公开的名单里写的是 "{value}"，这一份没有发布。',
        "请把姓名改成名单里那样，或删掉；说的不是名单里的人、确实可以公开的，由专人看过，"
        "连同前后几个字一起写进 village.yaml 的 exceptions。",
    ),
    "privacy-name-unsure": Kind(
        "error",
        '这里有两个字像是“{column}”一栏遮住的姓名 "{value}"，看不准是不是人名，这一份没有发布。',
        "是他的，请改成名单里那样，或删掉；不是人名，或是别人的，由专人看过，"
        "连同前后几个字一起写进 village.yaml 的 exceptions，这一份就照样公开。",
    ),
    "privacy-relative": Kind(
        "warning",
        '"{value}" 像是亲属的姓名，这一行的姓名是遮住的，看了亲属的名字就知道是谁家。',
        "请只写称呼，例如“由儿子代领”；不是姓名的不用改。",
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
