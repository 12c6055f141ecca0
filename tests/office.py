"""The books that every village office keeps, fourteen kinds, written as offices write them.

`office(folder, turn)` fills a folder with one file of each kind; another turn is the same forms with the
figures of another period. All names and figures are invented.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.township import CONTENT

VILLAGE = """\
name: 双槐村
code: "000000102301"
households: 212
population: 806
groups:
  - {id: g1, title: 一组, households: 53, people: 200}
  - {id: g2, title: 二组, households: 53, people: 202}
  - {id: g3, title: 三组, households: 53, people: 202}
  - {id: g4, title: 四组, households: 53, people: 202}
accounts:
  - {id: village, title: 村民委员会账, owner: 双槐村村民委员会}
  - {id: coop, title: 股份经济合作社账, owner: 双槐村股份经济合作社}
people:
  - {name: 邬长庚, title: 村党支部书记、村民委员会主任, phone: "0000-4120001"}
supervisors:
  - {name: 卞德顺, title: 村务监督委员会主任, phone: "0000-4120002", head: true}
channels:
  - {id: committee, title: 村务监督委员会, kind: phone, value: "0000-4120002"}
  - {id: office, title: 双槐村村民委员会, kind: office, value: 村部一楼}
"""


@dataclass(frozen=True)
class Turn:
    """The periods of one round of books: a month, a quarter, a half-year, a year; the day of publication."""

    month: int
    quarter: int
    quarter_title: str
    half: str
    published: str
    year: int = 2026
    shift: int = 0  # added to amounts, so that two rounds differ

    @property
    def end(self) -> str:
        """The quarter's last day."""
        return f"{self.year}年{self.quarter * 3}月30日"


# The books of a second round are those of the next month, and of the quarter before.
FIRST = Turn(10, 3, "三", "上半年", "2026年11月5日")
SECOND = Turn(11, 2, "二", "下半年", "2026年11月25日", shift=10)


@dataclass
class Page:
    """A worksheet: its lines, what is merged, and formats by the letters of columns."""

    name: str
    lines: Sequence[Sequence[object]]
    merged: Sequence[str] = ()
    formats: dict[str, str] = field(default_factory=dict)


def book(path: Path, *pages: Page) -> None:
    """Write a workbook."""
    workbook = Workbook()
    first = workbook.active
    assert first is not None
    workbook.remove(first)
    for page in pages:
        _fill(workbook.create_sheet(page.name), page)
    workbook.save(path)


def _fill(sheet: Worksheet, page: Page) -> None:
    for line in page.lines:
        sheet.append([None if cell == "" else cell for cell in line])
    for span in page.merged:
        sheet.merge_cells(span)
    for letter, code in page.formats.items():
        for cell in sheet[letter]:
            if isinstance(cell.value, int | float):
                cell.number_format = code


def lines_of(*texts: str) -> list[list[object]]:
    """Lines of cells divided by |; what looks like a number is one, unless ' stands before it."""
    return [[_value(cell) for cell in text.split("|")] for text in texts]


def _value(cell: str) -> object:
    try:
        return float(cell) if "." in cell else int(cell)
    except ValueError:
        return cell.removeprefix("'")


def income_beside_expense(path: Path, turn: Turn) -> None:
    m, more = turn.month, turn.shift
    opening = 388213 if turn.month == 10 else 419226.6
    income, expense = 20000 + more + 16800, 1286.4 + 4500
    lines = [
        [f"双槐村{turn.year}年{m}月财务收支公开表"],
        ["编制单位：双槐村村民委员会", "", "", "", f"{turn.year}年{m}月28日", "", "单位：元"],
        ["收        入", "", "", "", "支        出"],
        ["日期", "项目", "金额", "备注", "日期", "项目", "金额", "备注"],
        [f"{m}.3", "上级拨付办公经费", 20000 + more, "", f"{m}.5", "村部电费", 1286.4, ""],
        [f"{m}.11", "机动地承包费", 16800, "3户", f"{m}.9", "保洁员工资", 4500, "5人"],
        ["", "本月合计", income, "", "", "本月合计", expense],
        ["", "上月结余", opening, "", "", "本月结余", round(opening + income - expense, 2)],
        ["村主任：        监委会主任：        报账员：        民主理财小组："],
        [f"公开时间：{turn.published}"],
    ]
    book(path, Page(f"{m}月", lines, ["A1:H1", "A3:D3", "E3:H3", "A9:H9", "A10:H10"]))


def bank_daybook(path: Path, turn: Turn) -> None:
    months = [turn.quarter * 3 - 2 + n for n in range(3)]
    balance = 102345.6 if turn.quarter == 3 else 91831.65
    lines: list[Sequence[object]] = [
        ["银行存款日记账"],
        ["单位名称：双槐村股份经济合作社", "", "", "", "", "", "开户行：白鹭农商银行  单位：元"],
        [f"{turn.year}年", "", "凭证", "", "摘要", "对方科目", "借方", "贷方", "借或贷", "余额"],
        ["月", "日", "字", "号"],
    ]
    first = "上季结转"
    lines.append(["", "", "", "", first, "", "", "", "借", balance])
    number, sums = 0, [0.0, 0.0]
    for month in months:
        own = [0.0, 0.0]
        for day, words, subject, debit, credit in (
            (3, "收厂房租金", "经营收入", 6800.0 + month, 0.0),
            (8, "付电费", "管理费用", 0.0, 820.35),
            (27, "付灌溉渠维修", "公益支出", 0.0, 2470.0 + turn.shift),
        ):
            number += 1
            balance = round(balance + debit - credit, 2)
            own = [own[0] + debit, own[1] + credit]
            line = [
                month,
                day,
                "银",
                number,
                words,
                subject,
                debit or "",
                credit or "",
                "借",
                balance,
            ]
            lines.append(line)
        sums = [sums[0] + own[0], sums[1] + own[1]]
        for label, (debit, credit) in (("本月合计", own), ("本季累计", sums)):
            cells = ["", "", "", "", label, "", round(debit, 2), round(credit, 2), "借", balance]
            lines.append(cells)
    merged = ["A1:J1", "A3:B3", "C3:D3", *(f"{c}3:{c}4" for c in "EFGHIJ")]
    book(path, Page("银行存款日记账", lines, merged))


def three_months(path: Path, turn: Turn) -> None:
    """Three months on sheets of their own, in 万元; the other turn is the quarter before."""
    months = (7, 8, 9) if turn.quarter == 3 else (4, 5, 6)
    balance = 35.8213 if turn.quarter == 3 else 35.8213 - 3 * 1.0
    pages = []
    for month in months:
        opening, income, expense = balance, 2.5, 1.5
        balance = round(opening + income - expense, 4)
        lines = [
            [f"双槐村村委会{month}月份收支明细表"],
            ["填报单位：双槐村", "", "", "", "单位：万元"],
            ["日期", "摘要", "收入", "支出", "结余", "经办人"],
            ["", "上月结余", "", "", round(opening, 4), ""],
            [f"{month}月5日", "转移支付", income, "", round(opening + income, 4), "闵秋霞"],
            [f"{month}月9日", "村干部报酬", "", expense, balance, "闵秋霞"],
            ["", "合计", income, expense, balance],
            ["支部书记：邬长庚    监委会主任：卞德顺    制表：闵秋霞"],
        ]
        pages.append(Page(f"{month}月", lines, ["A1:F1"]))
    book(path, *pages)


def trial_balance(path: Path, turn: Turn) -> None:
    more = turn.shift
    lines = [
        [f"双槐村股份经济合作社{turn.year}年{turn.quarter_title}季度科目余额表"],
        ["单位：元"],
        ["科目编码", "科目名称", "期初余额", "", "本期发生额", "", "期末余额", ""],
        ["", "", "借方", "贷方", "借方", "贷方", "借方", "贷方"],
        ["101", "库存现金", 2000 + more, "", 500, 300, 2200 + more, ""],
        ["102", "银行存款", 98000, "", 9000, 4000, 103000, ""],
        ["202", "应付款", "", 3000 + more, 1000, 200, "", 2200 + more],
        ["301", "资本", "", 97000, "", 6000, "", 103000],
        ["合计", "", 100000 + more, 100000 + more, 10500, 10500, 105200 + more, 105200 + more],
    ]
    merged = ["A1:H1", "C3:D3", "E3:F3", "G3:H3", "A3:A4", "B3:B4"]
    book(path, Page("科目余额表", lines, merged))


def minimum_living(path: Path, turn: Turn) -> None:
    people = (
        ("祝德发", "男", "一组23号", 1),
        ("靳秀英", "女", "二组24号", 2),
        ("解国栋", "男", "三组55号", 3),
    )
    lines: list[Sequence[object]] = [
        [f"双槐村{turn.year}年第{turn.quarter_title}季度农村最低生活保障对象花名册"],
        ["乡镇：白鹭镇", "", "", "", "", f"时间：{turn.end}"],
        [
            *("序号", "户主姓名", "性别", "身份证号码", "家庭住址", "保障类别", "保障人口"),
            *("月保障金（元）", "季度发放金额", "开户行", "银行账号", "致困原因", "联系电话"),
        ],
    ]
    for number, (name, sex, home, count) in enumerate(people, start=1):
        amount = 480 * count + turn.shift
        lines.append(
            [
                *(number, name, sex, f"00000019710806000{number}", f"双槐村{home}", "A类", count),
                *(amount, 3 * amount, "白鹭农商银行", f"000000000000000000{number}", "肢体残疾"),
                f"1390000000{number}",
            ]
        )
    total = sum(480 * count + turn.shift for *_, count in people)
    lines.append(["合计", "", "", "", "", "", 6, total, 3 * total])
    book(path, Page("农村低保", lines, ["A1:M1"]))


def contracts(path: Path, turn: Turn) -> None:
    """A register of two owners; a register is told once a year, so the other turn is of the year before."""
    year = turn.year - (turn.quarter == 2)
    coop, committee = "双槐村股份经济合作社", "双槐村村民委员会"
    lines = lines_of(
        f"双槐村集体经济合同台账（截至{year}年12月底）",
        "单位：亩、元/年",
        "序号|合同编号|合同名称|发包方|承包方|合同标的|面积（亩）|合同期限|年承包费|本年应收|本年已收|欠款",
        f"1|SH-2023-01|东塘养殖承包合同|{coop}|祝水生|东塘|26.5|2023.1.1-2033.12.31|9000|9000|9000|0",
        f"2|SH-2024-02|校舍租赁合同|{coop}|双福粮油加工厂|校舍|—|2024年7月1日至2029年6月30日"
        "|25000|25000|12500|12500",
        f"3|SH-2021-07|光伏屋顶租赁|{committee}|昌禾新能源公司|村部屋顶|600平方米|2021.1.1-2040.12.31"
        "|7314|7314|7314|0",
        "||合    计||||||41314|41314|28814|12500",
        "注：祝水生户已提前一次性缴清。",
    )
    book(path, Page("合同台账", lines, ["A1:L1"]))


def assets(path: Path, turn: Turn) -> None:
    worn, whole = 2800 + turn.shift, 3520 + turn.shift
    lines = lines_of(
        f"双槐村{turn.year}年{turn.half}固定资产登记簿",
        "单位：元",
        "编号|名称|类别|规格型号|数量|单位|单价|原值|累计折旧|净值|购置年月|使用年限|使用状况|存放地点",
        f"GD-01|办公电脑|办公设备|台式|2|台|4200|8400|{worn}|{8400 - worn}|2023年5月|5年|在用|村部",
        "GD-02|水泵|机械|QS-40|1|台|3600|3600|720|2880|2024年3月|10年|在用|机井房",
        f"合计|||||||12000|{whole}|{12000 - whole}",
    )
    book(path, Page("固定资产", lines, ["A1:N1"]))


def resources(path: Path, turn: Turn) -> None:
    lines = lines_of(
        f"双槐村{turn.year}年{turn.half}集体资源登记簿",
        "序号|编号|资源名称|类别|面积（亩）|四至||||经营方式|承包方|年收益",
        "|||||东|南|西|北",
        "1|ZY-01|东塘|养殖水面|26.5|村道|水渠|林地|农田|发包|祝水生|9000",
        f"2|ZY-02|后山林场|林地|310|山脊|村道|山沟|界碑|发包|解文海|{3100 + turn.shift}",
    )
    book(path, Page("资源", lines, ["A1:L1", "F2:I2"]))


def debts(path: Path, turn: Turn) -> None:
    headings = [
        "序号",
        "单位（个人）名称",
        "内容",
        "期初余额",
        "本期增加",
        "本期减少",
        "期末余额",
        "账龄",
    ]
    pages = []
    for name, rows in (
        ("应收款", (("谭国栋", "机动地承包费", 4200, 0, 4200), ("解文海", "林场承包费", 6200, 3100 + turn.shift, 0))),
        ("应付款", (("宏远建筑队", "水渠工程款", 48000, 0, 30000), ("隗师傅", "拖拉机费", 2600, 1300, 0))),
    ):  # fmt: skip
        lines: list[Sequence[object]] = [
            [f"双槐村{name}项明细表"],
            ["编制单位：双槐村股份经济合作社", "", "", "", turn.end, "", "单位：元"],
            headings,
        ]
        for number, (who, what, opening, more, less) in enumerate(rows, start=1):
            lines.append([number, who, what, opening, more, less, opening + more - less, "1-2年"])
        sums = [sum(row[n] for row in rows) for n in (2, 3, 4)]
        lines.append(["", "合计", "", *sums, sums[0] + sums[1] - sums[2]])
        pages.append(Page(name, lines, ["A1:H1"]))
    book(path, *pages)


def balance_sheet(path: Path, turn: Turn) -> None:
    more = turn.shift
    lines = [
        ["资产负债表"],
        ["编制单位：双槐村村民委员会", "", turn.end, "", "", "单位：元"],
        ["资产", "期末余额", "年初余额", "负债和所有者权益", "期末余额", "年初余额"],
        ["流动资产：", "", "", "流动负债："],
        ["  货币资金", 105230 + more, 98450, "  短期借款", 0, 0],
        ["  应收款项", 1800, 900, "  应付款项", 3000, 3000],
        ["流动资产合计", 107030 + more, 99350, "流动负债合计", 3000, 3000],
        ["非流动资产：", "", "", "所有者权益："],
        ["  固定资产原价", 200000, 200000, "  资本", 200000, 200000],
        ["  减：累计折旧", 20000, 15000, "  公积公益金", 84030 + more, 81350],
        ["非流动资产合计", 180000, 185000, "所有者权益合计", 284030 + more, 281350],
        ["资产总计", 287030 + more, 284350, "负债和所有者权益总计", 287030 + more, 284350],
    ]
    book(path, Page("资产负债表", lines, ["A1:F1"]))


def wages(path: Path, turn: Turn) -> None:
    """A month of what is published by the quarter; one deduction was computed and shows fewer decimals."""
    more, bank = turn.shift, "白鹭农商银行"
    lines = lines_of(
        f"双槐村{turn.year}年{turn.month}月份村干部工资发放表",
        "单位：元",
        "序号|姓名|职务|应发工资||||扣款||实发工资|开户银行|银行卡号|领款人签字",
        "|||基本工资|绩效工资|通讯补贴|小计|养老保险|医疗保险",
        f"1|邬长庚|书记、主任|3200|800|100|4100|256.8|31.6666666666667|3811.53333333333|{bank}|'01",
        f"2|柏桂兰|副主任|2400|{600 + more}|100|{3100 + more}|256.8|31.67|{2811.53 + more}|{bank}|'02",
        f"合计|||5600|{1400 + more}|200|{7200 + more}|513.6|63.3366666666667|{6623.06333333333 + more}",
        "审批：            监委会：            制表：",
    )
    merged = ["A1:M1", "D3:G3", "H3:I3", *(f"{c}3:{c}4" for c in "ABCJKLM")]
    book(path, Page(f"{turn.month}月工资", lines, merged))


def subsidies(path: Path, turn: Turn) -> None:
    rows = (("谭德发", "一组", 640, 120), ("邬国栋", "二组", 500, ""), ("颜建军", "三组", 800, 150))
    lines: list[Sequence[object]] = [
        [f"双槐村{turn.year}年{turn.quarter_title}季度惠农补贴发放公示表"],
        ["单位：元"],
        ["序号", "户主", "组别", "耕地地力保护补贴", "种粮补贴", "合计", "签字"],
    ]
    for number, (name, group, one, two) in enumerate(rows, start=1):
        one += turn.shift
        lines.append([number, name, group, one, two, one + (two or 0)])
    one, two = 1940 + 3 * turn.shift, 270
    lines += [["合计", "", "", one, two, one + two], [f"公开日期：{turn.published}"]]
    book(path, Page("补贴", lines, ["A1:G1"]))


def dues(path: Path, turn: Turn) -> None:
    halves = (("邬长庚", 30), ("卞德顺", 24)), (("柏桂兰", 18 + turn.shift), ("闵秋霞", 12))
    lines: list[Sequence[object]] = [
        [f"双槐村党支部{turn.year}年{turn.quarter_title}季度党费收缴公示"],
        ["序号", "姓名", "应交", "已交", "序号", "姓名", "应交", "已交"],
    ]
    for number, (left, right) in enumerate(zip(*halves, strict=True), start=1):
        lines.append([number, left[0], left[1], left[1], number + 2, right[0], right[1], right[1]])
    total = 84 + turn.shift
    lines.append(["", "合计", total, total])
    book(path, Page("党费", lines, ["A1:H1"]))


def projects(path: Path, turn: Turn) -> None:
    paid = 15.44 + turn.shift / 10
    total = round(11.58 + paid, 4)
    lines = [
        [f"双槐村{turn.year}年建设项目资金拨付情况公示"],
        [f"截止日期：{turn.end}", "", "", "", "", "", "", "", "金额单位：万元"],
        ["序号", "项目名称", "施工单位", "中标价", "资金拨付情况", "", "", "未付", "完成进度", "备注"],
        ["", "", "", "", "第一次", "第二次", "累计"],
        [1, "村道硬化（二期）", "宏远建筑队", 38.6, 11.58, paid, total, round(38.6 - total, 4), "70%", ""],
        [2, "太阳能路灯60盏", "亮亮照明有限公司", 14.88, 14.136, "", 14.136, 0.744, "已完工", "质保金5%"],
        ["", "合计", "", 53.48, "", "", round(total + 14.136, 4), round(53.48 - total - 14.136, 4)],
    ]  # fmt: skip
    book(path, Page("项目", lines, ["A1:J1", "E3:G3"]))


KINDS: tuple[tuple[str, Callable[[Path, Turn], None]], ...] = (
    ("01-双槐村{month}月财务收支公开表", income_beside_expense),
    ("02-合作社银行日记账{year}年{quarter}季度", bank_daybook),
    ("03-村委会{year}年第{earlier}季度收支明细", three_months),
    ("04-合作社{year}年{quarter}季度科目余额表", trial_balance),
    ("05-双槐村低保花名册{year}年{quarter}季度", minimum_living),
    ("06-双槐村合同台账", contracts),
    ("07-双槐村固定资产登记簿", assets),
    ("08-双槐村资源登记簿", resources),
    ("09-往来款明细{year}年{quarter}季度", debts),
    ("10-双槐村村委会资产负债表{year}年{quarter}季度", balance_sheet),
    ("11-村干部工资表{year}年{month}月", wages),
    ("12-双槐村惠农补贴", subsidies),
    ("13-双槐村党费收缴", dues),
    ("14-双槐村项目资金拨付公示", projects),
)


def office(folder: Path, turn: Turn) -> tuple[Path, ...]:
    """One file of each kind, in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    return tuple(_written(folder, name, write, turn) for name, write in KINDS)


def _written(folder: Path, name: str, write: Callable[[Path, Turn], None], turn: Turn) -> Path:
    earlier = turn.quarter_title if turn.quarter == 3 else "二"
    words = {"month": turn.month, "year": turn.year, "quarter": turn.quarter_title}
    path = folder / f"{name.format(**words, earlier=earlier)}.xlsx"
    write(path, turn)
    return path


def county(folder: Path) -> tuple[Path, Path]:
    """content/ with the books' town in it, and villages/ with the books' village."""
    content, villages = folder / "content", folder / "villages"
    shutil.copytree(CONTENT, content)
    site = content / "site.yaml"
    towns = "towns:\n  - {id: bailu, name: 白鹭镇, publisher: 白鹭镇人民政府}\n"
    site.write_text(site.read_text("utf-8").replace("towns:\n", towns, 1), "utf-8")
    place = villages / "bailu" / "shuanghuai"
    place.mkdir(parents=True)
    (place / "village.yaml").write_text(VILLAGE, "utf-8")
    return content, villages
