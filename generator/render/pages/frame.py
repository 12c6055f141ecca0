"""What surrounds each page: title, breadcrumbs, village name, phone, footer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from generator.model.catalogue import Item
from generator.model.shared import Channel, Site
from generator.views.places import Ask, Link, Place, asks_of

Say = Callable[..., str]
"""Fills a phrase of `templates/words/pages.txt` with facts."""

_CARD = 34  # characters: more do not fit on two lines in WeChat
_DESCRIPTION = 120


@dataclass(frozen=True)
class Page:
    """A page before it is written: a template, the `facts` that fill it, and what its frame is
    made of. `place` is the village whose page it is, None above the villages; `crumbs` begin
    below the village or the site's home. `item` is the item that it is about; `image` the picture
    on the card that messengers make of it, where that is not the site's; `data` is what it says
    to search engines. A page that is made of what was published is `dated` by it: a power or a story
    is no newer for having been built again. One that `is_shared` by all villages takes the header
    of the one that its reader came from."""

    template: str
    url: str
    title: str
    facts: Mapping[str, object]
    place: Place | None = None
    crumbs: tuple[Link, ...] = ()
    description: str = ""
    by: str = ""
    dated: str = ""
    item: Item | None = None
    image: str = ""
    data: Mapping[str, Any] | None = None
    phone: Channel | None = None
    feeds: tuple[Link, ...] = ()
    is_shared: bool = False


@dataclass(frozen=True)
class Frame:
    """One page's surroundings. `name` leads to `home`; `dated` says when the content was made
    public, `by` who provides it. `card` is the title on the card that messengers make of the
    page. `own` are the powers of which a village has its own form, `asks` says whom to tell what."""

    page: Page
    title: str
    description: str
    crumbs: tuple[Link, ...]
    name: str
    home: str
    phone: Channel | None
    by: str
    dated: str
    canonical: str
    card: str
    feeds: tuple[Link, ...]
    own: tuple[str, ...]
    asks: tuple[Ask, ...]


def frame_of(page: Page, site: Site, base_url: str, say: Say) -> Frame:
    """The frame of a page."""
    place = page.place
    owner = place.village.name if place else site.name
    whose = f"{place.town.name}{owner}" if place else owner
    phone = place.phone if place else next((c for c in site.channels if c.kind == "phone"), None)
    return Frame(
        page=page,
        title=" - ".join(dict.fromkeys((page.title, owner, site.name))),
        description=_shortened(page.description or f"{whose}：{page.title}", _DESCRIPTION),
        crumbs=(*_above(page, say), *page.crumbs),
        name=owner,
        home=place.url if place else "",
        phone=page.phone or phone,
        by=say("by_village", village=page.by or owner, publisher=place.town.publisher)
        if place
        else say("by_site", publisher=site.publisher),
        dated=page.dated,
        canonical=f"{base_url}/{page.url}" if base_url else "",
        card=_card(owner, page.title),
        feeds=page.feeds or _feeds(page, site, say),
        own=place.own_powers if place else (),
        asks=place.asks if place else asks_of(site.questions, site.channels),
    )


def _above(page: Page, say: Say) -> tuple[Link, ...]:
    """The first links of the breadcrumb: town and village, or the site's home."""
    if page.place is None:
        return (Link(say("home"), ""),) if page.url else ()
    village, town = page.place.village, page.place.town
    above = Link(town.name, f"t/{town.id}/")
    return (above,) if page.url == page.place.url else (above, Link(village.name, page.place.url))


def _feeds(page: Page, site: Site, say: Say) -> tuple[Link, ...]:
    if page.place is None:
        return (Link(say("lately", place=site.name), "feed.xml"),)
    name, url = page.place.village.name, page.place.url
    newest = Link(say("newest", village=name), f"{url}feed.xml")
    if page.item is None:
        return (newest,)
    return (Link(f"{name}{page.item.called}", f"{url}{page.item.id}/feed.xml"), newest)


def _card(owner: str, title: str) -> str:
    """The page's owner and subject, short enough for two lines of a card."""
    return _shortened(title if title.startswith(owner) else f"{owner} {title}", _CARD)


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
