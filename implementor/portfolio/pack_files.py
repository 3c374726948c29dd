"""The files of a consolidated pack, all drawn from the frozen content; only a worker loads this module."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE

from implementor.status.pack_page import html_of
from implementor.status.pack_sheet import Table, day_in, front_rows, workbook_of
from implementor.status.packing import pdf_from
from implementor.status.slide_parts import (
    MARKS,
    Cell,
    add_chart,
    add_slide,
    add_table_slides,
    begin_deck,
    colour_cell,
    ended,
)

DOCUMENT = "portfolio/packs/document.html"


def pdf_of_pack(content: Mapping[str, Any]) -> bytes:
    """The PDF; the same content makes the same bytes."""
    return pdf_from(html_of(content, template_name=DOCUMENT), content["head"]["iso"])


def pptx_of_pack(content: Mapping[str, Any]) -> bytes:
    """The slides: verdict, colours, money, then tables."""
    deck, words = begin_deck(content), content["words"]
    data = CategoryChartData()
    data.categories = [one["label"] for one in content["by_dimension"]]
    for place, colour in enumerate(content["counts"]):
        data.add_series(colour["word"], [one["counts"][place] for one in content["by_dimension"]])
    told = "\n".join(f"{one['word']}: {one['text']}" for one in content["counts"])
    slide = add_slide(deck, content["verdict"]["provenance"], told)
    add_chart(slide, XL_CHART_TYPE.BAR_STACKED, data, words["health"], told)
    if content["money"] and content["money"]["bars"]:
        _money(deck, content)
    for title, heading, rows in _slides(content):
        add_table_slides(deck, title, heading, rows)
    return ended(deck, content)


def _money(deck: Any, content: Mapping[str, Any]) -> None:
    money, words = content["money"], content["words"]
    data = CategoryChartData()
    data.categories = [key for key, _budget, _forecast in money["bars"]]
    data.add_series(f"{words['budget']} ({money['currency']})", [bar[1] for bar in money["bars"]])
    data.add_series(f"{words['forecast_money']} ({money['currency']})", [bar[2] for bar in money["bars"]])
    notes = "\n".join([money["sentence"], *(f"{label}: {value}" for label, value in money["pairs"])])
    slide = add_slide(deck, words["money"], notes)
    add_chart(slide, XL_CHART_TYPE.BAR_CLUSTERED, data, words["money"], notes)


def _slides(content: Mapping[str, Any]) -> list[tuple[str, Sequence[str], list[Sequence[Cell]]]]:
    words = content["words"]
    found: list[tuple[str, Sequence[str], list[Sequence[Cell]]]] = [
        (words["projects"], [words[key] for key in ("project", "health", "why", "next_gate")],
         [[f"{one['key']} · {one['name']}", colour_cell(one["verdict"]["colour"]), _why(one), one["gate"]]
          for one in content["projects"]]),
        (words["dimension"], [words["project"], *(one["label"] for one in content["by_dimension"])],
         [[one["key"], *_marks(one, content)] for one in content["projects"]]),
        (words["decisions"], [words[key] for key in ("question", "project", "options", "due")],
         [[one["question"], one["project"], " / ".join(one["options"]), one["due"]] for one in content["decisions"]]),
        (words["risks"], [words[key] for key in ("risk", "project", "score", "owner", "plan")],
         [[one["title"], one["project"], str(one["score"]), one["owner"], one["plan"]]
          for one in content["risks"]["rows"]]),
        (words["milestones"], [words[key] for key in ("milestone", "project", "planned", "forecast")],
         [[one["title"], one["project"], one["planned"], (f"{one['forecast']} ({one['late_text']})", "off")
           if one["late_text"] else one["forecast"]] for one in content["milestones"]]),
    ]  # fmt: skip
    return [one for one in found if one[2]]


def _marks(line: Mapping[str, Any], content: Mapping[str, Any]) -> list[Cell]:
    """The colours of a project in the order of the dimensions; one that the issuer did not see stays empty."""
    shown = {one["label"]: one["shown"] for one in line["dimensions"]}
    found = [shown.get(one["label"]) for one in content["by_dimension"]]
    return [(MARKS[one["tone"]], one["tone"]) if one else "" for one in found]


def _why(line: Mapping[str, Any]) -> str:
    return f"{line['verdict']['label']}: {line['verdict']['sentence']}"


def xlsx_of_pack(content: Mapping[str, Any]) -> bytes:
    """The workbook: a sheet for each section, with a native chart of the money."""
    money = content["money"]
    return workbook_of(content, _tables(content), _chart if money and money["bars"] else None)


def _tables(content: Mapping[str, Any]) -> list[Table]:
    words, money = content["words"], content["money"] or {"pairs": [], "rows": []}
    amounts = [words[key] for key in ("budget", "spent", "committed", "forecast_money")]
    return [
        (words["report"], [content["head"]["title"], ""], front_rows(content)),
        (words["projects"], [*(words[key] for key in ("project", "health", "why")),
                             *(one["label"] for one in content["by_dimension"]),
                             *(words[key] for key in ("next_gate", "promises", "last_report"))],
         [[f"{one['key']} · {one['name']}", one["verdict"]["colour"]["word"], _why(one), *_colours(one, content),
           one["gate"], one["promises"], one["last_report"]] for one in content["projects"]]),
        (words["rule"], [words[key] for key in ("project", "dimension", "colour", "computed", "why", "by_hand")],
         [[line["key"], one["label"], one["shown"]["word"], one["computed"]["word"], one["sentence"],
           (one["by_hand"] or {}).get("reason", "")] for line in content["projects"] for one in line["dimensions"]]),
        (words["money"], [words["project"], *amounts], [*money["rows"], *([label, value, "", "", ""]
                                                                           for label, value in money["pairs"])]),
        (words["risks"], [words[key] for key in ("risk", "project", "score", "before", "owner", "plan")],
         [[one["title"], one["project"], one["score"], one["was"], one["owner"], one["plan"]]
          for one in content["risks"]["rows"]]),
        (words["milestone"], [words[key] for key in ("milestone", "project", "planned", "forecast")],
         [[one["title"], one["project"], day_in(one, "planned", "iso"), day_in(one, "forecast", "iso_forecast")]
          for one in content["milestones"]]),
        (words["decisions"], [words[key] for key in ("question", "project", "options", "due", "owner")],
         [[one["question"], one["project"], "\n".join(one["options"]), day_in(one, "due", "iso_due"), one["owner"]]
          for one in content["decisions"]]),
    ]  # fmt: skip


def _colours(line: Mapping[str, Any], content: Mapping[str, Any]) -> list[str]:
    shown = {one["label"]: one["shown"]["word"] for one in line["dimensions"]}
    return [shown.get(one["label"], "") for one in content["by_dimension"]]


def _chart(book: Any, content: Mapping[str, Any], styles: Mapping[str, Any]) -> None:
    """Budget and forecast of each project in one currency, as figures with a native chart beside them."""
    words, money = content["words"], content["money"]
    sheet = book.add_worksheet(f"{words['budget']} {money['currency']}"[:31])
    sheet.write_row(0, 0, [words["project"], words["budget"], words["forecast_money"]], styles["head"])
    for place, (key, budget, forecast) in enumerate(money["bars"], start=1):
        sheet.write_string(place, 0, key)
        sheet.write_number(place, 1, budget)
        sheet.write_number(place, 2, forecast)
    chart, count = book.add_chart({"type": "bar"}), len(money["bars"])
    for column in (1, 2):
        chart.add_series({
            "name": [sheet.name, 0, column], "categories": [sheet.name, 1, 0, count, 0],
            "values": [sheet.name, 1, column, count, column],
        })  # fmt: skip
    chart.set_title({"name": words["money"]})
    sheet.insert_chart("E2", chart, {"description": money["sentence"]})


MAKERS: dict[str, Callable[[Mapping[str, Any]], bytes]] = {
    "xlsx": xlsx_of_pack, "pptx": pptx_of_pack, "pdf": pdf_of_pack,
}  # fmt: skip
"""In the order they are made, the quickest first."""
