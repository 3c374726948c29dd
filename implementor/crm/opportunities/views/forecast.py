"""The forecast page: months by owner or team, each figure with the way to its records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue

from implementor.calendars.services.rates import rates_on
from implementor.crm.opportunities import permissions, report_queries
from implementor.crm.opportunities.forecast import (
    FIGURES,
    LATER,
    OVERDUE,
    UNDATED,
    Forecast,
    Line,
    OpenRow,
    Who,
    WonRow,
    forecast,
    last_day,
    months_from,
)
from implementor.crm.opportunities.views.narrowing import Narrowing, narrowing, parting_fields
from implementor.crm.opportunities.views.routing import blueprint, pipeline_choices
from implementor.crm.opportunities.worth import refuse_without_amounts, shows_field
from implementor.foundation import live
from implementor.foundation.conventions import conventions
from implementor.foundation.fields import Field
from implementor.foundation.text import folded, whole_number
from implementor.foundation.words import Phrase, say
from implementor.lists.record_page import present_scope
from implementor.web.guard import actor, allow
from implementor.web.language import show_month
from implementor.web.render import draw
from implementor.web.unit_of_work import session, today

MONTHS, MOST_MONTHS = 6, 24
BY: Mapping[str, Phrase] = {"owner": say("Owner"), "team": say("Team"), "nobody": say("All together")}
LABELS: Mapping[str, Phrase] = {
    "won": say("Won"), "commit": say("Commit"), "best_case": say("Best case"), "pipeline": say("Pipeline"),
    "weighted": say("Weighted"), "expected": say("Expected"),
}  # fmt: skip
MADE_OF: Mapping[str, Sequence[str]] = {
    "won": ("base_amount",), "commit": ("stage", "forecast"), "best_case": ("stage", "forecast"),
    "pipeline": ("stage", "forecast"), "weighted": ("stage", "forecast", "probability"),
    "expected": ("stage", "forecast", "probability", "base_amount"),
}  # fmt: skip
"""The fields a figure is made of beside the amount; where one of them is hidden, so is the figure."""
OPEN_CATEGORIES = "pipeline,best_case,commit,closed"
Asks = Mapping[str, Mapping[str, str]]
ASKS: Asks = {
    "won": {"status": "won"},
    "commit": {"status": "open", "forecast": "commit,closed"},
    "best_case": {"status": "open", "forecast": "best_case"},
    "pipeline": {"status": "open", "forecast": "pipeline"},
    "weighted": {"status": "open", "forecast": OPEN_CATEGORIES},
    "expected": {"status": "open,won", "forecast": OPEN_CATEGORIES},
}
"""What the list asks for, for the records behind a figure."""
OUTSIDE: Asks = {**ASKS, "expected": ASKS["weighted"]}
"""The same beside the months that are shown."""


@dataclass(frozen=True)
class Asked:
    """What an address asks of the forecast."""

    first: date
    count: int
    by: str
    pipeline_id: int | None
    narrowed: Narrowing

    @property
    def parted_by(self) -> Field | None:
        """The field of one's own that parts the figures, if one does."""
        return parting_fields(self.narrowed).get(self.by)


@dataclass(frozen=True)
class Names:
    """Who owners are, and which team each is in."""

    owners: Mapping[int, str]
    team_of: Mapping[int, int]
    teams: Mapping[int, str]

    def team(self, owner: Who) -> Who:
        """The team of an owner, if it is known."""
        return self.team_of.get(owner) if isinstance(owner, int) else None


@blueprint.get("/forecast")
@allow(permissions.VIEW)
def show_forecast() -> ResponseReturnValue:
    """What is won and what is still to come, in a number of statements that opportunities do not change."""
    refuse_without_amounts(actor())
    asked = _asked()
    months = months_from(asked.first, asked.count)
    names = _names()
    base = conventions().currency  # came along with the sign-in
    rates = rates_on(session(), today(), base=base)
    who_of = {"team": names.team, "nobody": _everybody}.get(asked.by, _each)
    found = forecast(_open_rows(asked), _won_rows(asked, months), months=months, base=base, rates=rates, who_of=who_of)
    return draw(
        "crm/opportunities/forecast.html",
        asked=asked,
        base=base,
        periods=[_period(one, asked, names, months) for one in found.periods],
        total=_cells(found.total, _everything(asked), _all_together(months)),
        figures=[(name, LABELS[name]) for name in _figures()],
        left_out=_left_out(found, asked),
        by_choices=[*BY.items(), *((name, one.label) for name, one in parting_fields(asked.narrowed).items())],
        narrowed=asked.narrowed,
        pipelines=pipeline_choices(),
    )


def _each(who: Who) -> Who:
    return who


def _everybody(_who: Who) -> Who:
    return 0


def _figures() -> list[str]:
    """The figures that tell the reader nothing of a hidden field."""
    return [name for name in FIGURES if all(shows_field(actor(), one) for one in MADE_OF[name])]


def _asked() -> Asked:
    count = whole_number(request.args.get("months", "")) or MONTHS
    by = request.args.get("by", "owner")
    try:
        first = date.fromisoformat(f"{request.args.get('from', '')}-01")
        first = first if 1970 <= first.year <= 2200 else today()
    except ValueError:
        first = today()
    pipeline = live.present().pipeline(whole_number(request.args.get("pipeline", "")))
    narrowed = narrowing()
    known = by if by in BY or by in parting_fields(narrowed) else "owner"
    return Asked(first.replace(day=1), min(count, MOST_MONTHS), known, pipeline.id if pipeline else None, narrowed)


def _names() -> Names:
    owners = {row.id: row.name for row in session().execute(report_queries.names_of_owners())}
    team_of: dict[int, int] = {}
    teams: dict[int, str] = {}
    for row in session().execute(report_queries.teams_of_people()):
        team_of.setdefault(row.user_id, row.team_id)
        teams[row.team_id] = row.name
    return Names(owners, team_of, teams)


def _open_rows(asked: Asked) -> list[OpenRow]:
    rows = session().execute(report_queries.open_sums(**_counted(asked)))
    return [
        OpenRow(_month(row), row.who, _category(row.stage_id), row.currency, row.ratio, row.records, row.amount)
        for row in rows
    ]


def _won_rows(asked: Asked, months: list[date]) -> list[WonRow]:
    statement = report_queries.won_sums(**_counted(asked), first=months[0], last=last_day(months[-1]))
    rows = session().execute(statement)
    return [WonRow(_month(row) or months[0], row.who, row.currency, row.records, row.amount) for row in rows]


def _counted(asked: Asked) -> dict[str, Any]:
    """Which sales are counted, and what they are parted by."""
    field = asked.parted_by
    return {
        "scope": present_scope(), "pipeline_id": asked.pipeline_id, "only": asked.narrowed.only,
        "who": report_queries.OWNER if field is None else field.column,
    }  # fmt: skip


def _month(row: Any) -> date | None:
    return date(int(row.year), int(row.month), 1) if row.year is not None else None


def _category(stage_id: int) -> str:
    stage = live.present().stage(stage_id)
    return stage.forecast if stage is not None else "pipeline"


# --- drawing ----------------------------------------------------------------------------------------------------------


def _period(period: Any, asked: Asked, names: Names, months: list[date]) -> dict[str, Any]:
    """A period as the page shows it: its title, its lines by name, and its total."""
    when = _when(period.key, months)
    base = {**when, **_everything(asked)}
    asks = ASKS if isinstance(period.key, date) else OUTSIDE  # what was won then is none of this forecast
    lines = [] if asked.by == "nobody" else [_named(line, asked, names, base, asks) for line in period.lines]
    return {
        "key": period.key if isinstance(period.key, str) else period.key.isoformat(),
        "title": _title(period.key),
        "lines": sorted(lines, key=lambda line: folded(str(line["name"]))),
        "total": _cells(period.total, base, asks),
    }


def _everything(asked: Asked) -> dict[str, Any]:
    of = {} if asked.pipeline_id is None else {"pipeline": asked.pipeline_id}
    return {**asked.narrowed.address, **of}


def _all_together(months: list[date]) -> Asks:
    """What the list asks for over all periods: of what is won only the months that are shown count."""
    days = f"{months[0].isoformat()}..{last_day(months[-1]).isoformat()}"
    expected = {"expected_in": days, "forecast": OPEN_CATEGORIES}
    return {**ASKS, "won": {"status": "won", "close_on": days}, "expected": expected}


def _named(line: Line, asked: Asked, names: Names, base: Mapping[str, Any], asks: Asks) -> dict[str, Any]:
    members = ",".join("none" if one is None else str(one) for one in line.owners)
    if asked.parted_by is not None:
        return {"name": _word(asked.parted_by, line), "cells": _cells(line, {**base, asked.by: members}, asks)}
    known, nobody = (names.teams, say("No team")) if asked.by == "team" else (names.owners, say("Nobody"))
    name: Any = known.get(line.who, nobody) if isinstance(line.who, int) else nobody
    return {"name": name, "cells": _cells(line, {**base, "owner": members}, asks)}


def _word(field: Field, line: Line) -> Any:
    """What the part of a field of one's own is called."""
    choice = field.choice(str(line.who)) if line.who is not None else None
    return choice.label if choice is not None else line.who or say("None")


def _cells(line: Line, base: Mapping[str, Any], asks: Asks) -> list[dict[str, Any]]:
    """One cell a figure: its amount, how many opportunities, and the list of them."""
    return [
        {
            "figure": name,
            "amount": line.amounts[name],
            "count": line.counts[name],
            "url": url_for("opportunities.index", **{**base, **asks[name]}) if line.counts[name] else None,
        }
        for name in _figures()
    ]


def _when(key: date | str, months: list[date]) -> dict[str, str]:
    """The close dates of a period as the list is asked for them."""
    if isinstance(key, date):
        return {"close_on": f"{key.isoformat()}..{last_day(key).isoformat()}"}
    before, after = months[0] - timedelta(days=1), last_day(months[-1]) + timedelta(days=1)
    return {"close_on": {OVERDUE: f"..{before.isoformat()}", LATER: f"{after.isoformat()}..", UNDATED: "none"}[key]}


def _title(key: date | str) -> Any:
    if isinstance(key, date):
        return show_month(key)
    return {OVERDUE: say("Earlier, still open"), LATER: say("Later"), UNDATED: say("Without a close date")}[key]


def _left_out(found: Forecast, asked: Asked) -> list[dict[str, Any]]:
    return [
        {
            "currency": currency,
            "count": count,
            "url": url_for("opportunities.index", currency=currency, status="open,won", **_everything(asked)),
        }
        for currency, count in found.left_out.items()
    ]
