"""Finds what this machine lacks, and the command that mends it."""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from generator.machine import PACKAGES
from generator.render.posters import press_missing
from generator.render.posters.rare import rare_fonts

_OLDEST = (3, 11)


@dataclass(frozen=True)
class Health:
    """The result of one examination."""

    is_well: bool
    words: str


def examine(fonts: Path) -> tuple[Health, ...]:
    """Python, packages, drawing libraries and fonts of this machine; the own fonts lie in `fonts`."""
    return (_python(), _packages(), _press(), _fonts(fonts), _rare_fonts())


def _python() -> Health:
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info >= _OLDEST:
        return Health(True, f"Python {version}")
    return Health(False, f"Python {version} 太旧，请安装 3.11 或更新的版本")


def _packages() -> Health:
    missing = [name for name in PACKAGES if not _is_installed(name)]
    if not missing:
        return Health(True, "需要的 Python 包都装好了")
    return Health(False, f"缺少 {'、'.join(missing)}：请运行 pip install -r requirements.lock")


def _is_installed(name: str) -> bool:
    try:
        metadata.version(name)
    except metadata.PackageNotFoundError:
        return False
    return True


def _press() -> Health:
    missing = press_missing()
    if not missing:
        return Health(True, "可以画公示单")
    packages = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
    return Health(
        False,
        f"画不了公示单（缺少 {missing}）。Debian/Ubuntu 请运行："
        f"sudo apt-get install {packages}；网页不受影响",
    )


def _fonts(folder: Path) -> Health:
    for line in (folder / "sha256sums.txt").read_text("ascii").splitlines():
        digest, name = line.split(maxsplit=1)
        path = folder / name.lstrip("*")
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            return Health(False, f"字体文件 {name} 不见了或被改动过：请重新取一份 templates/fonts")
    return Health(True, "字体完好")


def _rare_fonts() -> Health:
    """Fonts for rare characters in names; sheets can be drawn without."""
    names = [path.name for path, _ in rare_fonts().files]
    if names:
        return Health(True, f"生僻字可以借用 {'、'.join(names)}")
    return Health(
        True,
        "没有生僻字字体：人名里的生僻字在公示单上会写成编码。要用的话，"
        "Debian/Ubuntu 请运行：sudo apt-get install fonts-hanazono",
    )
