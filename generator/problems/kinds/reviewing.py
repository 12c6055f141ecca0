"""What is not published because nobody approved it."""

from __future__ import annotations

from generator.problems.kinds.kind import Kind

REVIEWING: dict[str, Kind] = {
    "village-unapproved": Kind(
        "error",
        "公开以前要先审核（site.yaml），这个村还没有一份审核过的资料，整个村没有发布。",
        "请由有权审核的人运行 approve，看过以后同意公开。",
    ),
    "approval-missing": Kind(
        "error",
        "这一份和审核时看到的不一样，或者没有审核过，没有发布。",
        "approved 文件夹里的文件只由 approve 放进去，请不要手改；请由有权审核的人再运行一次 approve。",
    ),
}
