"""What happened since the last report: changes at field level from the history, and how milestones moved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from implementor.foundation.fields import Kind, Scope
from implementor.foundation.permissions import Actor, Role
from implementor.foundation.records import kinds
from implementor.foundation.words import say, say_n
from implementor.history.models import Change
from implementor.history.wording import entity_of, merged_values, names_of, referenced, worded
from implementor.status.paths import path_of
from implementor.status.report_queries import changes_since
from implementor.status.sections import Section
from implementor.web.language import show_date, show_moment

TOLD = (
    "story", "wave", "milestone", "risk", "obstacle", "decision", "change_request", "action_item", "objective",
    "metric",
)  # fmt: skip
"""Kinds of records whose changes a committee is told of."""
LEFT_OUT = frozenset({Kind.MONEY})
MOST_RECORDS = 150
LONGEST = 160
AHEAD = timedelta(days=90)
DAYS = ("promised_on", "forecast_on")


def changes_section(session: Session, changes: Sequence[Change], project_id: int, by: Actor) -> Section:
    """Records that changed, the latest first, each with its fields before and after, as a viewer of the project may
    see them. Amounts of money are left out."""
    reader = Scope(project_id, Actor(by.user_id, by.name, roles=frozenset({Role.SIGNED_IN, Role.VIEWER})))
    grouped: dict[tuple[str, int], list[Change]] = defaultdict(list)
    for change in changes:
        grouped[change.record_kind, change.record_id].append(change)
    known = [key for key in grouped if key[0] in kinds]
    about = known[:MOST_RECORDS]
    titles = _titles(session, about, by)
    values = {key: merged_values(reversed(grouped[key])) for key in about}
    wanted = [
        one for (kind, _id), each in values.items() if (entity := entity_of(kind)) for one in referenced(entity, each)
    ]
    names = names_of(session, by, wanted)
    rows = []
    for key in about:
        row = titles.get(key)
        if row is not None:
            rows.append(_record(key, row, grouped[key], worded(entity_of(key[0]), values[key], reader, names)))
    left = len(known) - len(about)
    return {"rows": rows, "more": str(say_n("%(count)s more record", "%(count)s more records", left)) if left else ""}


def _titles(session: Session, about: Sequence[tuple[str, int]], by: Actor) -> dict[tuple[str, int], Any]:
    by_kind: dict[str, list[int]] = defaultdict(list)
    for kind, record_id in about:
        by_kind[kind].append(record_id)
    return {
        (kind, row.id): row for kind, ids in by_kind.items() for row in session.execute(kinds[kind].visible(by, ids))
    }


def _record(key: tuple[str, int], row: Any, changes: Sequence[Change], fields: Sequence[Any]) -> Section:
    endpoint, values = kinds[key[0]].endpoint_values(row)
    verbs = {change.verb for change in changes}
    is_new = "created" in verbs
    shown = [] if is_new else [one for one in fields if one.field.kind not in LEFT_OUT]
    last = max(change.at for change in changes).date()
    return {
        "kind": str(kinds[key[0]].label),
        "title": f"{row.number} · {row.title}" if row.number else row.title,
        "path": path_of(endpoint, **values),
        "on": show_date(last, "short"),
        "iso": last.isoformat(),
        "what": str(say("New here")) if is_new else "",
        "fields": [
            {"label": str(one.field.label), "before": _text(one.before), "after": _text(one.after)} for one in shown
        ],
    }


def _text(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, datetime):
        return show_moment(value)
    if isinstance(value, date):
        return show_date(value)
    text = " ".join(str(value).split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def milestone_section(
    milestones: Sequence[Any], waves: Sequence[Any], changes: Sequence[Change], *, on: date
) -> list[Section]:
    """What is due within 90 days or overdue: planned day against forecast, and how often each was moved."""
    moves: dict[int, list[str]] = defaultdict(list)
    for change in changes:
        if change.record_kind == "milestone" and change.verb == "changed":
            moves[change.record_id] += [name for name in DAYS if (change.before or {}).get(name)]
    rows = [
        _milestone(one.title, one.promised_on, one.forecast_on, len(moves[one.id]), on=on)
        for one in milestones
        if min(one.promised_on, one.forecast_on or one.promised_on) <= on + AHEAD
    ]
    rows += [
        _milestone(str(say("End of %(wave)s", wave=one.name)), one.ends_on, None, 0, on=on)
        for one in waves
        if one.ends_on is not None and one.ends_on <= on + AHEAD
    ]
    return sorted(rows, key=lambda row: (row["iso"], row["title"]))


def _milestone(title: str, promised: date, forecast: date | None, moves: int, *, on: date) -> Section:
    expected = max(forecast or promised, on)
    late = (expected - promised).days
    return {
        "title": title,
        "planned": show_date(promised),
        "forecast": show_date(expected if late > 0 else forecast),
        "iso": promised.isoformat(),
        "iso_forecast": expected.isoformat(),
        "late": late,
        "late_text": str(say_n("%(count)s day late", "%(count)s days late", late)) if late > 0 else "",
        "moves": moves,
        "moves_text": str(say_n("moved once", "moved %(count)s times", moves)) if moves else "",
    }


def read_changes(session: Session, *, project_id: int, last_id: int | None, since: datetime) -> list[Change]:
    """The rows of history that a report tells of, the latest first."""
    return list(session.scalars(changes_since(project_id=project_id, kinds=TOLD, last_id=last_id, since=since)))
