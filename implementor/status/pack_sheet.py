"""The pack as a workbook: one sheet for each section, texts as they are on the report and nothing that is computed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter

from implementor.status.office_files import plain, steady

DAY = 14
"""The format of spreadsheets for a day: each program shows it as its reader is used to."""
FORMATS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
WIDEST = 60
Table = tuple[str, Sequence[str], list[Sequence[Any]]]
Draw = Callable[[Any, Mapping[str, Any], Mapping[str, Any]], None]


@dataclass(frozen=True)
class Day:
    """A day as a cell that can be sorted and counted with; `text` is how the report says it."""

    iso: str
    text: str

    def __str__(self) -> str:
        return self.text


def day_in(row: Mapping[str, Any], name: str, iso: str) -> Day | str:
    """A day of a section; what was issued before days were kept beside their words has the words."""
    return Day(row[iso], row[name]) if row.get(iso) and row[name] else row[name]


def xlsx_of(content: Mapping[str, Any]) -> bytes:
    """The workbook of a report's content; the same content makes the same bytes."""
    return workbook_of(content, tables_of(content), _chart if content["progress"] else None)


def workbook_of(content: Mapping[str, Any], tables: Sequence[Table], draw: Draw | None = None) -> bytes:
    """A workbook of tables, each a sheet, and of what `draw` puts behind them; dated by the moment of issue."""
    at = datetime.fromisoformat(content["head"]["iso"])
    out = BytesIO()
    book = xlsxwriter.Workbook(out, FORMATS)
    book.set_properties({"title": content["head"]["title"], "author": content["head"]["issued_by"],
                         "created": at.replace(tzinfo=None)})  # fmt: skip
    styles = {"head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
              "cell": book.add_format({"text_wrap": True, "valign": "top"}),
              "day": book.add_format({"num_format": DAY, "align": "left", "valign": "top"})}  # fmt: skip
    for name, heading, rows in tables:
        _write(book.add_worksheet(name[:31]), heading, rows, styles)
    if draw is not None:
        draw(book, content, styles)
    book.close()
    return steady(out.getvalue(), at)


def tables_of(content: Mapping[str, Any]) -> list[Table]:
    """The sections as (name, heading, rows)."""
    words, risks, changes = content["words"], content["risks"]["rows"], content["changes"]["rows"]
    return [
        (words["report"], [content["head"]["title"], ""], front_rows(content)),
        (words["dimension"], [words[key] for key in ("dimension", "colour", "computed", "why", "by_hand", "rule")],
         [_dimension(one, words) for one in content["dimensions"]]),
        (words["history"], [words["dimension"], *(f"{one['number']} · {one['on']}" for one in content["strip"])],
         [[one["label"], *(told["colours"][place]["word"] for told in content["strip"])]
          for place, one in enumerate(content["dimensions"])]),
        (words["risks"], [words[key] for key in ("risk", "score", "before", "owner", "plan")] + [""],
         [[one["title"], one["score"], one["was"], one["owner"], one["plan"], words.get(one["mark"], "")]
          for one in risks]),
        (words["milestone"], [words[key] for key in ("milestone", "planned", "forecast", "moved")],
         [[one["title"], day_in(one, "planned", "iso"), day_in(one, "forecast", "iso_forecast"), one["moves_text"]]
          for one in content["milestones"]]),
        (words["money"], [words["money"], words["amount"]], (content["money"] or {"pairs": []})["pairs"]),
        (words["decisions"], [words[key] for key in ("question", "options", "due", "owner")],
         [[one["question"], "\n".join(one["options"]), day_in(one, "due", "iso_due"), one["owner"]]
          for one in content["decisions"]]),
        (words["metric"], [words[key] for key in ("metric", "baseline", "latest", "target", "standing")],
         [[one["name"], one["baseline"], one["latest"], one["target"], one["state"]] for one in content["metrics"]]),
        (words["record"], [words[key] for key in ("record", "when", "field", "before", "after")], _changes(changes)),
    ]  # fmt: skip


def front_rows(content: Mapping[str, Any]) -> list[Sequence[Any]]:
    """What stands at the head of a pack: period, issue, verdict, comment."""
    words, head, verdict = content["words"], content["head"], content["verdict"]
    return [
        [words["period"], head["period"]],
        [words["issued"], f"{head['issued_on']}, {head['issued_by']}"],
        [words["verdict"], f"{verdict['colour']['word']}. {verdict['label']}: {verdict['sentence']}"],
        ["", verdict["provenance"]],
        [words["comment"], plain(content["comment"])],
    ]


def _dimension(one: Mapping[str, Any], words: Mapping[str, str]) -> Sequence[Any]:
    by_hand = one["by_hand"]
    reason = f"{by_hand['reason']} ({by_hand['who']}, {words['until']} {by_hand['until']})" if by_hand else ""
    return [one["label"], one["shown"]["word"], one["computed"]["word"], one["sentence"], reason, one["rule"]]


def _changes(changes: Sequence[Mapping[str, Any]]) -> list[Sequence[Any]]:
    rows: list[Sequence[Any]] = []
    for one in changes:
        about = [f"{one['kind']} {one['title']}", day_in(one, "on", "iso")]
        rows += [[*about, field["label"], field["before"], field["after"]] for field in one["fields"]]
        if not one["fields"]:
            rows.append([*about, one["what"], "", ""])
    return rows


def _write(sheet: Any, heading: Sequence[str], rows: Sequence[Sequence[Any]], styles: Mapping[str, Any]) -> None:
    sheet.write_row(0, 0, heading, styles["head"])
    for place, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            if isinstance(value, Day):
                sheet.write_datetime(place, column, datetime.fromisoformat(value.iso), styles["day"])
            elif isinstance(value, int | float):
                sheet.write_number(place, column, value, styles["cell"])
            else:
                sheet.write_string(place, column, str(value or ""), styles["cell"])
    for column in range(len(heading)):
        longest = max((len(str(row[column] or "")) for row in (heading, *rows) if column < len(row)), default=8)
        sheet.set_column(column, column, min(max(longest + 2, 10), WIDEST))
    sheet.freeze_panes(1, 0)


def _chart(book: Any, content: Mapping[str, Any], styles: Mapping[str, Any]) -> None:
    """The burn-up as figures with a native chart beside them."""
    words, rows = content["words"], content["progress"]["rows"]
    sheet = book.add_worksheet(words["progress"][:31])
    sheet.write_row(0, 0, [words["day"], words["scope"], words["validated"]])
    for place, row in enumerate(rows, start=1):
        sheet.write_datetime(place, 0, datetime.fromisoformat(row["iso"]), styles["day"])
        sheet.write_number(place, 1, row["scope"])
        sheet.write_number(place, 2, row["validated"])
    chart = book.add_chart({"type": "line"})
    for column in (1, 2):
        chart.add_series({
            "name": [sheet.name, 0, column], "categories": [sheet.name, 1, 0, len(rows), 0],
            "values": [sheet.name, 1, column, len(rows), column],
        })  # fmt: skip
    chart.set_title({"name": content["progress"]["title"]})
    sheet.insert_chart("E2", chart, {"description": content["progress"]["finding"]})
