"""The only code that touches WeasyPrint: HTML and style sheets in, PDF out.

WeasyPrint loads Pango when it is imported, so it is imported when a sheet is wanted and not
before: without Pango everything but sheets works.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

PANGO = "Pango（libpango-1.0-0、libpangoft2-1.0-0）"
SUBSETTER = "HarfBuzz 的字体裁剪库（libharfbuzz-subset0）"
EMBEDDED = ("data:image/png;base64,", "data:image/jpeg;base64,")


def press_missing() -> str:
    """What this machine lacks for drawing sheets, by name; nothing when sheets can be drawn."""
    try:
        from weasyprint.text import ffi
    except OSError:
        return PANGO
    except ImportError:
        return "WeasyPrint（Python 库）"
    return "" if ffi.harfbuzz_subset is not None else SUBSETTER


@dataclass(frozen=True)
class Engine:
    """WeasyPrint with the packaged fonts and no other way to files or the network."""

    weasyprint: ModuleType
    fonts: Any
    fetcher: Any
    refusal: type[BaseException]

    def stylesheet(self, css: str, folder: Path) -> Any:
        """A parsed style sheet; addresses in it count from `folder`."""
        return self.weasyprint.CSS(
            string=css,
            base_url=f"{folder.resolve().as_uri()}/",
            font_config=self.fonts,
            url_fetcher=self.fetcher,
        )

    def pdf(self, html: str, address: str, styles: tuple[Any, ...], *, tagged: bool) -> bytes:
        """The document as PDF. Same input, same bytes.

        `address` is where relative links of the document lead; `tagged` adds the marks that
        screen readers use, which cost a long table a quarter of its size. Raises ValueError when the
        document asks for a file or an address.
        """
        try:
            document = self.weasyprint.HTML(
                string=html, base_url=address, url_fetcher=self.fetcher, media_type="print"
            )
            pdf: bytes = document.write_pdf(
                font_config=self.fonts,
                stylesheets=list(styles),
                pdf_variant="pdf/ua-1" if tagged else None,
            )
        except self.refusal as refused:  # not an Exception: it would end the whole build
            raise ValueError(str(refused)) from refused
        return pdf


def make_engine(fonts: Path) -> Engine:
    """An engine that may read the files of the font folder and pictures that stand in the
    document itself, nothing else."""
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import FatalURLFetchingError, URLFetcher

    allowed = frozenset(path.resolve().as_uri() for path in fonts.glob("*.ttf"))

    class FontsOnly(URLFetcher):  # type: ignore[misc]
        """Refuses every address but the packaged fonts'; embedded pictures have none."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            if url not in allowed and not url.startswith(EMBEDDED):
                raise FatalURLFetchingError(f"not a packaged font: {url}")
            return super().fetch(url, headers)

    protocols = ("file", "data")
    fetcher = FontsOnly(allowed_protocols=protocols, allow_redirects=False, fail_on_errors=True)
    return Engine(weasyprint, FontConfiguration(), fetcher, FatalURLFetchingError)
