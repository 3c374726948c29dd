"""The weeks after a wave went live: what people ask, whether it has become calm, and which topics training missed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from flask import Response, g, request, url_for

from implementor.calendars.clocked_kinds import clocked
from implementor.exchange.table_files import table_file
from implementor.foundation.local_days import local_day
from implementor.foundation.small_groups import FEWEST_PEOPLE
from implementor.foundation.text import whole_number
from implementor.foundation.words import say, speech
from implementor.projects.queries import people_of_project
from implementor.support import permissions, queries
from implementor.support.catalogue import KINDS, PRIORITIES
from implementor.support.forms import PassingOnForm, passing_on_form
from implementor.support.hypercare import WAITS_LONG, WEEK, Asked, asked_about, calm_of, open_by_area, weeks_of
from implementor.support.models import OPEN
from implementor.support.roster import roster_of
from implementor.support.views.inbox import blueprint
from implementor.web.guard import actor, allow
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session, today

A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """The days of a wave after it went live: until today, or until the day before the next wave did."""

    wave: Any
    first: date
    last: date
    is_over: bool

    def listed(self, **asked: Any) -> str:
        """The requests of these days behind a figure."""
        return url_for("support.inbox", **{"created_at": f"{self.first}..{self.last}"} | asked)

    def days_back(self, newest: int, oldest: int = 0) -> str:
        """The days from so many before the last one to so many before it, not before the first."""
        first = max(self.last - timedelta(days=oldest), self.first) if oldest else self.first
        return f"{first}..{self.last - timedelta(days=newest)}"


@blueprint.get("/requests/hypercare")
@allow(permissions.VIEW)
def hypercare(project_key: str) -> Response:
    """Of the wave that went live last, or the one that is asked for."""
    waves = session().execute(queries.waves_live(project_id=g.project.id)).all()
    span = span_of(waves)
    if span is None:
        return draw("support/hypercare.html", wave=None, waves=[], **roster_of(session(), g.project.id, now()))
    return draw_weeks(waves, span)


def draw_weeks(waves: Any, span: Span, status: int = 200, passing: PassingOnForm | None = None) -> Response:
    """The page of the weeks of a wave; `passing` is the form for passing them on as it was refused."""
    asked = _asked(span)
    by_priority = Counter(one.priority for one in asked if one.is_open)
    return draw(
        "support/hypercare.html", status, wave=span.wave, waves=waves, span=span,
        weeks=weeks_of(asked, span.first, span.last), calm=calm_of(asked, span.last), kinds=KINDS, waits=WAITS_LONG,
        week=WEEK, topics=_topics(asked),
        open_now=by_priority.total(), priorities=[(one, by_priority[one.key]) for one in reversed(PRIORITIES)],
        areas=open_by_area(asked), promises=_promises(span), fewest=FEWEST_PEOPLE, **_passed_on(span, passing),
        **roster_of(session(), g.project.id, now()),
    )  # fmt: skip


@blueprint.get("/requests/hypercare.<format>")
@allow(permissions.VIEW)
def hypercare_file(project_key: str, format: str) -> Response:
    """The weeks with their counts as a file."""
    span = span_of(session().execute(queries.waves_live(project_id=g.project.id)).all())
    weeks = weeks_of(_asked(span), span.first, span.last) if span else []
    title = say("The weeks after going live")
    about = [f"{g.project.key}: {title}", span.wave.name if span else "", f"{now():%Y-%m-%d %H:%M} UTC"]
    rows = ([one.first, one.last, *(one.counts[kind.key] for kind in KINDS)] for one in weeks)
    header = [say("First day"), say("Last day"), *(kind.label for kind in KINDS)]
    return table_file(f"hypercare-{g.project.key}", format, about=about, header=header, rows=rows)


def span_of(waves: Any) -> Span | None:
    """The days of the wave that is asked for, or of the one that went live last."""
    wanted = whole_number(request.args.get("wave", "")) or 0
    place = next((place for place, one in enumerate(waves) if one.number == wanted), 0)
    if not waves:
        return None
    days = [local_day(one.closed_at) for one in waves]
    last = max(days[place - 1] - A_DAY, days[place]) if place else today()
    return Span(waves[place], days[place], last, bool(place))


def between(span: Span) -> dict[str, datetime]:
    zone = speech().zone
    return {
        "since": datetime.combine(span.first, time(), zone), "until": datetime.combine(span.last + A_DAY, time(), zone)
    }  # fmt: skip


def _asked(span: Span) -> list[Asked]:
    found = session().execute(queries.requests_between(project_id=g.project.id, **between(span)))
    zone = speech().zone
    return [Asked(row.name, row.kind, row.priority, row.created_at.astimezone(zone).date(), row.state == OPEN,
                  row.area_id, row.area) for row in found]  # fmt: skip


def _promises(span: Span) -> list[Any]:
    """What service levels promised, in the order of their clocks: (words, row)."""
    found = session().execute(queries.promises_between(project_id=g.project.id, **between(span)))
    rows = {row.name: row for row in found}
    return [(one.label, rows[one.key]) for one in clocked["support_request"].clocks if one.key in rows]


def form_of(span: Span) -> PassingOnForm:
    """The form for passing on what is open of these weeks."""
    return passing_on_form(session().execute(people_of_project(project_id=g.project.id)), (span.first, today()))


def _passed_on(span: Span, passing: PassingOnForm | None) -> dict[str, Any]:
    """To whom the requests of these weeks were passed on, and the form for who may do it."""
    may = actor().may(permissions.EDIT) and not g.project.is_archived
    return {
        "handovers": session().execute(queries.handovers_of(project_id=g.project.id, wave_id=span.wave.id)).all(),
        "passing": passing or (form_of(span) if may else None),
    }


def _topics(asked: list[Asked]) -> list[dict[str, Any]]:
    """Topics that somebody asked about, with how many completed the course that teaches them, most asked first."""
    rows = session().execute(queries.topics_trained(project_id=g.project.id)).all()
    return sorted(_asked_topics(rows, asked), key=lambda one: -one["count"])


def _asked_topics(rows: Any, asked: list[Asked]) -> Iterator[dict[str, Any]]:
    for row in rows:
        if count := asked_about(row.name, asked):
            yield {"row": row, "count": count}
