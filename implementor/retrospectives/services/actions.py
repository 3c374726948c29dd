"""What a retrospective leads to: actions agreed on, which become stories or action items."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.fields import Scope
from implementor.foundation.permissions import Actor
from implementor.foundation.records import RecordRef
from implementor.foundation.text import clean_line
from implementor.foundation.words import Phrase, say
from implementor.governance.place import Here
from implementor.governance.services.actions import assign_action
from implementor.governance.services.links import link_records
from implementor.governance.services.owners import refuse_stranger
from implementor.history.services import name_action
from implementor.metrics.queries import metric_in_scope
from implementor.retrospectives.models import COLLECT, RetroAction, Retrospective
from implementor.retrospectives.services.notes import NotNow
from implementor.retrospectives.services.retrospectives import refuse_closed, turn
from implementor.stories.services import create_story

LONGEST_TITLE, MOST = 200, 10**13
EFFECT: Mapping[str, Any] = {"metric_id": None, "target": None, "judged_on": None, "direction": "up"}
"""No effect on a metric is expected."""


class BecameAlready(Refusal):
    """It is a story or an action item already."""


def agree_on(
    session: Session, found: Retrospective, values: Mapping[str, Any], *, by: Actor, at: datetime
) -> RetroAction:
    """Agree on an action: `title`, `owner_id`, `due_on`, and with a `metric_id` its `direction`, `target`, `judged_on`.

    Raises NotNow before the reveal, and InvalidInput for what is missing.
    """
    refuse_closed(found)
    if found.phase == COLLECT:
        raise NotNow(say("Reveal the notes first; actions come from what everybody has read."))
    given = _checked(session, found, values, by)
    action = RetroAction(project_id=found.project_id, retrospective_id=found.id, **given)
    session.add(action)
    name_action(
        session, say("Agreed on %(title)s", title=action.title), verb="retro_action.agree", project_id=found.project_id
    )
    session.flush()
    turn(session, found)
    return action


def drop_action(session: Session, found: Retrospective, action: RetroAction, *, by: Actor, at: datetime) -> None:
    """Put an action away that nothing came of yet. Raises BecameAlready."""
    refuse_closed(found)
    refuse_become(action)
    action.archived_at, action.archived_by_id = at, by.user_id
    name_action(
        session, say("Dropped the action %(title)s", title=action.title), verb="retro_action.drop",
        project_id=found.project_id,
    )  # fmt: skip
    session.flush()
    turn(session, found)


def become_story(session: Session, found: Retrospective, action: RetroAction, *, by: Actor, at: datetime) -> Any:
    """Write the action as a story of the backlog that stays linked with it. Raises BecameAlready."""
    refuse_become(action)
    values = {"title": action.title, "owner": action.owner_id, "description": _origin(found)}
    story = create_story(session, Scope(found.project_id, by), values, by=by, at=at)
    session.flush()
    _point(session, found, action, RecordRef("story", story.id))
    return story


def become_item(session: Session, found: Retrospective, action: RetroAction, *, by: Actor, at: datetime) -> Any:
    """Give the action to its owner as an action item that stays linked with it. Raises BecameAlready."""
    refuse_become(action)
    item = assign_action(
        session, Here(found.project_id), title=action.title, owner=action.owner_id, due=action.due_on,
        description=_origin(found), by=by, at=at,
    )  # fmt: skip
    _point(session, found, action, RecordRef("action_item", item.id))
    return item


def refuse_become(action: RetroAction) -> None:
    """Raise BecameAlready where it is a record of its own."""
    if action.became_kind is not None:
        raise BecameAlready(say("%(title)s is a record of its own already.", title=action.title))


def _point(session: Session, found: Retrospective, action: RetroAction, other: RecordRef) -> None:
    action.became_kind, action.became_id = other.kind, other.id
    origin = RecordRef("retrospective", found.id)
    link_records(session, project_id=found.project_id, record=other, relation="came_from", other=origin)
    session.flush()
    turn(session, found)


def _origin(found: Retrospective) -> str:
    return str(say("From the retrospective %(title)s.", title=found.title))


def _checked(session: Session, found: Retrospective, values: Mapping[str, Any], by: Actor) -> dict[str, Any]:
    title = clean_line(values.get("title") or "")
    effect = {name: values.get(name) for name in EFFECT} if values.get("metric_id") is not None else dict(EFFECT)
    wrong: dict[str, Phrase] = {}
    if not 0 < len(title) <= LONGEST_TITLE:
        wrong["title"] = say("Say in up to %(most)s characters what is to be done.", most=LONGEST_TITLE)
    if values.get("owner_id") is None:
        wrong["owner_id"] = say("Choose who does it.")
    if effect["metric_id"] is not None:
        wrong |= _wrong_effect(session, Scope(found.project_id, by), effect)
    if wrong:
        raise InvalidInput(wrong)
    refuse_stranger(session, found.project_id, values["owner_id"])
    return {"title": title, "owner_id": values["owner_id"], "due_on": values.get("due_on"), **effect}


def _wrong_effect(session: Session, scope: Scope, effect: Mapping[str, Any]) -> dict[str, Phrase]:
    target = effect["target"]
    known = session.scalars(metric_in_scope(scope, effect["metric_id"])).first()
    checks = {
        "metric_id": (known is not None, say("Choose a metric of this project.")),
        "target": (
            target is not None and target.is_finite() and abs(target) < MOST, say("Say what the metric should reach.")
        ),
        "judged_on": (effect["judged_on"] is not None, say("Say by when.")),
        "direction": (effect["direction"] in ("up", "down"), say("Choose up or down.")),
    }  # fmt: skip
    return {name: why for name, (is_right, why) in checks.items() if not is_right}
