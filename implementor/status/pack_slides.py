"""The pack as slides: native tables and charts that can be edited, notes to read out, and words for every picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData
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
MOST_CHANGES = 4 * ROWS_ON_A_SLIDE
"""Nobody reads hundreds of slides of changes; the PDF and the workbook hold them all."""
TITLE_ONLY = 5
"""The layout of the default template that has a title and nothing else."""
Cell = str | tuple[str, str]
"""Text, or text with its tone."""


def pptx_of(content: Mapping[str, Any]) -> bytes:
    """The slides of a report's content; the same content makes the same bytes."""
    at = datetime.fromisoformat(content["head"]["iso"])
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
    _dimensions(deck, content)
    if content["progress"]:
        _progress(deck, content)
    if content["money"]:
        _money(deck, content)
    for title, heading, rows in _tables(content):
        _table_slides(deck, title, heading, rows)
    out = BytesIO()
    deck.save(out)
    return steady(out.getvalue(), at)


def _slide(deck: Any, title: str, notes: str) -> Any:
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
    slide = _slide(deck, head["title"], f"{told}\n{verdict['provenance']}\n{words['source']}")
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


def _dimensions(deck: Any, content: Mapping[str, Any]) -> None:
    """The six dimensions: what is shown, what was computed, why, and the colours of the last reports."""
    words = content["words"]
    rows: list[Sequence[Cell]] = []
    for place, one in enumerate(content["dimensions"]):
        by_hand = one["by_hand"]
        why = one["sentence"]
        if by_hand:
            why = f"{words['by_hand']} ({by_hand['who']}, {words['until']} {by_hand['until']}): {by_hand['reason']}\n" \
                  f"{words['computed']}: {one['computed']['word']}. {one['sentence']}"  # fmt: skip
        before = " ".join(MARKS[told["colours"][place]["tone"]] for told in content["strip"])
        rows.append([one["label"], _told(one["shown"]), why, before])
    heading = [words["dimension"], words["colour"], words["why"], words["history"]]
    notes = "\n".join(f"{one['label']}: {one['rule']}" for one in content["dimensions"])
    slide = _slide(deck, words["report"], notes)
    _table(slide, words["report"], heading, rows, (0.16, 0.16, 0.5, 0.18))


def _progress(deck: Any, content: Mapping[str, Any]) -> None:
    progress, words = content["progress"], content["words"]
    data = CategoryChartData()
    data.categories = [row["day"] for row in progress["rows"]]
    for name in ("scope", "validated"):
        data.add_series(words[name], [row[name] for row in progress["rows"]])
    slide = _slide(deck, f"{words['progress']}: {progress['title']}", progress["finding"])
    _chart(slide, XL_CHART_TYPE.LINE_MARKERS, data, words["progress"], progress["finding"])


def _money(deck: Any, content: Mapping[str, Any]) -> None:
    money, words = content["money"], content["words"]
    data = CategoryChartData()
    data.categories = [label for label, _value in money["bars"]]
    data.add_series(money["currency"], [value for _label, value in money["bars"]])
    notes = "\n".join([money["sentence"], *(f"{label}: {value}" for label, value in money["pairs"])])
    slide = _slide(deck, f"{words['money']}: {money['sentence']}", notes)
    _chart(slide, XL_CHART_TYPE.BAR_CLUSTERED, data, words["money"], notes)


def _chart(slide: Any, kind: Any, data: Any, name: str, finding: str) -> None:
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
            series.format.fill.fore_color.rgb = SERIES[1]


def _tables(content: Mapping[str, Any]) -> list[tuple[str, Sequence[str], list[Sequence[Cell]]]]:
    words = content["words"]
    found: list[tuple[str, Sequence[str], list[Sequence[Cell]]]] = [
        (words["decisions"], [words["question"], words["options"], words["due"]],
         [[one["question"], " / ".join(one["options"]), one["due"]] for one in content["decisions"]]),
        (words["risks"], [words["risk"], words["score"], words["owner"], words["plan"]],
         [[f"{one['title']} ({words[one['mark']]})" if one["mark"] else one["title"], str(one["score"]), one["owner"],
           one["plan"]] for one in content["risks"]["rows"]]),
        (words["milestones"], [words["milestone"], words["planned"], words["forecast"], words["moved"]],
         [[one["title"], one["planned"], (f"{one['forecast']} ({one['late_text']})", "off") if one["late_text"]
           else one["forecast"], one["moves_text"]] for one in content["milestones"]]),
        (words["metrics"], [words["metric"], words["baseline"], words["latest"], words["target"], words["standing"]],
         [[one["name"], one["baseline"], one["latest"], one["target"], one["state"]] for one in content["metrics"]]),
        (words["changes"], [words["record"], words["field"], words["before"], words["after"]], _changes(content)),
    ]  # fmt: skip
    return [one for one in found if one[2]]


def _changes(content: Mapping[str, Any]) -> list[Sequence[Cell]]:
    rows: list[Sequence[Cell]] = []
    words = content["words"]
    for one in content["changes"]["rows"]:
        about = f"{one['kind']} {one['title']}"
        rows += [[about, field["label"], field["before"], field["after"]] for field in one["fields"]]
        if not one["fields"]:
            rows.append([about, one["what"], "", ""])
    if len(rows) > MOST_CHANGES:
        rows = [*rows[: MOST_CHANGES - 1], [words.get("rest", ""), "", "", ""]]
    return rows


def _table_slides(deck: Any, title: str, heading: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
    """A table over as many slides as it needs."""
    parts = [rows[start : start + ROWS_ON_A_SLIDE] for start in range(0, len(rows), ROWS_ON_A_SLIDE)]
    for place, part in enumerate(parts, start=1):
        name = f"{title} ({place}/{len(parts)})" if len(parts) > 1 else title
        notes = "\n".join(" · ".join(_text(cell) for cell in row) for row in part)
        share = 1 / len(heading)
        widths = (share + 0.16, *(share - 0.16 / (len(heading) - 1) for _ in heading[1:]))
        _table(_slide(deck, name, notes), name, heading, part, widths)


def _table(
    slide: Any, name: str, heading: Sequence[str], rows: Sequence[Sequence[Cell]], widths: Sequence[float]
) -> None:
    frame = slide.shapes.add_table(len(rows) + 1, len(heading), LEFT, TOP, ROOM, Inches(0.45) * (len(rows) + 1))
    _describe(frame, name, ", ".join(heading))
    table = frame.table
    for column, share in enumerate(widths):
        table.columns[column].width = Emu(int(ROOM * share))
    for place, row in enumerate([heading, *rows]):
        for column, cell in enumerate(row):
            _fill(table.cell(place, column), cell, is_head=place == 0)


def _fill(cell: Any, told: Cell, *, is_head: bool) -> None:
    cell.text_frame.text = _text(told)
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


def _told(colour: Mapping[str, str]) -> Cell:
    return f"{MARKS[colour['tone']]} {colour['word']}", colour["tone"]


def _text(cell: Cell) -> str:
    return cell[0] if isinstance(cell, tuple) else cell
