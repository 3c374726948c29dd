"""What decks of slides are made of: slides with a title and notes, native tables and charts, words for every shape."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
from pptx.util import Emu, Inches, Pt

from implementor.status.office_files import plain, steady

WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
LEFT, TOP, ROOM = Inches(0.6), Inches(1.35), Inches(12.13)
ROWS_ON_A_SLIDE = 9
TONES = {
    "ok": RGBColor(0x1A, 0x6B, 0x3C), "risk": RGBColor(0x8A, 0x4B, 0x00), "off": RGBColor(0xA3, 0x24, 0x1A),
    "neutral": RGBColor(0x4D, 0x5A, 0x6B),
}  # fmt: skip
SERIES = (
    RGBColor(0x0F, 0x76, 0x6E),
    RGBColor(0x1D, 0x5B, 0x8F),
    RGBColor(0xB4, 0x53, 0x09),
    RGBColor(0x5B, 0x64, 0x70),
)
INK, MUTED, HEAD = RGBColor(0x1B, 0x24, 0x30), RGBColor(0x4D, 0x5A, 0x6B), RGBColor(0xEC, 0xEF, 0xF3)
MARKS = {"ok": "●", "risk": "▲", "off": "■", "neutral": "○"}
TITLE_ONLY = 5
"""The layout of the default template that has a title and nothing else."""
Cell = str | tuple[str, str]
"""Text, or text with its tone."""


def begin_deck(content: Mapping[str, Any]) -> Any:
    """A deck whose first slide is the verdict."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    about = deck.core_properties
    about.title, about.author, about.language = (
        content["head"]["title"],
        content["head"]["issued_by"],
        content["language"],
    )
    about.last_modified_by, about.subject = content["head"]["issued_by"], content["head"]["period"]
    _front(deck, content)
    return deck


def ended(deck: Any, content: Mapping[str, Any]) -> bytes:
    """The bytes of a deck, dated by the moment of issue."""
    out = BytesIO()
    deck.save(out)
    return steady(out.getvalue(), datetime.fromisoformat(content["head"]["iso"]))


def add_slide(deck: Any, title: str, notes: str) -> Any:
    """A slide with its title and the notes to read out."""
    slide = deck.slides.add_slide(deck.slide_layouts[TITLE_ONLY])
    shape = slide.shapes.title
    shape.left, shape.top, shape.width, shape.height = LEFT, Inches(0.4), ROOM, Inches(0.8)
    shape.text_frame.text = title
    paragraph = shape.text_frame.paragraphs[0]
    paragraph.font.size, paragraph.font.bold, paragraph.font.color.rgb = Pt(26), True, INK
    paragraph.alignment = 1
    slide.notes_slide.notes_text_frame.text = notes
    return slide


def _front(deck: Any, content: Mapping[str, Any]) -> None:
    """The verdict in large type, with its provenance and the comment."""
    head, verdict, words = content["head"], content["verdict"], content["words"]
    told = f"{verdict['label']}: {verdict['sentence']}"
    slide = add_slide(deck, head["title"], f"{told}\n{verdict['provenance']}\n{words['source']}")
    box = slide.shapes.add_textbox(LEFT, TOP, ROOM, Inches(5))
    _describe(box, words["verdict"], f"{verdict['colour']['word']}. {told}")
    frame = box.text_frame
    frame.word_wrap = True
    lines: tuple[tuple[str, int, RGBColor], ...] = (
        (f"{MARKS[verdict['colour']['tone']]} {verdict['colour']['word']}", 32, TONES[verdict["colour"]["tone"]]),
        (told, 24, INK),
        (verdict["provenance"], 16, MUTED),
        (
            f"{words['period']}: {head['period']}. {words['issued']} {head['issued_on']}, {head['issued_by']}.",
            14,
            MUTED,
        ),
        (plain(content["comment"]), 16, INK),
    )
    for place, (text, size, colour) in enumerate(line for line in lines if line[0]):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.text = text
        paragraph.font.size, paragraph.font.color.rgb, paragraph.space_after = Pt(size), colour, Pt(10)


def add_chart(slide: Any, kind: Any, data: Any, name: str, finding: str) -> None:
    """A native chart over the whole slide; `finding` stands for it where it is not seen."""
    frame = slide.shapes.add_chart(kind, LEFT, TOP, ROOM, Inches(5.6), data)
    _describe(frame, name, finding)
    chart = frame.chart
    chart.has_title = False
    chart.has_legend = len(chart.plots[0].series) > 1
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    chart.font.size = Pt(12)
    chart.value_axis.tick_labels.number_format, chart.value_axis.tick_labels.number_format_is_linked = "#,##0", False
    chart.value_axis.major_gridlines.format.line.color.rgb = HEAD
    for place, series in enumerate(chart.plots[0].series):
        line = kind == XL_CHART_TYPE.LINE_MARKERS
        if line:
            series.smooth = False
            series.format.line.color.rgb = SERIES[place]
        else:
            series.format.fill.solid()
            series.format.fill.fore_color.rgb = SERIES[(place + 1) % len(SERIES)]


def add_table_slides(deck: Any, title: str, heading: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
    """A table over as many slides as it needs."""
    parts = [rows[start : start + ROWS_ON_A_SLIDE] for start in range(0, len(rows), ROWS_ON_A_SLIDE)]
    for place, part in enumerate(parts, start=1):
        name = f"{title} ({place}/{len(parts)})" if len(parts) > 1 else title
        notes = "\n".join(" · ".join(cell_text(cell) for cell in row) for row in part)
        share = 1 / len(heading)
        widths = (share + 0.16, *(share - 0.16 / (len(heading) - 1) for _ in heading[1:]))
        add_table(add_slide(deck, name, notes), name, heading, part, widths)


def add_table(
    slide: Any, name: str, heading: Sequence[str], rows: Sequence[Sequence[Cell]], widths: Sequence[float]
) -> None:
    """A native table; `widths` are shares of the slide."""
    frame = slide.shapes.add_table(len(rows) + 1, len(heading), LEFT, TOP, ROOM, Inches(0.45) * (len(rows) + 1))
    _describe(frame, name, ", ".join(heading))
    table = frame.table
    for column, share in enumerate(widths):
        table.columns[column].width = Emu(int(ROOM * share))
    for place, row in enumerate([heading, *rows]):
        for column, cell in enumerate(row):
            _fill(table.cell(place, column), cell, is_head=place == 0)


def _fill(cell: Any, told: Cell, *, is_head: bool) -> None:
    cell.text_frame.text = cell_text(told)
    cell.fill.solid()
    cell.fill.fore_color.rgb = HEAD if is_head else RGBColor(0xFF, 0xFF, 0xFF)
    for paragraph in cell.text_frame.paragraphs:
        paragraph.font.size, paragraph.font.bold = Pt(12), is_head
        paragraph.font.color.rgb = TONES[told[1]] if isinstance(told, tuple) else INK


def _describe(shape: Any, name: str, text: str) -> None:
    """A name and the words that stand for the shape where it is not seen."""
    properties = shape._element.xpath(".//p:cNvPr")[0]
    properties.set("name", name)
    properties.set("descr", text)


def colour_cell(colour: Mapping[str, str]) -> Cell:
    """A colour as shape, word and tone."""
    return f"{MARKS[colour['tone']]} {colour['word']}", colour["tone"]


def cell_text(cell: Cell) -> str:
    """What a cell says."""
    return cell[0] if isinstance(cell, tuple) else cell
