"""Asking about a page without a server: mail, text message and slip with the record already named.

Nothing is sent from the page: the addresses open the reader's own programs.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from generator.publishing.publication import Publication
from generator.publishing.text import code_words
from generator.render.pages.frame import Say


@dataclass(frozen=True)
class Asking:
    """The beginning of a question about a record: `lines`, then the `question` that the reader
    continues. `address` is empty where it is not known on which host the site will stand."""

    subject: str
    about: str
    address: str
    code: str
    lines: tuple[str, ...]
    question: str

    @property
    def shared(self) -> str:
        """Title and address, for pasting into a chat."""
        return "\n".join(filter(None, (self.about, self.address)))


def asking_about(publication: Publication, village: str, address: str, say: Say) -> Asking:
    """The beginning of a question about a record."""
    title, code = publication.title, code_words(publication.code)
    about = say("record", village=village, title=title)
    lines = (
        say("seen", record=about),
        say("address", url=address) if address else "",
        say("code", code=code),
    )
    doubt = say("doubt", village=village, title=title)
    return Asking(doubt, about, address, code, tuple(filter(None, lines)), say("question"))


def mail_to(address: str, asking: Asking | None = None) -> str:
    """A `mailto:` address (RFC 6068): lines end with CR LF, nothing stands unencoded."""
    start = f"mailto:{quote(address, safe='@')}"
    if asking is None:
        return start
    body = "\r\n".join((*asking.lines, "", asking.question, ""))
    return f"{start}?subject={_encoded(asking.subject)}&body={_encoded(body)}"


def message_to(number: str, asking: Asking | None = None) -> str:
    """An `sms:` address. RFC 5724 has `?body=`; some telephones want `&body=`, and with an
    empty part between both understand it."""
    start = "sms:" + "".join(c for c in number if c.isdigit() or c == "+")
    if asking is None:
        return start
    return f"{start}?&body={_encoded(chr(10).join((*asking.lines, asking.question)))}"


def _encoded(text: str) -> str:
    return quote(text, safe="")
