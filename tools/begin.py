"""Makes ready what the program needs, in a folder beside it, and opens the desk in the browser: what
开始.bat and 开始.command run.

It uses the standard library alone, and any Python 3 can read it: one that is too old is told so.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

OLDEST = (3, 11)
LOCK, ENVIRONMENT, WHEELS = "requirements.lock", ".venv", "wheels"
# The same files by the same hashes, nearer to offices in China.
MIRROR = "https://pypi.tuna.tsinghua.edu.cn/simple"


def main(words):
    """Everything in order; the exit code."""
    os.chdir(str(Path(__file__).resolve().parent.parent))
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    if sys.version_info < OLDEST:
        told = ".".join(map(str, sys.version_info[:2]))
        say(
            "这台电脑的 Python 是 "
            + told
            + "，太旧了。请到 python.org 下载 3.11 或更新的，装好再来。"
        )
        return 1
    place = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
    python = str(Path(ENVIRONMENT, *place))
    if not works(python) and not made():
        return 1
    if not installed(python):
        return 1
    try:
        return subprocess.call([python, "publish.py", "serve", *words])
    except KeyboardInterrupt:
        return 0


def works(python):
    """Whether the environment is whole; one that was copied from another machine is not."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    try:
        return not subprocess.call([python, "-m", "pip", "--version"], **quiet)
    except OSError:
        return False


def made():
    """Make the environment anew."""
    say("第一次用，先准备程序的文件夹 .venv。")
    shutil.rmtree(ENVIRONMENT, ignore_errors=True)
    if not subprocess.call([sys.executable, "-m", "venv", ENVIRONMENT]):
        return True
    say("没有准备好。请看磁盘有没有满、能不能写这个文件夹；Debian、Ubuntu 要先装 python3-venv。")
    return False


def installed(python):
    """Install what the lock names, once: the stamp holds the hash of the lock installed last, as
    setup.sh writes it. A folder `wheels` beside the program saves the network."""
    wanted = hashlib.sha256(Path(LOCK).read_bytes()).hexdigest().encode() + b"  -\n"
    stamp = Path(ENVIRONMENT, "installed-" + LOCK)
    if stamp.is_file() and stamp.read_bytes() == wanted:
        return True
    say("正在安装程序要用的东西，第一次约一两分钟，请不要关掉这个窗口。")
    command = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    command += ["--require-hashes", "-r", LOCK]
    local = ["--no-index", "--find-links", WHEELS]
    for way in [local] if Path(WHEELS).is_dir() else [[], ["--index-url", MIRROR]]:
        if way[:1] == ["--index-url"]:
            say("下载站连不上，换清华大学的镜像再试一次。")
        if not subprocess.call(command + way):
            stamp.write_bytes(wanted)
            return True
    say("没有装好，原因见上面的英文。请检查网络，再双击一次。")
    say("不能上网的电脑，请照 docs/windows.md 用优盘带一个 " + WHEELS + " 文件夹来。")
    return False


def say(words):
    """A line for whoever sits before the machine, at once."""
    print(words)
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
