"""How one asks about a page without a server: mail, text message and slip, written beforehand.

Nothing is sent from the page: the addresses open the reader's own programs.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from generator.views.publication import Publication
from generator.views.text import code_words


@dataclass(frozen=True)
class Asking:
    """What a question about a record begins with: `address` is empty where it is not known on
    which host the site will stand."""

    subject: str
    about: str
    address: str
    code: str

    @property
    def shared(self) -> str:
        """Title and address, for pasting into a chat."""
        return "\n".join(filter(None, (self.about, self.address)))

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines that every question begins with."""
        address = f"网址：{self.address}" if self.address else ""
        told = (f"我看了{self.about}，有疑问。", address, f"核验码：{self.code}")
        return tuple(line for line in told if line)


def asking_about(publication: Publication, village: str, address: str) -> Asking:
    """The beginning of a question about a record."""
    title = f"《{publication.title}》"
    return Asking(
        f"{village}{title}有疑问", f"{village}公开的{title}", address, code_words(publication.code)
    )


def mail_to(address: str, asking: Asking | None = None) -> str:
    """A `mailto:` address (RFC 6068): lines end with CR LF, nothing stands unencoded."""
    start = f"mailto:{quote(address, safe='@')}"
    if asking is None:
        return start
    body = "\r\n".join((*asking.lines, "", "我想问的是：", ""))
    return f"{start}?subject={_encoded(asking.subject)}&body={_encoded(body)}"


def message_to(number: str, asking: Asking | None = None) -> str:
    """An `sms:` address. RFC 5724 has `?body=`; some telephones want `&body=`, and with an
    empty part between both understand it."""
    start = "sms:" + "".join(c for c in number if c.isdigit() or c == "+")
    if asking is None:
        return start
    body = "\n".join((*asking.lines, "我想问的是："))
    return f"{start}?&body={_encoded(body)}"


def _encoded(text: str) -> str:
    return quote(text, safe="")
