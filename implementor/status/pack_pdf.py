"""The pack as tagged PDF (PDF/UA): the one sheet first, then rules, figures and every change behind it."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import fontpkg_noto_sans
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from implementor.status.pack_page import html_of, style_of_pack

CLOCK = "SOURCE_DATE_EPOCH"
_writing = Lock()
FACE = '@font-face { font-family: "Pack"; src: url("%s"); font-style: %s; font-weight: 400; }\n'
LETTERS = (("NotoSans[wdth,wght].ttf", "normal"), ("NotoSans-Italic[wdth,wght].ttf", "italic"))
FONTS = Path(fontpkg_noto_sans.__file__).parent / "files"


def pdf_of(content: Mapping[str, Any]) -> bytes:
    """The PDF of a report's content; the same content makes the same bytes."""
    return pdf_from(html_of(content), content["head"]["iso"])


def pdf_from(html: str, iso: str) -> bytes:
    """The PDF of a document of HTML, known by the moment of its issue."""
    sheet, fonts = _style()
    with _at_one_time():
        page = HTML(string=html, url_fetcher=_nothing_from_outside)
        document = page.render(stylesheets=[sheet], font_config=fonts)
        made: bytes = document.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=iso.encode())
    return made


@contextmanager
def _at_one_time() -> Iterator[None]:
    """Letters are cut out of their fonts with the moment inside, unless this variable says which; one PDF at a time.

    The collector rests meanwhile: looking through boxes that all live until the end takes a quarter of the time.
    """
    with _writing:
        before, was_collecting = os.environ.get(CLOCK), gc.isenabled()
        os.environ[CLOCK] = "0"
        gc.disable()
        try:
            yield
        finally:
            if was_collecting:
                gc.enable()
            if before is None:
                del os.environ[CLOCK]
            else:
                os.environ[CLOCK] = before


@cache
def _style() -> tuple[CSS, FontConfiguration]:
    """The style with its letters, read once; they come from the package of fonts, not from the machine."""
    fonts = FontConfiguration()
    faces = "".join(FACE % ((FONTS / file).as_uri(), style) for file, style in LETTERS)
    return CSS(string=faces + style_of_pack(), font_config=fonts), fonts


def _nothing_from_outside(url: str, *_rest: Any, **_more: Any) -> dict[str, Any]:
    """What people wrote never makes us fetch anything."""
    raise ValueError(f"a pack fetches nothing: {url[:80]}")
