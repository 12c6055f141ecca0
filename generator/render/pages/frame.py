"""What stands around every page: title, breadcrumb, village name, phone, footer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator.model.catalogue import Item
from generator.model.shared import Channel, Site
from generator.render.pages.words import shortened
from generator.views.places import Link, Place

_CARD = 34  # characters: more do not fit on two lines in WeChat


@dataclass(frozen=True)
class Frame:
    """One page's surroundings. `name` leads to `home`; `dated` says when the content was made
    public, `by` who provides it. `card` is the title on the card that messengers make of the
    page, `image` the picture on it where it is not the site's; `data` is what the page says to
    search engines. `own` are the powers of which a village has its own form; a page that
    `is_shared` by all villages takes the header of the one that its reader came from."""

    url: str
    title: str
    description: str
    crumbs: tuple[Link, ...]
    name: str
    home: str
    search: str
    phone: Channel | None
    by: str
    dated: str
    canonical: str
    card: str
    feeds: tuple[Link, ...]
    image: str = ""
    data: Mapping[str, Any] | None = None
    own: tuple[str, ...] = ()
    is_shared: bool = False


class Frames:
    """Makes the frames of one site."""

    def __init__(self, site: Site, base_url: str, today: str) -> None:
        """`today` as it is written on pages."""
        self._site = site
        self.base_url = base_url.rstrip("/")
        self._today = today

    def of_village(
        self,
        place: Place,
        url: str,
        title: str,
        crumbs: tuple[Link, ...],
        *,
        description: str = "",
        by: str = "",
        dated: str = "",
        item: Item | None = None,
        image: str = "",
        data: Mapping[str, Any] | None = None,
    ) -> Frame:
        """The frame of a village's page; crumbs begin below the village. `item` is the item that
        the page is about."""
        village, town = place.village, place.town
        head = [Link(town.name, f"t/{town.id}/")]
        if url != place.url:
            head.append(Link(village.name, place.url))
        parts = (title, village.name, self._site.name)
        return Frame(
            url=url,
            title=" - ".join(dict.fromkeys(parts)),
            description=shortened(description or f"{town.name}{village.name}：{title}"),
            crumbs=(*head, *crumbs),
            name=village.name,
            home=place.url,
            search=f"{place.url}search/",
            phone=place.phone,
            by=f"资料由{by or village.name}提供，{town.publisher}发布",
            dated=dated,
            canonical=self._canonical(url),
            card=_card(village.name, title),
            feeds=_feeds(place, item),
            image=image,
            data=data,
            own=place.own_powers,
        )

    def of_site(
        self,
        url: str,
        title: str,
        crumbs: tuple[Link, ...] = (),
        *,
        description: str = "",
        phone: Channel | None = None,
        feeds: tuple[Link, ...] = (),
        data: Mapping[str, Any] | None = None,
        is_of_today: bool = False,
        is_shared: bool = False,
    ) -> Frame:
        """The frame of a page above the villages; crumbs begin below the site's home. Only a page
        that `is_of_today`, made of what the villages published until now, says of what day it
        is: a power or a story is no newer for having been built again."""
        site = self._site
        first = next((c for c in site.channels if c.kind == "phone"), None)
        head = () if url == "" else (Link("首页", ""),)
        return Frame(
            url=url,
            title=" - ".join(dict.fromkeys((title, site.name))),
            description=shortened(description or f"{site.name}：{title}"),
            crumbs=(*head, *crumbs),
            name=site.name,
            home="",
            search="search/",
            phone=phone or first,
            by=f"{site.publisher}发布",
            dated=f"{self._today}更新" if is_of_today else "",
            canonical=self._canonical(url),
            card=_card(site.name, title),
            feeds=feeds or (Link(f"{site.name}最近公开", "feed.xml"),),
            data=data,
            is_shared=is_shared,
        )

    def _canonical(self, url: str) -> str:
        return f"{self.base_url}/{url}" if self.base_url else ""


def _card(owner: str, title: str) -> str:
    """Whose page it is and what is on it, short enough for two lines of a card."""
    return shortened(title if title.startswith(owner) else f"{owner} {title}", _CARD)


def _feeds(place: Place, item: Item | None) -> tuple[Link, ...]:
    name = place.village.name
    feeds = [Link(f"{name}最新公开", f"{place.url}feed.xml")]
    if item is not None:
        feeds.insert(0, Link(f"{name}{item.title}", f"{place.url}{item.id}/feed.xml"))
    return tuple(feeds)
