#!/usr/bin/env bash
# Everything the project needs on this machine, installed once.
#
#   tools/setup.sh pages   .venv with requirements.lock
#   tools/setup.sh site    the same; for the posters Pango and HarfBuzz, and
#                          where it can be had a font with rare characters
#   tools/setup.sh lint    .venv with requirements-dev.lock
#   tools/setup.sh test    the same, with Pango and HarfBuzz, a browser, Java and a Chinese font
#   tools/setup.sh fonts   .venv with requirements-dev.lock, and the font that sheets are cut from
#   tools/setup.sh dist    two environments below build/: one with requirements.lock alone, one with
#                          what lists the parts of it (requirements-dist.lock)
#   tools/setup.sh lock    write the lock files again (U=1: to the newest versions)
#
# V=1 shows the output of pip and apt-get. Without root (or sudo that asks nothing), system
# packages that are missing are named in one sentence and the set-up goes on without them.
set -euo pipefail
exec </dev/null # nothing here may wait for an answer, and CI closes standard input
cd "$(dirname "${BASH_SOURCE[0]}")/.."

export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PIP_ROOT_USER_ACTION=ignore
readonly VENV=.venv
readonly PY=$VENV/bin/python

say() { printf '%s\n' "$*"; }
complain() { printf '%s\n' "$*" >&2; }

# Run a command; show what it printed only when it fails, or with V=1.
quietly() {
    if [[ ${V:-} == 1 ]]; then
        "$@"
        return
    fi
    local log status=0
    log=$(mktemp)
    "$@" >"$log" 2>&1 || status=$?
    ((status == 0)) || cat "$log" >&2
    rm -f "$log"
    return "$status"
}

# ------------------------------------------------------------------------- system packages

# How to become root without being asked: nothing, "sudo -n", or failure.
root_prefix() {
    command -v apt-get >/dev/null || return 1
    if [[ $(id -u) == 0 ]]; then
        return 0
    fi
    command -v sudo >/dev/null && sudo -n true 2>/dev/null && echo "sudo -n"
}

# Install Debian packages; fails when it may not, or when they cannot be had. Another apt-get
# that is running is waited for.
apt_install() {
    local prefix
    prefix=$(root_prefix) || return 1
    local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=600)
    say "正在安装系统软件包：$*"
    # shellcheck disable=SC2086  # the prefix is two words or none
    quietly $prefix "${apt[@]}" update || true # stale lists may still do
    # shellcheck disable=SC2086
    quietly $prefix "${apt[@]}" install -y --no-install-recommends "$@"
}

# Print the Debian packages of the libraries that the loader cannot find. Asking the loader
# instead of dpkg gives the right answer on every system.
missing_libraries() {
    "$PY" - <<'PYTHON'
import ctypes

LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz.so.0": "libharfbuzz0b",
    # Without this one the sheets are right but cutting the fonts takes many times as long.
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
for library, package in LIBRARIES.items():
    try:
        ctypes.CDLL(library)
    except OSError:
        print(package)
PYTHON
}

need_libraries() {
    local missing
    mapfile -t missing < <(missing_libraries)
    ((${#missing[@]} == 0)) && return
    apt_install "${missing[@]}" || complain \
        "缺少系统库，暂时不能制作张贴用的 PDF，其余照常；请管理员安装：apt-get install ${missing[*]}" \
        "(posters need these system packages: ${missing[*]})"
}

# Rare characters of names; sheets can be drawn without, so that nothing is said where it fails.
want_rare_font() {
    compgen -G '/usr/share/fonts/truetype/hanazono/*.ttf' >/dev/null ||
        apt_install fonts-hanazono >/dev/null 2>&1 || true
}

# Ubuntu's chromium-browser is often a script that only tells one to install a snap, so the
# browser is asked to answer.
have_browser() {
    local name
    for name in chromium-headless-shell chromium chromium-browser google-chrome; do
        command -v "$name" >/dev/null && "$name" --version >/dev/null 2>&1 && return
    done
    compgen -G "${PLAYWRIGHT_BROWSERS_PATH:-$HOME/.cache/ms-playwright}/chromium*/*/*" >/dev/null
}

playwright_browser() {
    root_prefix >/dev/null && { quietly "$PY" -m playwright install-deps chromium || return; }
    quietly "$PY" -m playwright install chromium
}

# Debian's headless shell takes a fifth of the time of a whole Chromium for a page. Any other will
# do where the lists of apt-get do not name it; where they name none, Playwright brings its own.
need_browser() {
    command -v chromium-headless-shell >/dev/null && return
    if have_browser; then
        apt-cache show chromium-headless-shell >/dev/null 2>&1 || return 0
        apt_install chromium-headless-shell || true
        return
    fi
    apt_install chromium-headless-shell || { apt_install chromium && have_browser; } ||
        playwright_browser || complain \
        "缺少浏览器，网页测试会失败；请管理员安装：apt-get install chromium" \
        "(the page tests need this package: chromium)"
}

# The checker of the pages' HTML is a Java program; its jar comes with the Python packages.
need_java() {
    command -v java >/dev/null && return
    apt_install default-jre-headless || complain \
        "缺少 Java，网页代码的检查会失败；请管理员安装：apt-get install default-jre-headless" \
        "(the check of the pages' HTML needs this package: default-jre-headless)"
}

have_font() {
    if command -v dpkg-query >/dev/null; then
        dpkg-query -W -f='${Status}' fonts-noto-cjk 2>/dev/null | grep -q 'ok installed'
    else
        fc-list : family 2>/dev/null | grep -q 'Noto Sans CJK'
    fi
}

need_font() {
    have_font || apt_install fonts-noto-cjk || complain \
        "缺少中文字体，截图与字体裁剪会失败；请管理员安装：apt-get install fonts-noto-cjk" \
        "(screenshots and cutting the fonts need this package: fonts-noto-cjk)"
}

# --------------------------------------------------------------------------- Python and pip

recent_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

find_python() {
    local name
    for name in python3 python3.13 python3.12 python3.11 python3.14; do
        if command -v "$name" >/dev/null && recent_enough "$name"; then
            echo "$name"
            return
        fi
    done
    complain "没有找到 Python 3.11 或更新的版本，请先安装：apt-get install python3 python3-venv" \
        "(Python 3.11 or newer is needed)"
    return 1
}

# Debian keeps ensurepip, which venv needs, in a package of its own.
need_ensurepip() {
    "$1" -c 'import ensurepip' >/dev/null 2>&1 && return
    local package
    package=$("$1" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    apt_install "$package" || apt_install python3-venv || {
        complain "不能建立 Python 虚拟环境，请管理员安装：apt-get install $package" \
            "(this package is needed: $package)"
        return 1
    }
}

need_venv() {
    [[ -x $PY ]] && recent_enough "$PY" && "$PY" -m pip --version >/dev/null 2>&1 && return
    local python
    python=$(find_python)
    need_ensurepip "$python"
    say "正在建立 Python 虚拟环境 $VENV"
    quietly "$python" -m venv --clear "$VENV"
}

# Install a lock file, once: the stamp holds the hash of the lock that was installed last.
need_lock() {
    local lock=$1 stamp=$VENV/installed-$1 sum
    sum=$(sha256sum <"$lock")
    [[ -f $stamp && $(<"$stamp") == "$sum" ]] && return
    say "正在安装 Python 依赖（$lock，第一次约需一分钟）"
    if ! quietly "$PY" -m pip install --require-hashes -r "$lock"; then
        complain "Python 依赖没有装好，原因见上；请检查网络后再试" \
            "(installing $lock failed, see above)"
        return 1
    fi
    printf '%s\n' "$sum" >"$stamp"
}

# ---------------------------------------------------------------------------------- lock files

# The dev lock is solved first and binds the other, so that both name the same versions.
compile_lock() {
    local output=$1
    shift
    "$UV" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --custom-compile-command "make lock" ${U:+--upgrade} \
        pyproject.toml "$@" --output-file "$output"
}

write_locks() {
    UV=$(command -v uv) || {
        local python
        python=$(find_python)
        need_ensurepip "$python"
        UV_HOME=$(mktemp -d)
        trap 'rm -rf "$UV_HOME"' EXIT
        quietly "$python" -m venv "$UV_HOME"
        quietly "$UV_HOME/bin/pip" install uv
        UV=$UV_HOME/bin/uv
    }
    compile_lock requirements-dev.lock --extra dev
    compile_lock requirements.lock --constraint requirements-dev.lock --no-annotate
    compile_lock requirements-dist.lock --extra dist --constraint requirements-dev.lock --no-annotate
    say "已更新 requirements.lock、requirements-dev.lock 与 requirements-dist.lock"
}

# ---------------------------------------------------------------------------------------- main

case ${1:-} in
    pages)
        need_venv
        need_lock requirements.lock
        ;;
    site)
        need_venv
        need_lock requirements.lock
        need_libraries
        want_rare_font
        ;;
    lint)
        need_venv
        need_lock requirements-dev.lock
        ;;
    test)
        need_venv
        need_lock requirements-dev.lock
        need_libraries
        need_browser
        need_java
        need_font
        ;;
    fonts)
        need_venv
        need_lock requirements-dev.lock
        need_font
        ;;
    dist)
        need_venv
        need_lock requirements-dev.lock
        for name in program parts; do
            quietly "$PY" -m venv --clear "build/$name"
        done
        quietly build/program/bin/pip install --require-hashes -r requirements.lock
        quietly build/parts/bin/pip install --require-hashes -r requirements-dist.lock
        ;;
    lock) write_locks ;;
    *)
        complain "用法：tools/setup.sh pages|site|lint|test|fonts|dist|lock"
        exit 2
        ;;
esac
