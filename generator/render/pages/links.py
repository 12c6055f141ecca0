"""Addresses from one page to another, so that the site works in any folder."""

from __future__ import annotations


def relative(page: str, target: str) -> str:
    """The way from a page to a target; both are addresses from the site's root.

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
