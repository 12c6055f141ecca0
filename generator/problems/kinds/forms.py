"""Words for what an office's form leaves open when it is imported."""

from __future__ import annotations

from generator.problems.kinds.kind import Kind

FORMS: dict[str, Kind] = {
    "form-cells-left": Kind(
        "error",
        '这张{form}里有 {count} 格不知道属于哪一笔，第一格是第 {row} 行的 "{value}"。',
        "多余的请删掉；有用的请写到它那一栏的表头下面。",
    ),
    "form-total": Kind(
        "error",
        "“{label}”一行的“{column}”写的是 {stated}，各行加起来是 {actual}。",
        "请核对哪一个数对：合计写错了就改合计，漏了或写错了一行就改那一行。",
    ),
    "form-unequal": Kind(
        "error",
        "{left}是 {stated}，{right}是 {actual}，两边应当相等。",
        "请对照账簿核对各行，改好以后再导入。",
    ),
    "form-year": Kind(
        "error",
        "这张日记账只写了月和日，表头、标题和文件名都没有写是哪一年。",
        "请在表头“月”“日”上面或标题里写上年份，例如“2026年”。",
    ),
    "form-class": Kind(
        "error",
        '科目 "{value}" 不在会计科目表里，不知道是资产、负债还是所有者权益。',
        "请改成会计制度里的科目名称或代码。",
    ),
    "form-members": Kind(
        "error",
        "“{relation}”一栏不是户主的 {count} 行里也有“{column}”，不知道是这一户的总数拆开写的，还是另外的数。",
        "请核对：一户只写一个总数的，删掉家庭成员各行的数；各人各算的，去掉“{relation}”一栏。",
    ),
    "form-owner": Kind(
        "error",
        '“{heading}”写的是 "{value}"，不知道是村里的哪一本账。',
        "请写成 village.yaml 里 accounts 的名称：{known}。",
    ),
    "form-unit": Kind(
        "error",
        "这张工作表有上下两张表，上面一张写着单位是{unit}，从第 {row} 行起的一张没有写单位。",
        "请在下面一张表的标题旁边也写上单位。",
    ),
}
