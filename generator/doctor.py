"""Finds what this machine lacks, and the command that mends it on such a machine."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from types import MappingProxyType

from generator.machine import PACKAGES, Browser, find_browser
from generator.render.posters import press_browser, press_missing, try_browser
from generator.render.posters.rare import rare_fonts

_OLDEST = (3, 11)
_RELEASE = Path("/etc/os-release")


@dataclass(frozen=True)
class Health:
    """The result of one examination."""

    is_well: bool
    words: str


@dataclass(frozen=True)
class System:
    """A kind of machine, and what mends it there: what is too old, missing, or without which no
    sheet is drawn."""

    name: str
    python: str
    packages: str
    press: str
    rare: str


_PIP = "运行 pip install -r requirements.lock"
_HANAZONO = "装上花园明朝字体（HanaMinA、HanaMinB）"
_BROWSER = "安装 Chrome、Edge 或 Chromium"
SYSTEMS: Mapping[str, System] = MappingProxyType(
    {
        system.name: system
        for system in (
            System(
                "Windows",
                "运行：winget install Python.Python.3.13，装好后双击“开始.bat”",
                "双击“开始.bat”，或者运行：py -m pip install -r requirements.lock",
                "安装或更新 Edge，运行：winget install Microsoft.Edge",
                "在 Windows 的“可选功能”里添加“简体中文补充字体”",
            ),
            System(
                "macOS",
                "运行：brew install python@3.13",
                f"双击“开始.command”，或者{_PIP}",
                f"{_BROWSER}，或者运行：brew install pango",
                _HANAZONO,
            ),
            System(
                "Debian/Ubuntu",
                "运行：sudo apt-get install python3 python3-venv",
                _PIP,
                "运行：sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
                "运行：sudo apt-get install fonts-hanazono",
            ),
            System(
                "Fedora",
                "运行：sudo dnf install python3",
                _PIP,
                "运行：sudo dnf install pango harfbuzz",
                _HANAZONO,
            ),
            System(
                "其他系统",
                "用系统的软件包管理器更新 Python",
                _PIP,
                f"用系统的软件包管理器安装 Pango 和 HarfBuzz（含 libharfbuzz-subset），或者{_BROWSER}",
                _HANAZONO,
            ),
        )
    }
)


def system_of(platform: str = sys.platform, release: str | None = None) -> System:
    """What kind of machine this is; `release` is the text of /etc/os-release, if not this one's."""
    if platform == "win32":
        return SYSTEMS["Windows"]
    if platform == "darwin":
        return SYSTEMS["macOS"]
    if release is None:
        release = _RELEASE.read_text("utf-8") if _RELEASE.is_file() else ""
    lines = (line.partition("=") for line in release.splitlines())
    told = {name: value.strip("\"'") for name, _, value in lines}
    names = {told.get("ID", ""), *told.get("ID_LIKE", "").split()}
    if not names.isdisjoint(("debian", "ubuntu")):
        return SYSTEMS["Debian/Ubuntu"]
    return SYSTEMS["其他系统" if names.isdisjoint(("fedora", "rhel")) else "Fedora"]


def examine(fonts: Path, system: System | None = None) -> tuple[Health, ...]:
    """Python, packages, what draws and fonts of this machine; the own fonts lie in `fonts`. Advice
    is for a `system`, if not for the one that this is."""
    own = system or system_of()
    return (_python(own), _packages(own), press_health(own), _fonts(fonts), _rare_fonts(own))


def _python(system: System) -> Health:
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info >= _OLDEST:
        return Health(True, f"Python {version}")
    return Health(False, f"Python {version} 太旧，要 3.11 或更新的版本。请{system.python}")


def _packages(system: System) -> Health:
    missing = [name for name in PACKAGES if not _is_installed(name)]
    if not missing:
        return Health(True, "需要的 Python 包都装好了")
    return Health(False, f"缺少 {'、'.join(missing)}：请{system.packages}")


def _is_installed(name: str) -> bool:
    try:
        metadata.version(name)
    except metadata.PackageNotFoundError:
        return False
    return True


def press_health(system: System) -> Health:
    """What draws sheets here; a browser is asked to draw one."""
    missing, browser = press_missing(), press_browser()
    if missing:
        found = find_browser()
        others = f"；{found} 太旧，或者打不开" if found else "；也没有找到能画的浏览器"
        return Health(
            False, f"画不了公示单（缺少 {missing}{others}）。请{system.press}；网页不受影响"
        )
    return _browser(browser, system) if browser else Health(True, "可以画公示单")


def _browser(browser: Browser, system: System) -> Health:
    fault = try_browser(browser)
    if fault:
        return Health(False, f"画不了公示单：{fault}。请{system.press}；网页不受影响")
    return Health(True, f"可以画公示单：用 {browser} 来画（{browser.path}）")


def _fonts(folder: Path) -> Health:
    for line in (folder / "sha256sums.txt").read_text("ascii").splitlines():
        digest, name = line.split(maxsplit=1)
        path = folder / name.lstrip("*")
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            return Health(False, f"字体文件 {name} 不见了或被改动过：请重新取一份 templates/fonts")
    return Health(True, "字体完好")


def _rare_fonts(system: System) -> Health:
    """Fonts for rare characters in names; sheets can be drawn without."""
    names = [path.name for path, _ in rare_fonts().files]
    if names:
        return Health(True, f"生僻字可以借用 {'、'.join(names)}")
    return Health(
        True,
        "没有生僻字字体：人名里的生僻字在公示单上会写成编码。要用的话，请" + system.rare,
    )
