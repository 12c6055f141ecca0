"""Addresses that pages lead to: other pages, files, telephones, registers."""

from __future__ import annotations

from urllib.parse import quote


def relative(page: str, target: str) -> str:
    """The way from a page to a target; both are addresses from the site's root, so that the site
    works in any folder.

    `relative("v/liuxi/", "v/liuxi/ledger/#r2")` is `ledger/#r2`. A page's folder is what stands
    before its last slash. Addresses with a scheme stay as they are.
    """
    if target.startswith(("http:", "https:", "tel:", "mailto:")):
        return target
    here = page.split("/")[:-1]
    path, mark, fragment = target.partition("#")
    there = path.split("/")
    shared = 0
    while shared < min(len(here), len(there) - 1) and here[shared] == there[shared]:
        shared += 1
    way = "../" * (len(here) - shared) + "/".join(there[shared:])
    return (way or ("" if mark else "./")) + mark + fragment


def dial(number: str) -> str:
    """A phone number as a `tel:` address."""
    return "tel:" + "".join(c for c in number if c.isdigit() or c == "+")


def police_page(number: str) -> str:
    """Where the police show a site's registration (公安备案), by the digits of its number."""
    digits = "".join(c for c in number if c in "0123456789")
    page = f"#/query/webSearch?code={digits}" if digits else ""
    return f"https://beian.mps.gov.cn/{page}"


def file_url(folder: str, name: str) -> str:
    """The address of a file beside a page; names may be Chinese or have blanks."""
    return folder + quote(name)
