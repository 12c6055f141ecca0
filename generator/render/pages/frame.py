"""What stands around every page: title, breadcrumb, village name, phone, footer."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model.shared import Channel, Site
from generator.render.pages.words import shortened
from generator.views.places import Link, Place


@dataclass(frozen=True)
class Frame:
    """One page's surroundings. `name` leads to `home`; `dated` says when the content was made
    public, `by` who provides it. `feed` is empty where there is none."""

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
    feed: str = ""


class Frames:
    """Makes the frames of one site."""

    def __init__(self, site: Site, base_url: str, today: str) -> None:
        """`today` as it is written on pages."""
        self._site = site
        self._base_url = base_url.rstrip("/")
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
    ) -> Frame:
        """The frame of a village's page; crumbs begin below the village."""
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
            feed=f"{place.url}feed.xml",
        )

    def of_site(
        self,
        url: str,
        title: str,
        crumbs: tuple[Link, ...] = (),
        *,
        description: str = "",
        phone: Channel | None = None,
    ) -> Frame:
        """The frame of a page above the villages; crumbs begin below the site's home."""
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
            dated=f"{self._today}更新",
            canonical=self._canonical(url),
        )

    def _canonical(self, url: str) -> str:
        return f"{self._base_url}/{url}" if self._base_url else ""
