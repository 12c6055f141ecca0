"""Makes visited pages readable without network: the service worker and its one page."""

from __future__ import annotations

import hashlib

from generator.output.files import OutputFile
from generator.render.pages.assets import Assets, as_sent
from generator.render.pages.frame import Page
from generator.render.pages.writer import PageWriter
from generator.render.templates import Templates

WORKER = "sw.js"
OFFLINE = "offline.html"


def offline_files(
    writer: PageWriter, templates: Templates, assets: Assets
) -> tuple[OutputFile, OutputFile]:
    """The service worker, and the page that it shows instead of one that was not kept.

    The worker's name stays the same for ever, since browsers ask for it by name; its version
    changes with its own words and with whatever it fetches at the start.
    """
    page = writer.write(Page("offline.html", OFFLINE, writer.say("offline"), {}))
    code = as_sent(templates, f"js/{WORKER}").decode()
    listed = " ".join(sorted(at for name, at in assets.addresses.items() if _is_code(name)))
    version = hashlib.sha256((code + listed + page.sha256).encode()).hexdigest()[:12]
    worker = code.replace("{{version}}", version).replace("{{assets}}", listed)
    return OutputFile(WORKER, worker.encode()), page


def _is_code(name: str) -> bool:
    return name.endswith((".css", ".js"))
