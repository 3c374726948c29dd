"""Who gets records without an owner, as a kind of setting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.auth.models import Team, User
from implementor.configuration import queries as configuration
from implementor.configuration.assignable import assignable
from implementor.configuration.models import AssignmentRule
from implementor.configuration.services import assignments
from implementor.configuration.services.assignments import ASSIGNMENTS, AssignmentWish
from implementor.foundation.conditions import conditions_from
from implementor.foundation.errors import InvalidInput
from implementor.foundation.fields import Field
from implementor.foundation.shapes import WAYS, Way
from implementor.foundation.words import Phrase, say
from implementor.releases.item_kinds import Image, Operation, Verb
from implementor.releases.kinds.rows import RowServices, row_of
from implementor.releases.kinds.rules import Ruled, kind_of, named_rules, said_conditions
from implementor.releases.kinds.setting import (
    differing,
    kinds_of_record,
    label_of,
    label_values,
    named,
    picked,
    said_label,
)


class AssignmentKind(Ruled):
    """Who gets records without an owner; people and teams are known by mail address and name."""

    key = "assignment_rule"
    label = say("Assignment rule")
    row = RowServices(
        AssignmentRule,
        assignments.add_assignment,
        assignments.change_assignment,
        ASSIGNMENTS.withdraw,
        ASSIGNMENTS.restore,
    )

    def live(self, session: Session, uid: str) -> Image | None:
        row = row_of(session, AssignmentRule, uid)
        if row is None or row.is_archived:
            return None
        person = session.get(User, row.user_id) if row.user_id is not None else None
        team = session.get(Team, row.team_id) if row.team_id is not None else None
        return {
            "kind": row.kind, "label": {"en": row.label_en, "es": row.label_es}, "conditions": list(row.conditions),
            "way": row.way, "person": person.email if person else None, "team": team.name if team else None,
        }  # fmt: skip

    def wish(self, session: Session, image: Image) -> Any:
        person = session.scalar(select(User.id).where(User.email == image["person"])) if image["person"] else None
        team = session.scalar(select(Team.id).where(Team.name == image["team"])) if image["team"] else None
        return AssignmentWish(
            **label_values(image), way=image["way"], conditions=conditions_from(image["conditions"]),
            user_id=person, team_id=team,
        )  # fmt: skip

    def compared(self, operation: Operation) -> Sequence[tuple[Phrase, str, str]]:
        return differing(
            operation,
            (
                ("label", say("Name"), said_label),
                ("conditions", say("Where"), said_conditions(operation)),
                ("way", say("Who gets them"), lambda one: WAYS[Way(one)]),
                ("person", say("Person"), str),
                ("team", say("Team"), str),
            ),
        )

    def places(self) -> Sequence[tuple[str, Phrase]]:
        return kinds_of_record(assignable)

    def targets(self, session: Session) -> Sequence[tuple[str, Phrase | str]]:
        return named_rules(session.scalars(configuration.assignment_rules()))

    def fields(self, session: Session, verb: Verb, before: Image | None) -> Sequence[Field]:
        if verb == "retire" or before is None:
            return ()
        people = session.execute(select(User.email, User.name).where(User.disabled_at.is_(None)).order_by(User.name))
        teams = session.scalars(select(Team.name).where(Team.archived_at.is_(None)).order_by(Team.name))
        return (
            *named(),
            *self.condition_fields(before["kind"]),
            picked("way", say("Who gets them"), [(one.value, label) for one, label in WAYS.items()], required=True),
            picked("person", say("Person"), [(row.email, row.name) for row in people]),
            picked("team", say("Team"), [(name, name) for name in teams]),
        )

    def values(self, image: Image) -> dict[str, Any]:
        return {**image, **label_values(image), **self.condition_values(image)}

    def image(self, session: Session, before: Image | None, values: Mapping[str, Any]) -> Image:
        kind, way = kind_of(before, values, assignable), str(values.get("way") or "")
        person = str(values.get("person") or "") or None
        team = str(values.get("team") or "") or None
        to_person = way == Way.PERSON
        if to_person and person is None:
            raise InvalidInput({"person": say("Choose a person who can sign in.")})
        if not to_person and team is None:
            raise InvalidInput({"team": say("Choose a team.")})
        conditions = self.conditions(session, kind, before, values)
        return {
            "kind": kind, "label": label_of(values), "conditions": conditions, "way": way,
            "person": person if to_person else None, "team": None if to_person else team,
        }  # fmt: skip
