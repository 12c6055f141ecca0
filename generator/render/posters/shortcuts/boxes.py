"""Shorter ways to what every box is asked: its lengths, its place in the flow, its background."""

from __future__ import annotations

from typing import Any

from generator.render.posters.shortcuts.ways import Function, Way

_LENGTHS = (
    *(
        f"{kind}_{side}"
        for kind in ("margin", "padding")
        for side in ("top", "right", "bottom", "left")
    ),
    *("width", "min_width", "max_width", "height", "min_height", "max_height"),
)
_BORDERS = tuple(f"border_{side}_width" for side in ("top", "right", "bottom", "left"))
_CORNERS = tuple(
    f"border_{corner}_radius" for corner in ("top_left", "top_right", "bottom_right", "bottom_left")
)


def ways() -> list[Way]:
    """The functions of this room."""
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout import background, percent

    return [
        (lengths_of(percent), percent, "resolve_percentages"),
        (flow_of(boxes), boxes.Box, "is_in_normal_flow"),
        (background_of(background, boxes), background, "layout_box_backgrounds"),
    ]


def flow_of(boxes: Any) -> Function:
    """`Box.is_in_normal_flow`: it is the same for all boxes of a style."""
    whole = boxes.Box.is_in_normal_flow

    def is_in_normal_flow(self: Any) -> Any:
        known = self.style.__dict__
        if "flows" not in known:
            known["flows"] = whole(self)
        return known["flows"]

    return is_in_normal_flow


def background_of(background: Any, boxes: Any) -> Function:
    """`layout_box_backgrounds`: most styles have neither background nor round corners."""
    whole = background.layout_box_backgrounds
    sharp = dict.fromkeys(_CORNERS, (0, 0))

    def is_bare(style: Any) -> bool:
        return (
            all((0, "px") in style[corner] for corner in _CORNERS)
            and style["border_image_source"][0] == style["mask_border_source"][0] == "none"
            and all(image == ("none", None) for image in style["background_image"])
            and style["visibility"] != "hidden"
            and not style["box_shadow"]
            and background_colour(style).alpha == 0
        )

    def background_colour(style: Any) -> Any:
        value = style["background_color"]
        return style["color"] if value == "currentcolor" else value

    def layout_box_backgrounds(
        page: Any, box: Any, get_image: Any, layout_children: bool = True, style: Any = None
    ) -> None:
        known = box.style.__dict__
        if "is_bare" not in known:
            known["is_bare"] = is_bare(box.style)
        is_usual = known["is_bare"] and isinstance(box, boxes.Box)
        if style is not None or box is page or not is_usual:
            whole(page, box, get_image, layout_children, style)
            return
        box.__dict__.update(sharp)
        if layout_children:
            for child in box.all_children():
                layout_box_backgrounds(page, child, get_image)
        box.background = None

    return layout_box_backgrounds


def lengths_of(percent: Any) -> Function:
    """`resolve_percentages`: lengths of a style that are the same in whatever they stand."""
    whole = percent.resolve_percentages

    def fixed(style: Any) -> dict[str, Any] | None:
        """Nothing where a length is a share of something, or is computed."""
        found = {}
        for name in _LENGTHS:
            value = style[name]
            if value != "auto" and getattr(value, "unit", None) != "px":
                return None
            is_least = value == "auto" and name.startswith("min_")
            found[name] = 0 if is_least else value if value == "auto" else value.value
        return found

    def resolve_percentages(box: Any, containing_block: Any) -> None:
        style = box.style
        if "fixed_lengths" not in style.__dict__:
            style.fixed_lengths = fixed(style)
        if style.fixed_lengths is None:
            whole(box, containing_block)
            return
        box.__dict__.update(style.fixed_lengths)
        collapses = style["border_collapse"] == "collapse"
        for name in _BORDERS:
            if not (collapses and hasattr(box, name)):
                setattr(box, name, style[name])
        if style["box_sizing"] != "content-box":
            percent.adjust_box_sizing(box, "width")
            percent.adjust_box_sizing(box, "height")

    return resolve_percentages
