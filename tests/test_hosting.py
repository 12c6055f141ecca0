"""The samples in docs/hosting say what the pages say, and fit the files of a site."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.render.pages.writer import PAGE_POLICY
from tests.commands import ROOT

HOSTING = ROOT / "docs" / "hosting"
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
    assert links == set(SAMPLES)
    assert {p.name for p in HOSTING.iterdir()} == {*SAMPLES, "README.md"}
