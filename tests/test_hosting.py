"""The samples in docs/hosting say what the pages say, and fit the files of a site."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from generator.render.pages.writer import PAGE_POLICY
from tests.commands import ROOT
from tests.township import write

HOSTING = ROOT / "docs" / "hosting"
README = HOSTING / "README.md"
RECIPES = ("gitlab-ci.yml", "gitee-go.yml")  # tried in tests/test_delivery.py
SAMPLES = ("nginx.conf", "Caddyfile", "htaccess", "_headers")
HEADERS = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
)
IMMUTABLE = "public, max-age=31536000, immutable"
# How each sample says which files have a hash in their names.
PATTERNS = {
    "nginx.conf": r'"~(\S+)"\s+"public, max-age=31536000, immutable"',
    "Caddyfile": r"@hashed path_regexp (\S+)",
    "htaccess": r'<FilesMatch "(\S+)">',
}


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_sends_what_the_page_says_and_what_only_a_header_can(name: str) -> None:
    text = (HOSTING / name).read_text("utf-8")
    policies = re.findall(r"Content-Security-Policy[\": ]+([^\"\n]+)", text)
    assert [p.strip() for p in policies] == [f"{PAGE_POLICY}; frame-ancestors 'self'"]
    for header, value in HEADERS:
        line = re.search(rf"^.*{header}[\": ]+([^\"\n]+)", text, re.MULTILINE)
        assert line, header
        assert line[1].strip() == value
    assert IMMUTABLE in text
    worker = text[text.index("sw") :] if name == "_headers" else text
    assert "no-cache" in worker
    for line in text.splitlines():
        if "Strict-Transport-Security" in line:
            assert line.lstrip().startswith("#"), "only who is sure of https may switch it on"


@pytest.mark.parametrize("name", PATTERNS)
def test_only_files_with_a_hash_are_kept_for_ever(name: str, site: Path) -> None:
    found = re.search(PATTERNS[name], (HOSTING / name).read_text("utf-8"))
    assert found
    pattern = re.compile(found[1])
    files = ["/" + p.relative_to(site).as_posix() for p in site.rglob("*") if p.is_file()]
    kept = {f for f in files if pattern.search(f)}
    assets = {f for f in files if f.startswith("/assets/") and not f.endswith(".md")}
    assert kept == assets
    assert len(kept) >= 5


def test_the_page_on_hosting_names_every_sample() -> None:
    text = (HOSTING / "README.md").read_text("utf-8")
    links = set(re.findall(r"\]\(([^)]+)\)", text))
    assert {link for link in links if "//" not in link} == {*SAMPLES, *RECIPES}
    assert {p.name for p in HOSTING.iterdir()} == {*SAMPLES, *RECIPES, "README.md"}


def recipe(word: str) -> str:
    """The commands of the page on hosting that have a word in them."""
    blocks = re.findall(r"^ *```\n(.*?)^ *```", README.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    return next(block for block in blocks if word in block)


@pytest.mark.skipif(sys.platform == "win32", reason="the commands are for a shell")
def test_only_what_changed_goes_to_a_store_of_objects_and_pages_go_last(tmp_path: Path) -> None:
    bin, site = tmp_path / "bin", tmp_path / "site"
    write(bin, "ossutil", '#!/bin/sh\necho "$*" >>log\n')
    (bin / "ossutil").chmod(0o755)
    for name in ("index.html", "v/甲 乙/data.csv"):
        write(site, name, "x")
    write(tmp_path, "changes.txt", "index.html\nv/甲 乙/data.csv\nv/gone/index.html\n")
    path = f"{bin}{os.pathsep}{os.environ['PATH']}"
    words = ["bash", "-euc", recipe("ossutil")]
    subprocess.run(words, cwd=tmp_path, env={**os.environ, "PATH": path}, check=True)
    assert (tmp_path / "log").read_text("utf-8").splitlines() == [
        "cp -f site/v/甲 乙/data.csv oss://桶名/v/甲 乙/data.csv",
        "cp -f site/index.html oss://桶名/index.html",
        "rm oss://桶名/v/gone/index.html",
    ]
