"""Rules of when and then, as a kind of setting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.auth.models import User
from implementor.automation import queries
from implementor.automation.models import AutomationRule
from implementor.automation.services import rules
from implementor.automation.services.rules import RuleWish, day_fields, heard_fields
from implementor.automation.services.steps import settable
from implementor.automation.step_rows import INPUTS, ROWS, StepRows
from implementor.automation.telling import told_step, told_when
from implementor.automation.words import CREATED, DATE, E_MAIL, EVENTS, RECEIVERS, STEPS
from implementor.configuration.condition_form import Conditions
from implementor.foundation.access import governed
from implementor.foundation.conditions import conditions_from
from implementor.foundation.errors import InvalidInput
from implementor.foundation.extension import is_key
from implementor.foundation.fields import Field, Kind, entities
from implementor.foundation.words import Phrase, say
from implementor.releases.item_kinds import Image, Operation, Verb
from implementor.releases.kinds.rows import RowServices, row_of
from implementor.releases.kinds.rules import NOTHING, SCOPE, Ruled, kind_of, named_rules, said_conditions
from implementor.releases.kinds.setting import (
    asked,
    differing,
    label_of,
    label_values,
    named,
    picked,
    said_label,
    said_yes,
)

ASKED_STEPS = (1, 2)
"""So many steps are asked of stories; further ones are entered by administrators, and kept."""


class RuleKind(Ruled):
    """What is done by itself; people are known by their mail address, templates by their identity."""

    key = "automation_rule"
    label = say("Rule of when and then")
    row = RowServices(AutomationRule, rules.add_rule, rules.change_rule, rules.RULES.withdraw, rules.restore_rule)

    def live(self, session: Session, uid: str) -> Image | None:
        row = row_of(session, AutomationRule, uid)
        if row is None or row.is_archived:
            return None
        return {
            "kind": row.kind, "label": {"en": row.label_en, "es": row.label_es}, "event": row.event, "field": row.field,
            "days": row.days, "conditions": list(row.conditions), "in_bulk": row.in_bulk,
            "steps": [_abroad(session, one) for one in row.steps],
        }  # fmt: skip

    def wish(self, session: Session, image: Image) -> Any:
        return RuleWish(
            **label_values(image), event=image["event"], field=image["field"], days=image["days"],
            conditions=conditions_from(image["conditions"]), in_bulk=image["in_bulk"],
            steps=tuple(_at_home(session, one) for one in image["steps"]),
        )  # fmt: skip

    def needs(self, operation: Operation) -> frozenset[str]:
        """Fields of one's own and templates that other settings bring."""
        steps = (operation.after or {}).get("steps", ())
        fields = {str(one[name]) for one in steps for name in ("field", "copy") if name in one}
        sent = {str(one["template"]) for one in steps if "template" in one}
        known = entities[operation.after["kind"]].fields if operation.after else {}
        return super().needs(operation) | sent | {one for one in fields if is_key(one) and one not in known}

    def compared(self, operation: Operation) -> Sequence[tuple[Phrase, str, str]]:
        image = operation.after or operation.before or {}
        entity = entities[image["kind"]]
        shown = replace(operation, before=_with_when(operation.before), after=_with_when(operation.after))
        rows = StepRows(entity, Conditions(entity, SCOPE, NOTHING), (), ())
        return differing(
            shown,
            (
                ("label", say("Name"), said_label),
                ("when", say("When"), lambda one: str(told_when(entity, *one))),
                ("conditions", say("Where"), said_conditions(operation)),
                ("steps", say("Then"), lambda many: "; ".join(
                    str(told_step(entity, one, {}, rows.typed(one))) for one in many)),
                ("in_bulk", say("Imports and merges too"), said_yes),
            ),
        )  # fmt: skip

    def targets(self, session: Session) -> Sequence[tuple[str, Phrase | str]]:
        return named_rules(session.scalars(queries.rules()))

    def fields(self, session: Session, verb: Verb, before: Image | None) -> Sequence[Field]:
        if verb == "retire" or before is None:
            return ()
        entity = entities[before["kind"]]
        heard = heard_fields(entity) | day_fields(entity)
        return (
            *named(),
            picked("event", say("When"), list(EVENTS.items()), required=True),
            picked("field", say("Which field"), [(name, one.label) for name, one in heard.items()]),
            asked("days", Kind.WHOLE, say("Days after it")),
            *self.condition_fields(before["kind"]),
            *(field for row in ASKED_STEPS for field in _step_fields(session, before["kind"], row)),
            asked("in_bulk", Kind.YES_NO, say("Imports and merges too")),
        )

    def values(self, image: Image) -> dict[str, Any]:
        rows = _rows(image["kind"])
        shown = {
            f"{name}_{row}": value
            for row, step in zip(ASKED_STEPS, image["steps"], strict=False)
            for name, value in rows.shown(step).items()
        }
        return {**image, **label_values(image), **self.condition_values(image), **shown}

    def image(self, session: Session, before: Image | None, values: Mapping[str, Any]) -> Image:
        kind = kind_of(before, values, governed)
        typed: Any = {
            f"{name}_{row}": SimpleNamespace(data=str(values.get(f"{name}_{row}") or ""))
            for name in INPUTS
            for row in ROWS
        }
        zero = {f"in_days_{row}" for row in ASKED_STEPS if values.get(f"in_days_{row}") == 0}
        for name in zero:
            typed[name].data = "0"
        further = (before or {}).get("steps", [])[len(ASKED_STEPS) :]
        steps = [*_rows(kind).read(typed), *further]
        if not steps:
            raise InvalidInput({"do_1": say("Say what is done: at least one step.")})
        event, days = str(values.get("event") or ""), values.get("days")
        return {
            "kind": kind, "label": label_of(values), "event": event,
            "field": None if event == CREATED else values.get("field") or None,
            "days": int(days or 0) if event == DATE else None, "in_bulk": bool(values.get("in_bulk")),
            "conditions": self.conditions(session, kind, before, values), "steps": [_kept(one) for one in steps],
        }  # fmt: skip


def _rows(kind: str) -> StepRows:
    return StepRows(entities[kind], Conditions(entities[kind], SCOPE, NOTHING), (), ())


def _step_fields(session: Session, kind: str, row: int) -> tuple[Field, ...]:
    """What is asked of one step; people by their mail address."""
    fields = [(name, one.label) for name, one in settable(entities[kind]).items()]
    people = session.execute(select(User.email, User.name).where(User.disabled_at.is_(None)).order_by(User.name))
    sent = [(one.uid, one.label) for one in session.scalars(queries.templates_for(kind, E_MAIL))]
    return (
        picked(f"do_{row}", say("Step %(row)s", row=row), list(STEPS.items())),
        picked(f"set_{row}", say("Field that step %(row)s sets", row=row), fields),
        asked(f"to_value_{row}", Kind.LINE, say("To this value, in step %(row)s", row=row), longest=500),
        picked(f"copy_{row}", say("Or to what stands in, in step %(row)s", row=row), fields),
        asked(f"text_{row}", Kind.LINE, say("What step %(row)s plans", row=row)),
        asked(f"in_days_{row}", Kind.WHOLE, say("Days until what step %(row)s plans", row=row)),
        picked(f"person_{row}", say("Who follows up step %(row)s", row=row), [(one.email, one.name) for one in people]),
        picked(f"template_{row}", say("Template that step %(row)s sends", row=row), sent),
        picked(f"to_{row}", say("Who gets the mail of step %(row)s", row=row), list(RECEIVERS.items())),
    )


def _with_when(image: Image | None) -> Image | None:
    return None if image is None else {**image, "when": [image["event"], image["field"], image["days"]]}


def _kept(step: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in step.items() if value not in (None, "")}


def _abroad(session: Session, step: Mapping[str, Any]) -> dict[str, Any]:
    """A step as an image has it: its person by mail address."""
    person = session.get(User, step["person"]) if step.get("person") else None
    return {**step, "person": person.email} if person is not None else dict(step)


def _at_home(session: Session, step: Mapping[str, Any]) -> dict[str, Any]:
    """A step of an image as the rule keeps it."""
    if not isinstance(step.get("person"), str):
        return dict(step)
    return _kept({**step, "person": session.scalar(select(User.id).where(User.email == step["person"]))})
