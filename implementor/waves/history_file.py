"""Reads the history of teams from a file: `team,period,planned_days,issues_done,points_done`, one period a row."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from math import isfinite

from implementor.foundation.errors import Refusal
from implementor.foundation.words import say

QUANTITIES = {"issues": "issues_done", "points": "points_done"}
NEEDED = ("team", "period")


def histories_from(lines: Iterable[str], *, quantity: str) -> dict[str, list[tuple[int, float]]]:
    """The (period, quantity) of each team in the order of periods; `quantity` is issues or points.

    Raises Refusal naming the row and column of what cannot be read, and a period that a team has twice.
    """
    column = QUANTITIES[quantity]
    rows = csv.DictReader(lines, strict=True)
    missing = [name for name in (*NEEDED, column) if name not in (rows.fieldnames or [])]
    if missing:
        raise Refusal(say("The file has no column %(column)s.", column=missing[0]))
    found: dict[str, dict[int, float]] = {}
    try:
        for number, row in enumerate(rows, 2):
            periods = found.setdefault((row["team"] or "").strip(), {})
            period = int(_number(row, "period", number))
            if period in periods:
                raise Refusal(say("Row %(row)s repeats period %(period)s of its team.", row=number, period=period))
            periods[period] = _number(row, column, number)
    except csv.Error as broken:
        raise Refusal(say("The file cannot be read as CSV: %(reason)s.", reason=str(broken))) from broken
    return {team: sorted(periods.items()) for team, periods in found.items()}


def _number(row: dict[str, str], column: str, number: int) -> float:
    text = (row[column] or "").strip()
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not isfinite(value) or value < 0:
        raise Refusal(
            say(
                "Row %(row)s, column %(column)s: %(text)s is no number from 0.",
                row=number,
                column=column,
                text=text or "–",
            )
        )
    return value
