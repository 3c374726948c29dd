"""The configuration on a day or after a release: how it was, what differs from another day, and a file of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from flask import Response, request
from sqlalchemy import select

from implementor.configuration.bygone import Moment, brought_by, rows_at
from implementor.configuration.bygone_words import differences, known_by_kind, label_of_kind
from implementor.configuration.permissions import CONFIGURE
from implementor.foundation.local_days import day_named
from implementor.foundation.words import Phrase, say, speech
from implementor.releases.release_models import ConfigRelease
from implementor.releases.views.release_routing import blueprint
from implementor.web.guard import allow
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

MOST_RELEASES = 200


@dataclass(frozen=True)
class Asked:
    """A moment that somebody asked for, and how it is said."""

    moment: Moment
    label: Phrase
    is_wrong: bool = False


@blueprint.get("/settings/configuration-on")
@allow(CONFIGURE)
def bygone() -> Response:
    """The configuration as it was, and what differs from another day where one is given."""
    asked = _asked("on", "release")
    against = _asked("against", "against_release") if _is_given("against", "against_release") else None
    rows = rows_at(session(), asked.moment)
    first, last = _in_order(asked, against)
    found = [] if against is None else differences(rows_at(session(), first.moment), rows_at(session(), last.moment))
    return draw(
        "releases/bygone.html",
        422 if asked.is_wrong or (against is not None and against.is_wrong) else 200,
        asked=asked,
        against=against,
        first=first,
        last=last,
        found=found,
        known=known_by_kind(rows),
        label_of_kind=label_of_kind,
        brought=brought_by(session(), asked.moment),
        brought_later=brought_by(session(), last.moment) if against else {},
        releases=_release_of_action(),
        numbers=session().scalars(_numbers()).all(),
        given=request.args,
    )


@blueprint.get("/settings/configuration-on/file")
@allow(CONFIGURE)
def bygone_file() -> Response:
    """The configuration as it was, as a file that other programs read."""
    asked = _asked("on", "release")
    rows, brought = rows_at(session(), asked.moment), brought_by(session(), asked.moment)
    releases = _release_of_action()
    told = [
        {"kind": kind, "id": row_id, "values": rows[kind, row_id], **_since(brought.get((kind, row_id)), releases)}
        for kind, row_id in sorted(rows)
    ]
    answer = Response(json.dumps(told, ensure_ascii=False, indent=1), mimetype="application/json")
    answer.headers["Content-Disposition"] = f'attachment; filename="configuration-{asked.moment.at:%Y-%m-%d}.json"'
    return answer


def _since(brought: Any, releases: dict[int, int]) -> dict[str, Any]:
    if brought is None:
        return {"since": None}
    return {"since": brought.at.isoformat(), "by": brought.who, "release": releases.get(brought.action_id)}


def _is_given(day: str, release: str) -> bool:
    return bool(request.args.get(day) or request.args.get(release))


def _asked(day: str, release: str) -> Asked:
    """The end of a day in the reader's zone, or right after a release, which goes first; now where nothing is given."""
    number = request.args.get(release, "")
    if number.isdecimal() and len(number) < 10:
        found = session().scalars(_release(int(number))).one_or_none()
        if found is not None:
            label = say("Release %(number)s", number=found.number)
            return Asked(Moment(found.applied_at, found.action_id), label)
    typed = request.args.get(day, "")
    if not typed:
        return Asked(Moment(now()), say("Now"), is_wrong=bool(number))
    chosen = day_named(typed)
    if chosen is None:
        return Asked(Moment(now()), say("Now"), is_wrong=True)
    end = datetime.combine(chosen, time.min, speech().zone) + timedelta(days=1, microseconds=-1)
    return Asked(Moment(end), say("%(day)s", day=chosen.isoformat()))


def _in_order(asked: Asked, against: Asked | None) -> tuple[Asked, Asked]:
    """The earlier and the later of the two."""
    if against is None:
        return asked, asked
    first, last = sorted((asked, against), key=lambda one: (one.moment.at, one.moment.action_id or 0))
    return first, last


def _release(number: int) -> Any:
    """The release of that number, of whatever project."""
    return select(ConfigRelease).where(ConfigRelease.number == number)


def _numbers() -> Any:
    return select(ConfigRelease.number).order_by(ConfigRelease.number.desc()).limit(MOST_RELEASES)


def _release_of_action() -> dict[int, int]:
    """Piece of history -> the number of the release that made it."""
    found = session().execute(select(ConfigRelease.action_id, ConfigRelease.returned_action_id, ConfigRelease.number))
    return {action: number for *actions, number in found for action in actions if action is not None}
