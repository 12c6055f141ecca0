"""Words for days of publication, periods, sums, groups and places."""

from __future__ import annotations

from generator.problems.kinds.kind import Kind

SUMS: dict[str, Kind] = {
    # --- dates of publication and periods ---
    "published-missing": Kind(
        "warning",
        "没有写公开日期，公示期从哪天算起不清楚。",
        "请在表格最后加一行：第一格写“公开日期”，第二格写日期，例如 2025-10-08。",
    ),
    "published-personal": Kind(
        "error",
        "名单没有写公开日期，公示期满了也不会撤下，先不发布。",
        "请在表格最后加一行：第一格写“公开日期”，第二格写日期，例如 2025-10-08。",
    ),
    "published-future": Kind(
        "error",
        "公开日期 {value} 还没有到，先不发布。",
        "到了那天再生成一次；写错了请改正，例如 2025-10-08。",
    ),
    "published-early": Kind(
        "error",
        "公开日期 {value} 比{period}的第一天（{start}）还早，那时还没有这一期。",
        "请看是不是照抄了上一期的公开日期，或者文件名里的年月不对，改正过来。",
    ),
    "published-midway": Kind(
        "warning",
        "公开日期 {value} 比{period}的最后一天（{end}）早，那时账还没有记完。",
        "请看是不是照抄了上一期的公开日期；真是提前公开、后来补全的，在表的最后加一行“更正”，写明哪一天补了什么。",
    ),
    "change-silent": Kind(
        "warning",
        "公开以后，{day} 改过“{value}”，没有写更正。",
        "请加上更正：哪天、从什么改成什么、为什么。网页上已经照改动记录写明改了什么。",
    ),
    "correction-future": Kind(
        "error",
        "更正日期 {value} 还没有到，先不发布。",
        "请改成实际更正的那一天，例如 2025-10-09。",
    ),
    "correction-early": Kind(
        "error",
        "更正日期 {value} 早于公开日期 {published}，还没公开不用更正。",
        "请核对两个日期；公开日期要写第一次公开的那一天，不要改成更正的那一天。",
    ),
    "withdrawal-future": Kind(
        "error",
        "撤回日期 {value} 还没有到。",
        "请改成实际撤回的那一天，例如 2025-10-09。",
    ),
    "explanation-future": Kind(
        "error",
        "说明的日期 {value} 还没有到，先不公开。",
        "请改成实际说明的那一天，例如 2025-10-09。",
    ),
    "withdrawal-early": Kind(
        "error",
        "撤回日期 {value} 早于公开日期 {published}。",
        "请核对 published（原来哪天公开的）和 date（哪天撤回的）。",
    ),
    "withdrawn-present": Kind(
        "error",
        "“{value}”在 {day} 已经撤回，文件却还在，这一份没有发布。",
        "确实撤回的，把文件移进 private 文件夹；要重新公开的，从 withdrawn.yaml 里删掉这一条。",
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
    "periods-overlap": Kind(
        "warning",
        "{value}和别的文件说的是同一段日子：{others}，同一笔账会公开两次。",
        "按月公开的，请把这一份移进 private 文件夹；按季公开的，请把那几份移走。",
    ),
    "dates-missing": Kind(
        "warning",
        "这张收支表没有“日期”一栏，{count} 笔都看不出是哪一天的。",
        "有日期的请加一栏“日期”逐笔填上；不加也会发布。",
    ),
    # --- arithmetic ---
    "{table}-equation": Kind(
        "error",
        "算不平：{equation}，按表里的数应是 {expected}，写的是 {value}。",
        "请核对这一行的几个数，把写错的改过来。",
    ),
    "{table}-total": Kind(
        "error",
        "“{label}”的{heading}写的是 {value}，{scope}加起来是 {expected}，不一样。",
        "请核对这几行有没有漏、有没有错，“{label}”是不是只加这几行；核对清楚了，再改写错的那一个。",
    ),
    "total-unproved": Kind(
        "notice",
        "“{label}”是几期加起来的数，前面几期不全，核对不了，这一行不公开。",
        "今年前面几期也公开了，就会核对。",
    ),
    "{table}-units-mixed": Kind(
        "warning",
        "合计 {value} 把不同单位的数加在了一起：{units}。",
        "请把这一格空着；不改也会发布，只是不公开这个合计。",
    ),
    "{table}-balance": Kind(
        "error",
        "余额不对：上一行余额加收入减支出应是 {expected}，写的是 {value}。",
        "请从这一行起核对收入、支出和余额。",
    ),
    "{table}-closing": Kind(
        "error",
        "“{label}”的结余写的是 {value}，期初加上面各行的收入、减支出是 {expected}，不一样。",
        "请核对期初和上面各行有没有漏、有没有错；核对清楚了，再改写错的那一个。",
    ),
    "{table}-carry": Kind(
        "error",
        "和上一期接不上：{previous}期末是 {expected}，这一期期初是 {value}。",
        "请核对这一期的期初和上一期的期末，哪一个写错了就改哪一个；上一期已经公开的，要写更正。",
    ),
    "{table}-implausible": Kind(
        "error",
        "{value}（{words}）大得反常：{why}。",
        "请核对小数点和单位。写错了的请改正；确实是这么多的，"
        "在表的最后加一行：第一格写“金额已核对”，第二格写 {value}。",
    ),
    # --- groups and places ---
    "group-unknown": Kind(
        "error",
        '"{value}" 不是本村的村民小组，这样写的有 {count} 行。',
        "村里登记的是：{groups}。请核对这一栏是不是组别；确有这个组的，先加进村的基本情况（village.yaml 的 groups）。",
    ),
    "title-place": Kind(
        "error",
        "标题里写的是{value}，这份文件放在{village}的文件夹里。",
        "请核对是不是放错了村；放对了的，把标题改过来。",
    ),
    "pinyin-name": Kind(
        "warning",
        '拼音里的 "{value}" 不是本村村名和组名里的字，没有用上。',
        "请写{names}里的字，一字不差；用不着了就删掉。",
    ),
    "pinyin-syllables": Kind(
        "warning",
        '"{value}" 有 {count} 个字，拼音 "{letters}" 不是 {count} 个音节，没有用上。',
        "请一个字写一个音节，不写声调，中间空一格，例如 liu xi cun；ü 写成 v。",
    ),
    "subject-unknown": Kind(
        "warning",
        '科目 "{value}" 不在{chart}里。',
        "{nearest}请写科目表里的编号或名称，一字不差；不改也会发布，只是没有通俗解释。",
    ),
}
