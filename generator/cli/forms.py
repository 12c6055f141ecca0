"""The command forms."""

from __future__ import annotations

import argparse
from pathlib import Path

from generator.cli.arguments import Commands, Parser, add_command, address, given
from generator.cli.exitcodes import ALL_WELL
from generator.cli.options import add_folders, settings_of


def add_forms(commands: Commands[Parser]) -> None:
    """Adds the command that makes forms for a repository on a forge."""
    words = "资料放在代码托管平台上的：给各村写网页表单，在浏览器里填文稿和村的基本情况"
    command = add_command(commands, "forms", words, _forms)
    add = command.add_argument
    add("names", nargs="*", metavar="VILLAGE", help="哪个村，可以写几个；不写就是全部")
    add("--repo", required=True, metavar="OWNER/NAME", help="平台上的仓库，例如 qingshi/gongkai")
    add(
        "--forge",
        choices=("github", "gitlab", "gitea"),
        default="github",
        help="哪一种平台，默认 github",
    )
    add("--branch", default="main", metavar="NAME", help="分支，默认 main")
    add("--host", type=address, default="", metavar="URL", help="单位自己装的平台，写网址")
    add(
        "--out",
        type=given,
        dest="folder",
        default=Path("admin"),
        metavar="DIR",
        help="写到哪个文件夹，默认 admin；不要放进网站文件夹",
    )
    add_folders(command)


def _forms(options: argparse.Namespace) -> int:
    from generator.editing import EDITOR, VERSION, Repository, write_forms

    repository = Repository(options.forge, options.repo, options.branch, options.host)
    folder = options.folder
    pages = write_forms(repository, tuple(options.names), folder, settings_of(options))
    for page in pages:
        print(page)
    print(f"写好了 {len(pages)} 个村的表单。")
    if not (folder / EDITOR).is_file():
        print(
            f"还少编辑器本身（Sveltia CMS {VERSION}），应当在 {folder / EDITOR}。"
            "怎样取、怎样登录，见 docs/hosting/README.md 的“网页表单”。"
        )
    return ALL_WELL
