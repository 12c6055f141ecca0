"""Tries the forms of a village in the real editor: python -m tests.try_forms FOLDER_WITH_SVELTIA_CMS

Run by hand, since the editor comes from the registry of npm (`npm pack @sveltia/cms@VERSION`, unpacked
as FOLDER/sveltia-cms). A browser works on a copy of a village of the sample, in a file system of its
own: a notice is written and the number of inhabitants changed. What the editor wrote must be read
without a problem, and nothing else may have become other.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from datetime import date
from pathlib import Path

from playwright.sync_api import Page

from generator.editing import EDITOR, Repository, write_forms
from generator.settings import TEMPLATES, Settings
from tests.browsing import chromium, expect, served
from tests.township import CONTENT, ROOT, examine

VILLAGE = "villages/qingshi/liuxi"
TITLE, BODY = "关于清理沟渠的通知", "10月12日清理门前沟渠。\n\n- 一组上午\n- 二组下午\n"
PEOPLE = "1299"
# The editor asks for a folder of this machine; it gets one that only the page sees.
PICK = """window.showDirectoryPicker = async () =>
  (await navigator.storage.getDirectory()).getDirectoryHandle('repo');"""
FILL = """async (files) => {
  const root = await (await navigator.storage.getDirectory()).getDirectoryHandle('repo', {create: true});
  await root.getDirectoryHandle('.git', {create: true});
  for (const [path, text] of Object.entries(files)) {
    const parts = path.split('/');
    let folder = root;
    for (const part of parts.slice(0, -1)) folder = await folder.getDirectoryHandle(part, {create: true});
    const file = await (await folder.getFileHandle(parts.at(-1), {create: true})).createWritable();
    await file.write(text);
    await file.close();
  }
}"""
READ = """async () => {
  const found = {};
  const look = async (folder, above) => {
    for await (const [name, entry] of folder.entries()) {
      if (entry.kind === 'directory') await look(entry, above + name + '/');
      else found[above + name] = await (await entry.getFile()).text();
    }
  };
  await look(await (await navigator.storage.getDirectory()).getDirectoryHandle('repo'), '');
  return found;
}"""


def main(folder: Path) -> int:
    """Try it; what the editor makes of the files is printed where it fails."""
    if not (folder / EDITOR).is_file():
        print(f"no editor in {folder / EDITOR}: see the head of this file", file=sys.stderr)
        return 2
    before = {
        path.relative_to(ROOT).as_posix(): path.read_text("utf-8")
        for path in sorted((ROOT / VILLAGE).rglob("*"))
        if path.suffix in (".md", ".yaml")
    }
    settings = Settings(CONTENT, ROOT / "villages", TEMPLATES, Path("site"), date.today())
    write_forms(Repository("github", "qingshi/gongkai"), ("liuxi",), folder, settings)
    with served(folder) as url, chromium() as browser:
        context = browser.new_context(locale="zh-CN", viewport={"width": 1400, "height": 4000})
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.add_init_script(PICK)
        page.goto(url.replace("127.0.0.1", "localhost") + "liuxi/index.html")
        page.evaluate(FILL, before)
        page.get_by_role("button", name="使用本地仓库").click()
        expect(page.get_by_text("通知公告").first).to_be_visible()
        name = write_notice(page)
        change_village(page)
        after = page.evaluate(READ)
        context.close()
    return judge(before, after, name)


def write_notice(page: Page) -> str:
    """Fill in the form of a notice; returns the name of its file."""
    page.evaluate("location.hash = '#/collections/notices/new'")
    field(page, "title").get_by_role("textbox").fill(TITLE)
    field(page, "date").locator("input[type=date]").fill("2025-10-09")
    field(page, "body").locator("textarea").fill(BODY)
    save(page)
    return "2025-10-09-"


def change_village(page: Page) -> None:
    page.evaluate("location.hash = '#/collections/_singletons/entries/village'")
    field(page, "population").locator("input").fill(PEOPLE)
    save(page)


def field(page: Page, key: str):  # type: ignore[no-untyped-def]
    return page.locator(f'[data-key-path="{key}"]').first


def save(page: Page) -> None:
    page.get_by_role("button", name="保存").first.click()
    expect(page.get_by_text(re.compile("已保存|保存成功")).first).to_be_visible()


def judge(before: dict[str, str], after: dict[str, str], start: str) -> int:
    """What came of it: 0 where all is as it should be."""
    changed = {path for path, text in after.items() if before.get(path) != text}
    notices = [path for path in changed if path.startswith(f"{VILLAGE}/notices/{start}")]
    with tempfile.TemporaryDirectory() as folder:
        villages = Path(shutil.copytree(ROOT / "villages", Path(folder) / "villages"))
        for path, text in after.items():
            if path.startswith("villages/"):
                target = villages.parent / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(text, "utf-8")
        found = examine(villages, today=date(2025, 10, 10))
    village = found.villages["liuxi"]
    record = next(r for r in village.records if r.key.startswith(start))
    assert len(notices) == 1, changed
    assert changed == {notices[0], f"{VILLAGE}/village.yaml"}, changed
    assert not found.problems, [str(p) for p in found.problems]
    assert record.content.front.title == TITLE  # type: ignore[union-attr]
    assert record.content.body.strip() == BODY.strip()  # type: ignore[union-attr]
    assert str(village.village.population) == PEOPLE
    print(after[notices[0]], after[f"{VILLAGE}/village.yaml"], sep="\n")
    print("the editor's files are read without a problem")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))
