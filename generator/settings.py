"""The options of a build."""

from __future__ import annotations

import errno
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal

Sheets = Literal["", "due", "all", "none"]
"""Which sheets a build draws; nothing leaves it to the number of villages."""
_MANY = 20  # villages; the sheets of more are not all drawn unless that is asked for

_PACKAGE = Path(__file__).resolve().parent
_WITHIN = _PACKAGE / "templates"
TEMPLATES = _WITHIN if _WITHIN.is_dir() else _PACKAGE.parent / "templates"
"""The program's own templates: within an installed package, beside it in a checkout."""


@dataclass(frozen=True)
class Settings:
    """Folders and choices of one build. `only` names villages; empty means all of them.

    `base_url` begins every printed address; empty means the one of site.yaml. `cache` is the folder
    of drawn sheets; `full` draws them all again. A dry run writes nothing, there either. `cluster`
    is the address of a Dask scheduler whose workers do the work, if not this machine. With `drafts`
    content is taken as villages wrote it, approved or not, which nobody may publish. What is not
    `is_public` is only looked at: none of it counts as published when it is gone later.
    """

    content: Path
    villages: Path
    templates: Path
    out: Path
    today: date
    only: tuple[str, ...] = ()
    jobs: int = 1
    sheets: Sheets = ""
    base_url: str = ""
    cache: Path | None = None
    full: bool = False
    is_dry: bool = False
    cluster: str = ""
    drafts: bool = False
    is_public: bool = True

    @property
    def draws(self) -> bool:
        """Whether any sheet is drawn; else those that are kept and still right are shown."""
        return self.sheets != "none"

    def of_many(self, villages: int) -> Settings:
        """The settings for a site of so many villages, where nobody said which sheets to draw."""
        return replace(self, sheets=self.sheets or ("due" if villages > _MANY else "all"))

    @property
    def own_templates(self) -> Path | None:
        """The site's own templates, which stand before the package's; None where it has none."""
        folder = self.content / "templates"
        return folder if folder.is_dir() else None


class CannotBuildError(Exception):
    """Nothing could be built: a folder is missing or a setting is wrong. The text is Chinese."""


_REASONS = {
    errno.ENOSPC: "磁盘满了",
    errno.EDQUOT: "分给这个用户的磁盘用完了",
    errno.EACCES: "没有权限，或者正被别的程序占用",
    errno.EPERM: "系统不许这样做",
    errno.EROFS: "磁盘只能读，不能写",
    errno.EIO: "磁盘读写出错，可能坏了",
    errno.EMFILE: "同时打开的文件太多",
    errno.ENAMETOOLONG: "名字太长",
    errno.ENOENT: "没有这个文件或文件夹",
    errno.ENOTDIR: "路径中间有一个不是文件夹",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.EEXIST: "已经有了",
}


def said(fault: OSError) -> str:
    """What the system says of a file, in Chinese where we know how."""
    reason = _REASONS.get(fault.errno or 0) or fault.strerror or str(fault)
    return f"{fault.filename}：{reason}" if fault.filename else reason


def need_folder(folder: Path) -> None:
    """Raises `CannotBuildError` when there is no such folder."""
    if not folder.is_dir():
        raise CannotBuildError(f"找不到文件夹 {folder}。请检查路径，或在项目的文件夹里运行。")


def need_apart(settings: Settings) -> None:
    """Raises `CannotBuildError` where the site would lie among what it is made of, or that in the site,
    where anybody could fetch what is private."""
    site = settings.out.resolve()
    for folder in (settings.villages, settings.content):
        own = folder.resolve()
        if own == site or own in site.parents:
            raise CannotBuildError(
                f"网站不能写进 {folder}，那里放的是资料。请用 --out 另写一个文件夹。"
            )
        if site in own.parents:
            raise CannotBuildError(
                f"{settings.out} 里放着资料（{folder}），网站写在这里，资料就会跟着传到网上。"
                "请用 --out 另写一个文件夹，例如 --out site。"
            )
