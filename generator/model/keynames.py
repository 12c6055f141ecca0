"""What the keys of YAML formats are called in Chinese, for people who never see the files, or see no English.

A key that means something of its own within another is found by both: `people.name` is no village's.
"""

from __future__ import annotations

_NAMES = {
    "account": "账套",
    "accounts": "账套",
    "add": "本村另加的权力",
    "agreed": "同意人数",
    "attachments": "附件",
    "base_url": "网址",
    "basis": "依据",
    "boards": "公开栏",
    "by": "谁说的",
    "cause": "为什么撤回",
    "channels": "联系渠道",
    "channels.title": "渠道名称",
    "channels.value": "号码或地址",
    "code": "12位区划代码",
    "corrections": "更正",
    "date": "日期",
    "day": "日期",
    "display_until": "公示到哪天",
    "duty": "分工",
    "entitled": "应到人数",
    "exceptions": "可以公开的文字",
    "exceptions.by": "谁看过",
    "exceptions.text": "那几个字",
    "file": "文件",
    "groups": "村民小组",
    "groups.title": "小组名称",
    "head": "联络站负责人",
    "height": "高（毫米）",
    "households": "户数",
    "id": "编号",
    "item": "事项",
    "items": "挂哪些事项",
    "key": "期次或文件名",
    "kind": "种类",
    "letters": "读音",
    "limit": "时限",
    "links": "有关的内容",
    "masks": "遮盖办法",
    "name": "名称",
    "note": "说明",
    "notified": "通知日期",
    "number": "文号",
    "orientation": "怎样放",
    "outcome": "结果",
    "override": "改了的权力",
    "owner": "谁的账",
    "paper": "纸",
    "people": "干部",
    "people.name": "姓名",
    "people.title": "职务",
    "groups.people": "人数",
    "period": "多久公开一次",
    "phone": "公开的电话",
    "pinyin": "地名读音",
    "place": "在哪里",
    "population": "人口",
    "power": "用的权力",
    "present": "实到人数",
    "printer": "打印机最大的纸",
    "procedure": "议事办法",
    "published": "公开日期",
    "publisher": "发布单位",
    "reason": "原因",
    "record": "哪一份",
    "replaces": "代替哪一份",
    "row": "第几行",
    "rule": "哪一条规则",
    "rules": "用哪一套天数",
    "sheets": "各事项的纸",
    "since": "从哪天起",
    "station": "监察联络站在哪里",
    "step": "哪一步",
    "steps": "步骤",
    "steps.households": "按户表决",
    "summary": "一句话摘要",
    "supervisors": "监督人员",
    "supervisors.name": "姓名",
    "supervisors.title": "职务",
    "text": "说明文字",
    "title": "标题",
    "towns": "乡镇",
    "urban": "是社区",
    "what": "从什么改成什么",
    "width": "宽（毫米）",
    "accounts.title": "账套名称",
    "village.name": "村名",
}


def key_name(key: str, above: str = "") -> str:
    """What a key is called, within the key `above`; itself where nobody named it."""
    return _NAMES.get(f"{above}.{key}") or _NAMES.get(key) or key


def missing_key(key: str, above: str = "", *, is_list: bool = False) -> dict[str, str]:
    """What is said of a key that is not there: what it is called, and the line to add."""
    name = key_name(key, above)
    is_named = name != key
    content = name if is_named else "内容"
    line = f"“{key}:”，下面另起一行，每条以“- ”开头，写{content}"
    return {
        "called": f"{name}（{key}）" if is_named else key,
        "line": line if is_list else f"一行“{key}: …”，冒号后面写{content}",
    }
