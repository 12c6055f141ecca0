"""The command pack."""

from __future__ import annotations

import argparse
from pathlib import Path

from generator.cli.arguments import Commands, Parser, add_command
from generator.cli.exitcodes import ALL_WELL
from generator.settings import TEMPLATES


def add_packing(commands: Commands[Parser]) -> None:
    """Adds the command from a site to a stick."""
    _add_options(
        add_command(commands, "pack", "把生成好的网站装成压缩包，不联网、双击就能看", _pack)
    )


def _add_options(command: argparse.ArgumentParser) -> None:
    add = command.add_argument
    add("site", type=Path, nargs="?", default=Path("site"), help="网站文件夹，默认 site")
    add(
        "--village",
        default="",
        metavar="V",
        help="只装这个村，例如 柳溪村 或 liuxi；不写就装整个网站",
    )
    add("--out", type=Path, metavar="FILE", help="压缩包写到哪里，默认“村的编号.zip”或 site.zip")
    add("--no-posters", action="store_true", help="不装公示单，小很多")


def _pack(options: argparse.Namespace) -> int:
    from generator.packer import PackRequest, pack

    out = options.out or Path(f"{options.village or 'site'}.zip")
    script = TEMPLATES / "assets" / "js" / "pack.js"
    posters = not options.no_posters
    result = pack(PackRequest(options.site, out, options.village, posters, script))
    print(f"装好了 {out}：{result.files} 个文件，{result.bytes / 1e6:.1f} MB。")
    print("解压到文件夹或者 U 盘里，双击“打开公开栏”，不用联网。")
    print(f"没有装进去的：{'；'.join(result.left_out)}。")
    if not result.fits_fat:
        print(
            "压缩包超过 4 GB，FAT32 格式的 U 盘放不下：请用 --village 分村装，或者加 --no-posters。"
        )
    return ALL_WELL
