"""A certificate on paper: who completed which course, when, and until when it counts."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cache
from html import escape
from io import BytesIO
from pathlib import Path

import fontpkg_noto_sans
from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

from implementor.foundation.words import say, speech
from implementor.web.language import show_date

FONT = "Noto Sans"
FONT_FILE = Path(fontpkg_noto_sans.__file__).parent / "files" / "NotoSans[wdth,wght].ttf"
INK, MUTED = HexColor("#1c2430"), HexColor("#566273")
STEER = ("Cc", "Cf", "Cs", "Co", "Cn")
UNKNOWN = "\ufffd"


@dataclass(frozen=True)
class Certificate:
    """What stands on the paper."""

    number: str
    person: str
    course: str
    project: str
    trained_on: date
    valid_until: date | None
    minutes: int


def pdf_of(paper: Certificate) -> bytes:
    """The file. The same certificate always makes the same bytes."""
    made = BytesIO()
    title = str(say("Certificate %(number)s", number=paper.number))
    document = SimpleDocTemplate(
        made, pagesize=landscape(A4), invariant=1, topMargin=38 * mm, bottomMargin=20 * mm, title=title,
        author=printable(paper.project), lang=speech().language,
    )  # fmt: skip
    until = (
        say("Valid until %(day)s", day=show_date(paper.valid_until, "long"))
        if paper.valid_until is not None
        else say("Valid without limit")
    )
    document.build([
        _text(paper.project, 11, MUTED), Spacer(0, 10 * mm), _text(say("Certificate of training"), 26),
        Spacer(0, 12 * mm),
        _text(paper.person, 20), Spacer(0, 5 * mm), _text(say("has completed the course"), 11, MUTED),
        Spacer(0, 5 * mm),
        _text(paper.course, 16), Spacer(0, 10 * mm),
        _text(say("Completed on %(day)s", day=show_date(paper.trained_on, "long")), 11), _text(until, 11),
        _text(say("%(minutes)s minutes", minutes=paper.minutes), 11, MUTED), Spacer(0, 14 * mm), _text(title, 9, MUTED),
    ])  # fmt: skip
    return made.getvalue()


@cache
def letters() -> frozenset[int]:
    """The characters that can be printed."""
    font = TTFont(FONT, str(FONT_FILE))
    pdfmetrics.registerFont(font)
    return frozenset(font.face.charToGlyph)


def printable(text: str) -> str:
    """Text with a mark for every character that the font lacks, and without those that steer or hide others."""
    known = letters()
    shown = (one for one in unicodedata.normalize("NFC", text) if unicodedata.category(one) not in STEER)
    return "".join(one if ord(one) in known else UNKNOWN for one in shown)


def _text(text: object, size: float, color: HexColor = INK) -> Paragraph:
    """Somebody's text as it is: nothing in it is markup."""
    letters()
    style = ParagraphStyle(
        "text", fontName=FONT, fontSize=size, leading=size * 1.35, textColor=color, alignment=TA_CENTER
    )
    return Paragraph(escape(printable(str(text)), quote=False), style)
