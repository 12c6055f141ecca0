"""Words for cells that show something else than they hold, or that nobody sees."""

from __future__ import annotations

from generator.problems.kinds.kind import Kind

CELLS: dict[str, Kind] = {
    "rows-struck": Kind(
        "error",
        '有划掉的行，共 {count} 行，第一行是"{value}"。划掉的多半是作废了，公开不公开要您来定。',
        "作废的请整行删掉，还算数的请去掉删除线。",
    ),
    "cells-struck": Kind(
        "error",
        '“{heading}”里有划掉的格子，共 {count} 格，第一格是"{value}"。还算不算数要您来定。',
        "不算数的请清空，还算数的请去掉删除线。",
    ),
    "cells-struck-part": Kind(
        "error",
        "“{heading}”里有的格子划掉了一部分，共 {count} 格，第一格里划掉的是“{struck}”，没划掉的是“{kept}”。",
        "请只留下要公开的字，划掉的删去。",
    ),
    "cells-unseen": Kind(
        "error",
        '“{heading}”里有人看不见的内容（{reason}），共 {count} 格，第一格是"{value}"。',
        "要公开的请让它显示出来，不公开的请清空；在合并的格子下面的，取消合并就能看见。",
    ),
    "cells-no-year": Kind(
        "error",
        '"{value}" 没有写年份，“{heading}”看不出是哪一年。',
        "请写上年份，例如 2025-09-03。",
    ),
    "cells-only-month": Kind(
        "error",
        '"{value}" 只写到月，“{heading}”这一栏要写到哪一天。',
        "知道哪一天的，写成 2025-09-03 这样；不知道的，这一格空着，月份可以写在备注里。",
    ),
    "cells-unit-shown": Kind(
        "notice",
        "“{heading}”里有 {count} 格的格式带单位或者缩小了倍数：第一格显示“{shown}”，存的是 {stored}，"
        "已经读成 {result}。",
        "如果不对，请把单元格格式改成“常规”，看到真正的数以后再核对。",
    ),
    "cells-rounded": Kind(
        "notice",
        "“{heading}”里有 {count} 格是算出来的数，小数比显示的多：第一格存的是 {stored}，已经读成 {result}。",
        "如果不对，请直接填上准确的数；各行加起来和合计差一两分的，请在公式里用 ROUND 把每一行先算到分。",
    ),
    "cells-shown-otherwise": Kind(
        "error",
        "“{heading}”里有 {count} 格显示的和存的对不上：第一格显示“{shown}”，存的是 {stored}。{readings}。",
        "请把单元格格式改成“常规”，看到真正的数以后，把数和表上写的单位改成一致。",
    ),
    "cells-decimals": Kind(
        "error",
        "“{heading}”里有 {count} 格存的数比显示的细：第一格显示“{shown}”，存的是 {stored}。{readings}。",
        "请把这样的格子直接填成要公开的数。",
    ),
    "cells-format-unknown": Kind(
        "error",
        '“{heading}”里有 {count} 格不知道显示成什么样：第一格存的是"{value}"，格式是“{code}”。',
        "请把单元格格式改成“常规”或“文本”，看一看内容对不对，再保存。",
    ),
    "cells-dates": Kind(
        "error",
        '“{heading}”里有 {count} 格被表格程序变成了日期：第一格显示“{shown}”，存的是"{value}"，不知道原来写的是什么。',
        "请先把这一栏的单元格格式改成“文本”，再重新填写。",
    ),
    "cells-zero-lost": Kind(
        "error",
        '“{heading}”里有 {count} 格的日期说不准：第一格是"{value}"，后面也许少了一个零。{readings}。',
        "请把月和日都写清楚，例如“10月3日”。",
    ),
    "cell-picture": Kind(
        "error",
        "这一格里是一张图片，程序读不出图片里的字。",
        "请把图片里的内容用文字填写；要公开图片的，另外放进公告的附件。",
    ),
}
