"""Looking back: a project as it was at the end of a day, and the decisions from which one jumps there."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from flask import Response, g, request

from implementor.finance.permissions import VIEW as SEE_MONEY
from implementor.finance.wording import short_amount
from implementor.foundation.local_days import day_named
from implementor.foundation.words import Label, Phrase, say
from implementor.governance.heat_map import moment_of
from implementor.portfolio.colours_then import worst_of
from implementor.portfolio.days_then import A_DAY, decisions_around
from implementor.portfolio.permissions import REPLAY
from implementor.portfolio.replay import replay_of
from implementor.portfolio.replay_queries import decisions_taken
from implementor.portfolio.views.routing import blueprint
from implementor.projects.models import Project
from implementor.stages.catalogue import GATE, STAGE
from implementor.waves.catalogue import WAVE
from implementor.web.guard import actor, allow
from implementor.web.language import show_date
from implementor.web.render import draw
from implementor.web.unit_of_work import session, today


@blueprint.get("/projects/<project_key>/replay")
@allow(REPLAY)
def replay() -> Response:
    """The project at the end of the day that is asked for, yesterday unless the address says otherwise."""
    zone = actor().time_zone
    first = session().get_one(Project, g.project.id).created_at.astimezone(ZoneInfo(zone)).date()
    asked = request.args.get("on", "")
    day, fault = day_asked(asked, first=first, last=today())
    found = session().execute(decisions_taken(project_id=g.project.id)).all()
    context: dict[str, Any] = {"asked": asked, "first": first, "last": today(), "day": day, "fault": fault}
    if day is not None:
        at, sees_money = moment_of(day, zone), actor().may(SEE_MONEY)
        then = replay_of(session(), g.project, on=day, at=at, sees_money=sees_money)
        context |= {"then": then, "worst": worst_of(then.colours), "sees_money": sees_money, "at": at}
    context |= {"decisions": decisions_around(found, ZoneInfo(zone), first=first, day=day), "label_of": Label}
    labels = {"stage": STAGE.fields["state"], "wave": WAVE.fields["stage"], "gate": GATE.fields["state"]}
    status = 422 if fault is not None else 200
    return draw("portfolio/replay.html", status, labels=labels, short_amount=short_amount, a_day=A_DAY, **context)


def day_asked(text: str, *, first: date, last: date) -> tuple[date | None, Phrase | None]:
    """The day of an address, or why it is none: it must lie between the project's first day and today."""
    if not text:
        return max(first, last - A_DAY), None
    day = day_named(text)
    if day is None:
        return None, say("Choose a day, such as 2026-03-31.")
    if day > last:
        return None, say("%(day)s is still to come. Choose a day that is over, or today.", day=show_date(day))
    if day < first:
        return None, say(
            "Nothing is known of %(day)s: the project was written down on %(first)s.",
            day=show_date(day), first=show_date(first),
        )  # fmt: skip
    return day, None
