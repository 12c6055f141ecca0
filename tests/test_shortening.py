"""Scripts are shortened and do the same: every page of the tests runs what is sent."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

from generator.render.pages.shortening import declared, read_tokens, shortened

SCRIPTS = Path(__file__).parent.parent / "templates" / "assets" / "js"
# Which no script means but as its own.
NAMES = "close closed event find length name navigation parent print stop top when"
SURE = frozenset(NAMES.split())
ALL = [path for path in sorted(SCRIPTS.glob("*.js")) if path.name != "lunr.min.js"]

ODD = r"""/* Of all that shortening must tell apart. */
window.told = (function () {
  "use strict";

  const among = 3, 字 = "汉", other = { among: 5, 字: 1, other: 2 };  // {
  const { among: inner, left = among / 3 / 1, ...rest } = other;
  let text = `${among}/${[1, 2].map((count) => `<${count}>`).join("}")} \` ${字}`, total = 0;

  function named(among, [first, { other } = { other: 9 }], ...more) {
    for (const count of more) total += count;
    return { among, first, other, more, get total() { return total; }, plus(left) { return left + among; } };
  }

  const divide = (one, two) => one / two, regex = /[/"']+\/(among)/g, is = (other) => !other || typeof other;
  const told = named(1, ["a"], 2, 3);
  try {
    told.missing.among();
  } catch (error) {
    told.error = error instanceof TypeError ? "type" : error;
  }
  const counted = among > 2 ? other : among, key = { ["among" + among]: among, async other() { return 字; } };
  label: for (let at = 0; at < 3; at++) {
    for (const one in other) if (one === "字") continue label;
  }
  const minus = among - -1 + +1, plus = total++ + ++total;
  return JSON.stringify([among, inner, left, rest, text, told, told.plus(2), divide(8, 2),
    "x/'/among".replace(regex, "-$1"), is(0), counted, Object.keys(key), minus, plus, total, text.length / 1])
})();
"""


def told(browser: Browser, script: str) -> str:
    """What a script leaves behind."""
    page = browser.new_page()
    page.add_script_tag(content=script)
    words: str = page.evaluate("told")
    page.close()
    return words


def test_a_shortened_script_does_the_same(browser: Browser) -> None:
    short = shortened(ODD)
    assert told(browser, short) == told(browser, ODD)
    assert len(short) < len(ODD) * 2 / 3
    assert "多" not in short
    assert shortened(ODD) == short


def test_no_script_declares_what_it_may_ask_of_the_browser(browser: Browser) -> None:
    """It would be taken for the script's own wherever it stands."""
    page = browser.new_page()
    known = set(page.evaluate("Object.getOwnPropertyNames(window)"))
    page.close()
    for path in ALL:
        tokens = read_tokens(path.read_text("utf-8"))
        assert declared(tokens)[1] & known <= SURE, path.name


def test_what_stands_in_texts_stays() -> None:
    assert shortened("(function () { const many = 'many  // 2', it = /many \\/ \"/; })();") == (
        "(function(){const a='many  // 2',b=/many \\/ \"/;})();\n"
    )
