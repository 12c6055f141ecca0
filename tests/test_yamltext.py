"""What a form writes into a YAML text is read back as what was filled in, and the rest stays as it was."""

from __future__ import annotations

from typing import Any

import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from generator.clerk.forming import filled, form_values
from generator.clerk.yamltext import bare
from generator.intake.yamlfile import read_yaml

PATH = "qingshi/liuxi/village.yaml"
WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=12
) | st.sampled_from(
    ["是", "yes", "null", "0123", "12", "2025-10-10", "- 甲", "a: b", "#", "*甲", "“乙”"]
)
KEYS = st.sampled_from(["name", "people", "groups", "boards", "station", "code"])
ENTRIES = st.dictionaries(
    st.sampled_from(["id", "title", "roles"]), WORDS | st.lists(WORDS, max_size=3)
)
VALUES = st.dictionaries(KEYS, WORDS | st.lists(WORDS, max_size=3) | st.lists(ENTRIES, max_size=4))


@given(old=VALUES, new=VALUES, is_flow=st.booleans(), indent=st.sampled_from([2, 4]))
def test_what_was_filled_in_is_read_back(
    old: dict[str, Any], new: dict[str, Any], is_flow: bool, indent: int
) -> None:
    """However somebody wrote the text; `filled` itself refuses what would be read as something else."""

    def dumped(value: Any) -> str:
        flow = is_flow and not isinstance(value, str)
        words: str = yaml.safe_dump(
            value, allow_unicode=True, default_flow_style=flow, indent=indent
        )
        return words

    text = "".join(
        f"{key}: {dumped(value)}" if is_flow else dumped({key: value})
        for key, value in {"code": "330", **old}.items()
    ).replace("\n...\n", "\n")
    assume(not read_yaml(text, PATH)[1])  # YAML allows more than we take
    before = form_values(PATH, text)
    written = filled(PATH, text, {**before, **new})["text"]
    assert bare(form_values(PATH, written)) == bare({**before, **new})


def test_what_did_not_change_stays_with_its_comments() -> None:
    text = """\
name: 柳溪村  # 以前叫柳溪大队
people:
# 书记
- {name: 甲, role: 书记}
# 会计，2025 年换过
- name: 乙
  role: 会计

code: "0123"
"""
    values = form_values(PATH, text)
    values["people"][0]["name"] = "丙"
    assert filled(PATH, text, values)["text"] == text.replace("name: 甲", "name: 丙")
    values["people"].reverse()
    turned = filled(PATH, text, values)["text"]
    assert all(
        line in turned
        for line in ("# 书记", "# 会计，2025 年换过", "# 以前叫柳溪大队", 'code: "0123"')
    )


def test_what_stands_behind_an_entry_that_changes_stays_as_well() -> None:
    text = """\
name: 柳溪村
people:
  - {name: 甲, role: 书记}  # 2024 年起
  - name: 乙 # 新来的
    role: 会计 # 兼出纳
"""
    values = form_values(PATH, text)
    for person in values["people"]:
        person["name"] += "二"
    written = filled(PATH, text, values)["text"]
    assert written.splitlines()[2:] == [
        "  # 2024 年起",
        "  - {name: 甲二, role: 书记}",
        "  # 新来的",
        "  # 兼出纳",
        "  - name: 乙二",
        "    role: 会计",
    ]
