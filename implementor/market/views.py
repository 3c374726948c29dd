"""The page of marketing and sales together, and its numbers as a file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, Response, g, request, url_for

from implementor.calendars.durations import write_duration
from implementor.crm.leads.catalogue import LEAD
from implementor.crm.leads.funnel import REACHED
from implementor.crm.leads.lifecycle import ENDS, MQL
from implementor.crm.leads.models import Lead
from implementor.crm.leads.permissions import VIEW as SEE_LEADS
from implementor.crm.leads.words import REASONS, STAGE_NAMES
from implementor.crm.records.queries import reaches_all
from implementor.discovery.agreement_queries import figures_of_agreement, standing_agreement
from implementor.discovery.scoreboard import scoreboard
from implementor.discovery.wanted_catalogue import SIDES
from implementor.exchange.table_files import table_file
from implementor.foundation.text import whole_number
from implementor.foundation.words import say, speech
from implementor.market import permissions
from implementor.market.reading import DIMENSIONS, Asked, Market, market_of, range_of
from implementor.market.rules import Line, critical
from implementor.metrics.figures import figures_of
from implementor.web.guard import actor, allow
from implementor.web.render import draw
from implementor.web.spans import span_asked
from implementor.web.unit_of_work import session, today

blueprint = Blueprint("market", __name__, url_prefix="/projects/<project_key>/market")
USUAL_TIME, USUAL_DAYS, MOST_DAYS, MOST_LINES = 180, 90, 730, 20


@blueprint.get("/")
@allow(permissions.VIEW)
def show(project_key: str) -> Response:
    """Goals, the way from lead to sale, cohorts, hand-overs, the agreement and the critical points of a time."""
    asked = _asked()
    found = market_of(session(), asked)
    slow, worst = critical(found.stays)
    given = {"project_id": g.project.id, "on": asked.today}
    board = scoreboard(session(), given_only=True, **given) or scoreboard(session(), **given)
    return draw(
        "market/show.html", asked=asked, found=found, dimensions=_dimensions(), names=STAGE_NAMES, board=board,
        columns=[*REACHED, *ENDS], slow=slow, worst=worst, linked=_link(asked), month_range=range_of, mql=MQL,
        value_of=lambda line: _value(asked, line), reason_of=_reason, shown=_shown, most=MOST_LINES,
        **_agreement(asked.today),
    )  # fmt: skip


@blueprint.get("/numbers.<format>")
@allow(permissions.VIEW)
def numbers(project_key: str, format: str) -> Response:
    """What became of the leads of the time, by the dimension."""
    asked = _asked()
    header = [_dimensions()[asked.dimension], *(STAGE_NAMES[stage] for stage in (MQL, *REACHED))]
    about = [f"{g.project.key}: {say('Marketing and sales')}", asked.range, say("Within days"), asked.days]
    rows = _rows(asked, market_of(session(), asked))
    return table_file(f"market-{g.project.key}", format, about=[str(one) for one in about], header=header, rows=rows)


def _rows(asked: Asked, found: Market) -> Iterator[list[Any]]:
    for line in found.lines:
        yield [_value(asked, line), *(step.count for step in line.steps)]


def _asked() -> Asked:
    first, last = span_asked(lambda last: (last - timedelta(days=USUAL_TIME)).replace(day=1))
    days = min(max(whole_number(request.args.get("days", "")) or USUAL_DAYS, 1), MOST_DAYS)
    dimension = request.args.get("by", "")
    return Asked(first, last, days, dimension if dimension in DIMENSIONS else "source", speech().zone, today())


def _dimensions() -> dict[str, Any]:
    return {name: LEAD.fields[name].label for name in DIMENSIONS}


def _value(asked: Asked, line: Line) -> str:
    """What the leads of a line share, in words."""
    if line.value is None:
        return str(say("not stated"))
    choice = LEAD.fields[asked.dimension].choice(line.value)
    return str(choice.label) if choice is not None else line.value


def _reason(row: Any) -> str:
    choice = next((one for one in REASONS[row.to_stage].values if one.key == row.reason), None)
    return str(choice.label) if choice is not None else row.reason or str(say("not stated"))


def _link(asked: Asked) -> Any:
    """Gives the address of the leads behind a figure, for readers whom no lead is kept from; for others nothing."""
    may = actor().may(SEE_LEADS) and reaches_all(Lead, actor())
    return (lambda **given: url_for("leads.index", **given)) if may else (lambda **_given: None)


def _shown(time: timedelta | None) -> str:
    return "–" if time is None else write_duration(round(time.total_seconds() / 60))


def _agreement(today: date) -> dict[str, Any]:
    """The agreement in force with its figures; those that are off target break it."""
    found = session().scalars(standing_agreement(project_id=g.project.id)).first()
    rows = session().execute(figures_of_agreement(agreement_id=found.id)).all() if found is not None else []
    standing = figures_of(session(), [row.Metric for row in rows], on=today)
    figures = [(row.side, standing[row.Metric.id]) for row in rows]
    return {
        "agreement": found, "figures": figures, "side_words": {choice.key: choice.label for choice in SIDES},
        "broken": sum(one.state.tone == "off" for _side, one in figures),
    }  # fmt: skip
