"""The chart of a report, drawn from its frozen figures alone, for the page and the PDF alike."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from babel.dates import format_skeleton

from implementor.foundation.charts import Element, Line, Mark, Words, line_chart
from implementor.foundation.words import speaking, speech
from implementor.web.language import locale, show_number, speech_of


def progress_picture(content: Mapping[str, Any]) -> Element | None:
    """The burn-up of a report; None where no wave was running or only one day of it is known."""
    progress, words = content["progress"], content["words"]
    if progress is None or len(progress["rows"]) < 2:
        return None
    with speaking(speech_of(content["language"], str(speech().zone))):
        lines = [
            Line(words[name], [_mark(row, name) for row in progress["rows"]], series, dashes)
            for name, series, dashes in (("scope", 3, "6 4"), ("validated", 1, None))
        ]
        said = Words(progress["finding"], progress["finding"], _short_day, show_number)
        return line_chart("progress", lines, said)


def _mark(row: Mapping[str, Any], name: str) -> Mark:
    return Mark(date.fromisoformat(row["iso"]), Decimal(str(row[name])))


def _short_day(day: date) -> str:
    return str(format_skeleton("MMMd", day, locale=locale()))
