"""Words for headings and cells of tables."""

from __future__ import annotations

from generator.problems.kinds.kind import Kind

TABLES: dict[str, Kind] = {
    # --- tables: headings and cells ---
    "heading-unknown": Kind(
        "error",
        '表头 "{value}" 不在这张表的栏目里。',
        "{nearest}不公开的栏请从这份文件里删掉。",
    ),
    "heading-left": Kind(
        "notice",
        '"{value}" 一栏没有带过来，也不公开：{reason}。',
        "这一栏不用改，原来的表请收好。",
    ),
    "headings-none": Kind(
        "error",
        "从第 {row} 行起找不到表头，这张表的栏目认不出来。",
        "请检查是不是放错了文件；表头没有的请补上，写法和这张表的栏目一样。",
    ),
    "heading-missing": Kind(
        "error",
        "缺少“{heading}”这一栏。",
        "这一栏写的是：{meaning}。请加上并逐行填好；只有意思完全一样的栏，才可以改用这个名字。",
    ),
    "column-whole": Kind(
        "error",
        "缺少“{heading}”这一栏，不知道这 {count} 行的“{heading}”是什么。",
        "请加上这一栏，逐行填好，例如 {example}。",
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
    "table-unit": Kind(
        "error",
        '不知道这张表的钱按什么单位记：这里写着 "{value}"，没有按“单位：{unit}”写。第一个数是“{shown}”。',
        "请核对一个数，在表的上面写清楚“单位：{unit}”或者“单位：元”，别处的“{unit}”去掉。",
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
    "row-unsure": Kind(
        "error",
        '说不准 "{value}" 这一行（{numbers}）是一笔数据，还是{other}：{why}。',
        "是一笔数据的，在表的最后加一行：第一格写“已核对”，第二格照抄“{value}”；不是数据的，把这一行删掉。",
    ),
    "row-unnamed-total": Kind(
        "notice",
        "这一行没有写名称，{heading} {value} 正好是上面各行加起来的数，已当作合计。",
        "是合计的请写上“合计”；是一笔数据的请写上名称。",
    ),
    "rows-left": Kind(
        "notice",
        "{rows}是{why}，不是数据，不公开，也没有算进去。",
        "如果是要公开的数据，请照表头把各栏填齐。",
    ),
    "example-left": Kind(
        "error",
        "这一行还留着空白表的示例（{value}），说不准别的格子是不是真的。",
        "要公开的，把写着“例：”的格子都改成真的，没有的清空；不要的，把这一行删掉。",
    ),
    "row-example": Kind(
        "error",
        "这一行（{value}）除了日期，和空白表里的示例一模一样，说不准是不是真的。",
        "是示例的，把这一行删掉；真有这样一行的，在表的最后加一行：第一格写“已核对”，第二格照抄这一行的{heading}。",
    ),
    "rows-names-only": Kind(
        "error",
        "从这一行起有 {count} 行只写了{heading}，别的栏都空着，说不准是上面那一户的家庭成员，还是另外一户。",
        "是家庭成员的，从要公开的表里删掉；是另外一户的，把空着的栏填好。",
    ),
    "proof-formula": Kind(
        "notice",
        '这一行的{heading}是公式，没有算出数来，只有 "{value}"，当作没有写，公开的合计由各行加起来。',
        "要一起核对的，请用 WPS 打开，看到数以后再保存。",
    ),
    "total-carried": Kind(
        "notice",
        "“{label}”这一行的{heading} {value} 里有结转的结余 {carried}，各行加起来是 {own}。",
        "公开的{heading}合计是 {own}，结余另外列出。",
    ),
    "{table}-opening-side": Kind(
        "error",
        "“{label}”的 {value} 写在支出栏，说不准是结余，还是透支。",
        "请加一栏“{balance}”，把这个数写到那一栏；透支的前面加负号。",
    ),
    "{table}-balance-side": Kind(
        "error",
        "“{label}”这一行在{heading}栏写了 {value}，和这一行的结余不是一个数，说不准是什么。",
        "这一行只写结余，写在“{balance}”一栏；请核对 {value} 是不是另一笔{heading}，是的另写一行。",
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
        '"{value}" 不是日期，或者日历上没有这一天。',
        "请查清是哪一天，写成 2025-09-03 这样的年-月-日。",
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
    # --- columns that are made of others ---
    "sides-unknown": Kind(
        "error",
        "“{heading}”说不准哪些是收进来的钱，哪些是付出去的钱。",
        "{readings}请对照银行回单或账簿，把表头写成“收入”和“支出”。",
    ),
    "side-unknown": Kind(
        "error",
        '这一行的“{heading}”写的是 "{value}"，看不出是收进来的钱还是付出去的钱。',
        "是一笔收支的，写清楚是收入还是支出；是期初结余、合计这样的行，把这个数写进“余额”一栏，或者删掉。",
    ),
    "side-clash": Kind(
        "error",
        '这一行的“{heading}”写的是 "{value}"，钱却写在“{column}”一栏。',
        "请对照单据，看这笔钱是收进来的还是付出去的，把两处改成一致。",
    ),
    "sides-known": Kind(
        "notice",
        "“{heading}”按{reason}分清了收支：收入合计 {income} 元，支出合计 {expense} 元。",
        "请核对一遍；不对的，把表头写成“收入”和“支出”。",
    ),
    "rows-turned": Kind(
        "notice",
        "这张表最新的一笔写在最前面，已按日期从早到晚重新排好。",
        "不用改；余额按排好以后的先后核对。",
    ),
    "columns-joined": Kind(
        "notice",
        "“{columns}”合成了一栏“{heading}”，第一行写成“{example}”。",
        "不用改；不对的，请自己合成一栏。",
    ),
    "term-split": Kind(
        "notice",
        "“{heading}”里的起止日期拆成了“{begin}”和“{finish}”，共 {count} 行；原来的写法留在“{kept}”里。",
        "不用改；不对的，请自己加上这两栏。",
    ),
    "term-unknown": Kind(
        "error",
        '“{title}”的{heading}写的是 "{value}"，看不出从哪天到哪天。',
        "请查合同，加上“{begin}”和“{finish}”两栏，写成 2023-01-01 这样的日期；合同没有写明的，这两格空着。",
    ),
    "column-offered": Kind(
        "notice",
        "没有“{heading}”一栏，从“{column}”里可以看出来：{values}。",
        "要公布的，请加一栏“{heading}”，逐行填好；不要的，不用改。",
    ),
}
