"""The pages over all kinds: my day, the calendar of days, weeks and months, and who talked with customers how often."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TypeVar

from flask import Blueprint, Response, request

from implementor.crm.activity import permissions
from implementor.crm.activity.counting import BY, MOST_WEEKS, Period
from implementor.crm.activity.days import SPANS, by_day, days_around
from implementor.crm.activity.report import fields_parting, report_by_field, report_of
from implementor.crm.interactions.catalogue import CHANNEL_CHOICES
from implementor.crm.records.agenda import WHOSE, AgendaSource, Asked, Whose, calendar_for, sections_for
from implementor.foundation.local_days import likely_day
from implementor.foundation.words import say, speech
from implementor.web.guard import actor, allow
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session, today

blueprint = Blueprint("activity", __name__, url_prefix="/crm")
SHOWN, MOST_ENTRIES = 20, 400
VISITS = "visits"
USUAL_WEEKS = 4
Word = TypeVar("Word", bound=str)


@blueprint.get("/my-day")
@allow(permissions.MY_DAY)
def my_day() -> Response:
    """What waits for me today: what is due, what is overdue, whom I meet."""
    asked = _asked("me", None, today(), SHOWN + 1)
    found = [(section, section.load(session(), asked)) for section in sections_for(actor())]
    sections = [
        {"section": section, "entries": entries[:SHOWN], "has_more": len(entries) > SHOWN} for section, entries in found
    ]
    return draw("crm/activity/my_day.html", sections=sections, today=today())


@blueprint.get("/calendar")
@allow(permissions.MY_DAY)
def calendar() -> Response:
    """What waits on the days of a month, a week or a day, for me, my team or everybody."""
    span = _one_of(SPANS, request.args.get("view"), "week")
    whose = _one_of(WHOSE, request.args.get("whose"), "me")
    days = days_around(likely_day(request.args.get("day")) or today(), span)
    what, sources = request.args.get("what", ""), calendar_for(actor())
    asked = _asked(whose, days.first, days.last, MOST_ENTRIES + 1)
    loaded = [source.load(session(), asked) for source in _chosen(sources, what)]
    entries = [one for each in loaded for one in each[:MOST_ENTRIES] if what != VISITS or one.tag == "visit"]
    return draw(
        "crm/activity/calendar.html",
        days=days,
        shown=by_day(days, entries),
        whose=whose,
        what=what,
        today=today(),
        has_more=any(len(each) > MOST_ENTRIES for each in loaded),
        kinds=[(source.key, source.label) for source in sources] + [(VISITS, say("Visits"))],
    )


@blueprint.get("/activity")
@allow(permissions.REPORT)
def report() -> Response:
    """Who talked with customers how often, by person, team, week or a field; every figure opens its records."""
    monday = today() - timedelta(days=today().weekday())
    last = likely_day(request.args.get("until")) or monday + timedelta(days=6)
    first = likely_day(request.args.get("from")) or monday - timedelta(weeks=USUAL_WEEKS - 1)
    period = Period(min(max(first, last - timedelta(weeks=MOST_WEEKS)), last), last)
    wanted, fields, zone = request.args.get("by", ""), fields_parting(actor()), speech().zone
    by = _one_of(BY, wanted, "person")
    if wanted in fields:
        rows, total = report_by_field(session(), period, fields[wanted], zone, actor())
    else:
        rows, total = report_of(session(), period, by, zone, actor())
    return draw(
        "crm/activity/report.html", rows=rows, total=total, period=period, by=wanted if wanted in fields else by,
        channels=CHANNEL_CHOICES, fields=fields,
    )  # fmt: skip


def _one_of(known: Sequence[Word], text: str | None, otherwise: Word) -> Word:
    return next((one for one in known if one == text), otherwise)


def _chosen(sources: list[AgendaSource], what: str) -> list[AgendaSource]:
    wanted = "appointments" if what == VISITS else what
    return [source for source in sources if source.key == wanted] or sources


def _asked(whose: Whose, first: date | None, last: date, limit: int) -> Asked:
    return Asked(actor(), whose, first, last, speech().zone, now(), limit)
