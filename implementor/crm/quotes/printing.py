"""A quote on paper: a PDF with its lines, discount, tax by rate, total and terms, in the language that is spoken."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Any

import fontpkg_noto_sans
from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import KeepTogether, Paragraph, SimpleDocTemplate, Spacer, Table

from implementor.crm.orders.pricing import Totals
from implementor.foundation.amounts import shown_share
from implementor.foundation.money import show_amount
from implementor.foundation.words import Phrase, say, speech
from implementor.web.language import show_date, show_number

FONT = "Noto Sans"
FONT_FILE = Path(fontpkg_noto_sans.__file__).parent / "files" / "NotoSans[wdth,wght].ttf"
UNKNOWN = "\ufffd"
"""Stands for a letter that the font does not have."""
INK, MUTED, RULE, SHADE = HexColor("#1c2430"), HexColor("#566273"), HexColor("#c9d0d9"), HexColor("#f1f4f7")
MARGIN, FRAME = 16 * mm, 6
"""The white around the text, of which the frame of the page keeps a part (in points)."""
WIDTHS = (54 * mm, 18 * mm, 34 * mm, 20 * mm, 18 * mm, 34 * mm)


@dataclass(frozen=True)
class PaperLine:
    """A line as it is printed; amounts are minor units, shares 0 to 1."""

    name: str
    quantity: Decimal
    unit_price: int
    discount: Decimal
    tax: Decimal
    net: int


@dataclass(frozen=True)
class Paper:
    """What stands on the paper. `mark` says what the reader must know before, such as that it is superseded."""

    number: str
    quoted_on: date
    valid_until: date
    currency: str
    totals: Totals
    lines: Sequence[PaperLine] = field(default_factory=tuple)
    discount: Decimal = Decimal(0)
    company: str = ""
    seller: str = ""
    account: str = ""
    contact: str = ""
    reference: str = ""
    introduction: str = ""
    terms: str = ""
    mark: Phrase | None = None


def pdf_of(paper: Paper) -> bytes:
    """The file. The same paper always makes the same bytes."""
    letters()
    made = BytesIO()
    title = str(say("Quote %(number)s", number=paper.number))
    document = SimpleDocTemplate(
        made, pagesize=A4, invariant=1, leftMargin=MARGIN - FRAME, rightMargin=MARGIN - FRAME, topMargin=18 * mm,
        bottomMargin=20 * mm, title=title, author=paper.company or paper.seller, lang=speech().language,
    )  # fmt: skip
    drawn = [*_head(paper, title), _lines(paper), Spacer(0, 5 * mm), KeepTogether([_totals(paper)]), *_terms(paper)]
    foot = _foot(paper)
    document.build(drawn, onFirstPage=foot, onLaterPages=foot)
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
    shown = (one for one in unicodedata.normalize("NFC", text) if one == "\n" or unicodedata.category(one) not in STEER)
    return "".join(one if one == "\n" or ord(one) in known else UNKNOWN for one in shown)


STEER = ("Cc", "Cf", "Cs", "Co", "Cn")


# --- parts of the page ------------------------------------------------------------------------------------------------


def _style(size: float = 9, **more: Any) -> ParagraphStyle:
    return ParagraphStyle("text", fontName=FONT, fontSize=size, leading=size * 1.35, **{"textColor": INK, **more})


def _text(text: object, **style: Any) -> Paragraph:
    """Somebody's text as it is: nothing in it is markup."""
    lines = escape(printable(str(text)), quote=False).split("\n")
    return Paragraph("<br/>".join(lines), _style(**style))


def _head(paper: Paper, title: str) -> list[Any]:
    drawn: list[Any] = []
    if paper.company:
        drawn += [_text(paper.company, size=11, textColor=MUTED), Spacer(0, 3 * mm)]
    drawn += [_text(title, size=19), Spacer(0, 3 * mm)]
    if paper.mark is not None:
        drawn += [_text(paper.mark, size=11, borderColor=RULE, borderWidth=0.7, borderPadding=5), Spacer(0, 6 * mm)]
    facts = [
        (say("For"), "\n".join(one for one in (paper.account, paper.contact) if one)),
        (say("Your reference"), paper.reference),
        (say("Quoted on"), show_date(paper.quoted_on, "long")),
        (say("Valid until"), show_date(paper.valid_until, "long")),
        (say("Your contact"), paper.seller),
    ]
    rows = [[_text(label, textColor=MUTED), _text(value)] for label, value in facts if value]
    table = Table(rows, colWidths=(38 * mm, None), hAlign="LEFT", style=[*PLAIN, ("LEFTPADDING", (0, 0), (0, -1), 0)])
    opening = [_text(paper.introduction), Spacer(0, 7 * mm)] if paper.introduction else []
    return [*drawn, table, Spacer(0, 7 * mm), *opening]


PLAIN: list[Any] = [
    ("VALIGN", (0, 0), (-1, -1), "TOP"), ("TOPPADDING", (0, 0), (-1, -1), 1.5),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5),
]  # fmt: skip


def _lines(paper: Paper) -> Table:
    right = {"alignment": TA_RIGHT}
    heads = (say("What is sold"), say("Quantity"), say("Price of one"), say("Discount"), say("Tax"))
    head = [_text(one, size=8, textColor=MUTED, **(right if place else {})) for place, one in enumerate(heads)]
    rows = [[*head, _text(say("Without tax"), size=8, textColor=MUTED, **right)]]
    for line in paper.lines:
        figures = (
            show_number(line.quantity), _amount(line.unit_price, paper), _share(line.discount) if line.discount else "",
            _share(line.tax), _amount(line.net, paper),
        )  # fmt: skip
        rows.append([_text(line.name), *(_text(one, **right) for one in figures)])
    style = [
        *PLAIN, ("BACKGROUND", (0, 0), (-1, 0), SHADE), ("LINEBELOW", (0, 0), (-1, -1), 0.5, RULE),
        ("LEFTPADDING", (0, 0), (-1, -1), 4), ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        ("TOPPADDING", (0, 0), (-1, -1), 3), ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
    ]  # fmt: skip
    return Table(rows, colWidths=WIDTHS, repeatRows=1, splitInRow=1, style=style)


def _totals(paper: Paper) -> Table:
    totals, found = paper.totals, list[tuple[Any, int]]()
    if totals.discount:
        found.append((say("Sum of the lines"), totals.subtotal))
        found.append((say("Discount of %(share)s", share=_share(paper.discount)), -totals.discount))
    found.append((say("Without tax"), totals.amounts.net))
    for rate, amounts in totals.by_rate.items():
        if rate or len(totals.by_rate) > 1:
            base = _amount(amounts.net, paper)
            found.append((say("Tax of %(rate)s on %(base)s", rate=_share(rate), base=base), amounts.tax))
    rows = [[_text(label, alignment=TA_RIGHT), _text(_amount(one, paper), alignment=TA_RIGHT)] for label, one in found]
    total = _amount(totals.amounts.total, paper)
    rows.append([_text(say("Total"), size=12, alignment=TA_RIGHT), _text(total, size=12, alignment=TA_RIGHT)])
    style = [
        *PLAIN,
        ("LINEABOVE", (0, -1), (-1, -1), 1, INK),
        ("TOPPADDING", (0, -1), (-1, -1), 4),
        ("RIGHTPADDING", (0, 0), (-1, -1), 4),
    ]
    return Table(rows, colWidths=(75 * mm, 42 * mm), hAlign="RIGHT", style=style)


def _terms(paper: Paper) -> list[Any]:
    if not paper.terms:
        return []
    return [Spacer(0, 8 * mm), _text(say("Terms"), size=11), Spacer(0, 2 * mm), _text(paper.terms)]


def _foot(paper: Paper) -> Any:
    """Draws the number and the page under every page."""

    def draw(canvas: Any, document: Any) -> None:
        canvas.saveState()
        canvas.setFont(FONT, 8)
        canvas.setFillColor(MUTED)
        canvas.drawString(MARGIN, 11 * mm, printable(paper.number)[:60])
        canvas.drawRightString(A4[0] - MARGIN, 11 * mm, str(say("Page %(page)s", page=document.page)))
        canvas.restoreState()

    return draw


def _amount(minor: int, paper: Paper) -> str:
    return show_amount(minor, paper.currency, speech().language)


def _share(ratio: Decimal) -> str:
    return f"{shown_share(ratio)}\u00a0%"
