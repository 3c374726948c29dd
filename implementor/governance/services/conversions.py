"""Turning a record of governance into one of another kind: text and links go along, and both name each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.foundation.errors import Refusal
from implementor.foundation.permissions import Actor
from implementor.foundation.records import RecordRef
from implementor.foundation.words import Phrase, say
from implementor.governance.catalogue import ACTION_ITEM, CHANGE_REQUEST, DECISION, OBSTACLE, RISK
from implementor.governance.queries.links import links_around
from implementor.governance.services.actions import finish_action, write_action
from implementor.governance.services.changes import ask_change
from implementor.governance.services.decisions import ask_decision
from implementor.governance.services.links import link_records
from implementor.governance.services.obstacles import raise_obstacle, resolve_obstacle
from implementor.governance.services.risks import close_risk, write_risk
from implementor.history.services import name_action

KINDS = {one.kind: one for one in (RISK, OBSTACLE, DECISION, ACTION_ITEM, CHANGE_REQUEST)}
Makes = Callable[..., Any]
Ends = Callable[[Session, Any, str, Actor, datetime], None]
makes: Mapping[str, Makes] = {
    "risk": write_risk,
    "obstacle": raise_obstacle,
    "decision": ask_decision,
    "action_item": write_action,
    "change_request": ask_change,
}
ends: Mapping[str, Ends] = {
    "risk": lambda of, risk, why, by, at: close_risk(of, risk, reason=why, by=by, at=at),
    "obstacle": lambda of, one, why, by, at: resolve_obstacle(of, one, resolution=why, by=by, at=at),
    "action_item": lambda of, item, why, by, at: finish_action(of, item, result=why, by=by, at=at),
}
"""Kinds that can come to their end by becoming something else; questions and requests wait for their decision."""


class SameKind(Refusal):
    """It is of that kind already, or of one that nothing is turned into."""


def targets_of(kind: str) -> list[str]:
    """The kinds that a record of this kind can become."""
    return [one for one in KINDS if one != kind] if kind in KINDS else []


def may_end(record: Any) -> bool:
    """Whether becoming something else can be the end of this record."""
    return record.__record_kind__ in ends and record.is_open


def convert(
    session: Session, record: Any, *, to: str, values: Mapping[str, Any], ending: bool, by: Actor, at: datetime
) -> Any:
    """Make a record of the kind `to` from another one; `values` are catalogue values of the new kind.

    What the record affects, came from and is affected by holds for the new one too. With `ending` the old one is
    closed, naming the new one as the reason. Raises SameKind, or whatever the new kind refuses.
    """
    kind = record.__record_kind__
    if to not in targets_of(kind):
        raise SameKind(say("This cannot be turned into that."))
    title = getattr(record, KINDS[kind].title_field)
    name_action(
        session, say("Turned %(title)s into: %(kind)s", title=title, kind=KINDS[to].label), verb=f"{kind}.convert",
        project_id=record.project_id,
    )  # fmt: skip
    made = makes[to](session, project_id=record.project_id, values=values, by=by, at=at)
    _take_links(session, record, RecordRef(to, made.id))
    if ending and may_end(record):
        ends[kind](session, record, str(_became(KINDS[to].label, made.number)), by, at)
    session.flush()
    return made


def _became(kind: Phrase, number: int) -> Phrase:
    return say("It became: %(kind)s %(number)s.", kind=kind, number=number)


def _take_links(session: Session, record: Any, new: RecordRef) -> None:
    old = RecordRef(record.__record_kind__, record.id)
    for link in session.scalars(links_around(old, project_id=record.project_id)).all():
        if link.relation == "became":
            continue
        ends_here = link.record == old
        first, second = (new, link.other) if ends_here else (link.record, new)
        if first != second:
            _link(session, record.project_id, first, link.relation, second)
    _link(session, record.project_id, old, "became", new)


def _link(session: Session, project_id: int, first: RecordRef, relation: Any, second: RecordRef) -> None:
    link_records(session, project_id=project_id, record=first, relation=relation, other=second)
