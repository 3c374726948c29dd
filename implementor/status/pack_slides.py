"""The pack as slides: native tables and charts that can be edited, notes to read out, and words for every picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE

from implementor.status.slide_parts import (
    MARKS,
    ROWS_ON_A_SLIDE,
    Cell,
    add_chart,
    add_slide,
    add_table,
    add_table_slides,
    begin_deck,
    colour_cell,
    ended,
)

MOST_CHANGES = 4 * ROWS_ON_A_SLIDE
"""Nobody reads hundreds of slides of changes; the PDF and the workbook hold them all."""


def pptx_of(content: Mapping[str, Any]) -> bytes:
    """The slides of a report's content; the same content makes the same bytes."""
    deck = begin_deck(content)
    _dimensions(deck, content)
    if content["progress"]:
        _progress(deck, content)
    if content["money"]:
        _money(deck, content)
    for title, heading, rows in _tables(content):
        add_table_slides(deck, title, heading, rows)
    return ended(deck, content)


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
        rows.append([one["label"], colour_cell(one["shown"]), why, before])
    heading = [words["dimension"], words["colour"], words["why"], words["history"]]
    notes = "\n".join(f"{one['label']}: {one['rule']}" for one in content["dimensions"])
    slide = add_slide(deck, words["report"], notes)
    add_table(slide, words["report"], heading, rows, (0.16, 0.16, 0.5, 0.18))


def _progress(deck: Any, content: Mapping[str, Any]) -> None:
    progress, words = content["progress"], content["words"]
    data = CategoryChartData()
    data.categories = [row["day"] for row in progress["rows"]]
    for name in ("scope", "validated"):
        data.add_series(words[name], [row[name] for row in progress["rows"]])
    slide = add_slide(deck, f"{words['progress']}: {progress['title']}", progress["finding"])
    add_chart(slide, XL_CHART_TYPE.LINE_MARKERS, data, words["progress"], progress["finding"])


def _money(deck: Any, content: Mapping[str, Any]) -> None:
    money, words = content["money"], content["words"]
    data = CategoryChartData()
    data.categories = [label for label, _value in money["bars"]]
    data.add_series(money["currency"], [value for _label, value in money["bars"]])
    notes = "\n".join([money["sentence"], *(f"{label}: {value}" for label, value in money["pairs"])])
    slide = add_slide(deck, f"{words['money']}: {money['sentence']}", notes)
    add_chart(slide, XL_CHART_TYPE.BAR_CLUSTERED, data, words["money"], notes)


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
