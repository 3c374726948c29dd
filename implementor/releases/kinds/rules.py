"""Rules as kinds of setting: what they have in common, and what must be filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from implementor.configuration import queries as configuration
from implementor.configuration.condition_form import ROWS, Conditions
from implementor.configuration.models import RequiredRule
from implementor.configuration.services import needs
from implementor.configuration.services.needs import NeedWish, requirable
from implementor.foundation.access import governed
from implementor.foundation.conditions import TEST_LABELS, Condition, conditions_from
from implementor.foundation.errors import InvalidInput
from implementor.foundation.extension import is_key
from implementor.foundation.fields import Entity, Field, Kind, Scope, entities
from implementor.foundation.live import LiveConfiguration
from implementor.foundation.matching import askable, rows_where
from implementor.foundation.permissions import SYSTEM
from implementor.foundation.shapes import STRENGTHS, Need, Strength
from implementor.foundation.words import Label, Phrase, say, say_n
from implementor.releases.item_kinds import Finding, Image, Operation, Verb
from implementor.releases.kinds.access_findings import roles_shut_out
from implementor.releases.kinds.rows import OfRow, RowServices, row_of
from implementor.releases.kinds.setting import (
    asked,
    differing,
    kinds_of_record,
    label_of,
    label_values,
    named,
    picked,
    said_label,
    said_yes,
    with_shape,
)

LACKING, SHUT_OUT = "lacking", "shut_out"
ASKED_ROWS = (1, 2)


class Ruled(OfRow):
    """A rule over one kind of record, with conditions; known by the `uid` of its row."""

    def needs(self, operation: Operation) -> frozenset[str]:
        image = operation.after or {}
        over = {one["field"] for one in image.get("conditions", ())} | {image.get("field", "")}
        known = entities[image["kind"]].fields if image else {}
        return frozenset(name for name in over if is_key(name) and name not in known)

    def conditions(
        self, session: Session, kind: str, before: Image | None, values: Mapping[str, Any]
    ) -> list[dict[str, Any]]:
        """The conditions that were filled in, and those that the form does not ask. Raises InvalidInput, by input."""
        typed: Any = {
            f"{part}_{row}": SimpleNamespace(data=values.get(f"{part}_{row}") or "")
            for part in ("field", "test", "value")
            for row in ROWS
        }
        known = conditions_from((before or {}).get("conditions", ()))
        asked_here = _asked(entities[kind], known)
        unasked = [one for one in known if one not in asked_here]
        return [one.as_json() for one in (*_over(session, kind).read(typed), *unasked)]

    def condition_values(self, image: Image) -> dict[str, Any]:
        """The conditions of an image as the fields of the form show them."""
        shown: dict[str, Any] = {}
        over = Conditions(entities[image["kind"]], SCOPE, NOTHING)
        for row, one in zip(ASKED_ROWS, _asked(over.entity, conditions_from(image["conditions"])), strict=False):
            shown[f"field_{row}"], shown[f"test_{row}"] = one.field, one.test.value
            shown[f"value_{row}"] = "; ".join(over.typed(one))
        return shown

    def condition_fields(self, kind: str) -> tuple[Field, ...]:
        """Two conditions of plain values; others are entered by administrators, and kept."""
        over = [(name, one.label) for name, one in askable(entities[kind]).items() if one.kind is not Kind.REFERENCE]
        tests = [(one.value, label) for one, label in TEST_LABELS.items()]
        return tuple(
            field
            for row in ASKED_ROWS
            for field in (
                picked(f"field_{row}", say("Field of condition %(row)s", row=row), over),
                picked(f"test_{row}", say("What is asked in condition %(row)s", row=row), tests),
                asked(f"value_{row}", Kind.LINE, say("Value of condition %(row)s", row=row), longest=500),
            )
        )

    def places(self) -> Sequence[tuple[str, Phrase]]:
        return kinds_of_record(governed)


class NeedRule(Ruled):
    """What must be filled in, where conditions hold."""

    key = "required_rule"
    label = say("Needed field")
    row = RowServices(RequiredRule, needs.add_need, needs.change_need, needs.NEEDS.withdraw, needs.NEEDS.restore)

    def live(self, session: Session, uid: str) -> Image | None:
        row = row_of(session, RequiredRule, uid)
        if row is None or row.is_archived:
            return None
        return {
            "kind": row.kind, "field": row.field, "label": {"en": row.label_en, "es": row.label_es},
            "conditions": list(row.conditions), "strength": row.strength, "in_imports": row.in_imports,
        }  # fmt: skip

    def wish(self, session: Session, image: Image) -> Any:
        return NeedWish(
            **label_values(image), field=image["field"], conditions=conditions_from(image["conditions"]),
            strength=image["strength"], in_imports=image["in_imports"],
        )  # fmt: skip

    def compared(self, operation: Operation) -> Sequence[tuple[Phrase, str, str]]:
        return differing(
            operation,
            (
                ("label", say("Name"), said_label),
                ("field", say("Field"), _said_field(operation)),
                ("conditions", say("Where"), said_conditions(operation)),
                ("strength", say("What happens"), lambda one: STRENGTHS[Strength(one)]),
                ("in_imports", say("Imports are held to it"), said_yes),
            ),
        )

    def findings(self, session: Session, operation: Operation) -> Sequence[Finding]:
        image = operation.after
        entity = entities[image["kind"]] if image else None
        field = entity.fields.get(image["field"]) if entity and image else None
        if image is None or entity is None or field is None:
            return ()
        return [*_lacking(session, entity, field, image), *_shut(entity, field)]

    def targets(self, session: Session) -> Sequence[tuple[str, Phrase | str]]:
        return named_rules(session.scalars(configuration.required_rules()))

    def fields(self, session: Session, verb: Verb, before: Image | None) -> Sequence[Field]:
        if verb == "retire" or before is None:
            return ()
        known = [(name, one.label) for name, one in requirable(entities[before["kind"]]).items()]
        return (
            *named(),
            picked("field", say("Field"), known, required=True),
            *self.condition_fields(before["kind"]),
            picked("strength", say("What happens"), [(one.value, label) for one, label in STRENGTHS.items()],
                   required=True),
            asked("in_imports", Kind.YES_NO, say("Imports are held to it")),
        )  # fmt: skip

    def values(self, image: Image) -> dict[str, Any]:
        return {**image, **label_values(image), **self.condition_values(image)}

    def image(self, session: Session, before: Image | None, values: Mapping[str, Any]) -> Image:
        kind = kind_of(before, values, governed)
        return {
            "kind": kind, "field": str(values.get("field") or ""), "label": label_of(values),
            "conditions": self.conditions(session, kind, before, values),
            "strength": str(values.get("strength") or Strength.WARN), "in_imports": bool(values.get("in_imports")),
        }  # fmt: skip

    def shaped(self, configuration: LiveConfiguration, operation: Operation) -> LiveConfiguration:
        image = operation.after or operation.before or {}
        kept = tuple(one for one in configuration.shape(image["kind"]).needs if one.uid != operation.uid)
        if operation.after is not None:
            rule = Need(
                0, operation.uid, Label(image["label"]), image["field"], conditions_from(image["conditions"]),
                Strength(image["strength"]), image["in_imports"],
            )  # fmt: skip
            kept = (*kept, rule)
        return with_shape(configuration, image["kind"], needs=kept)

    def previewed(self, operation: Operation) -> Sequence[str]:
        return [(operation.after or operation.before or {})["kind"]]


SCOPE = Scope(None, SYSTEM)
NOTHING: Any = None
"""Conditions here are over fields whose values need no reading from the database."""


def _over(session: Session, kind: str) -> Conditions:
    return Conditions(entities[kind], SCOPE, session)


def kind_of(before: Image | None, values: Mapping[str, Any], known: Any) -> str:
    kind = before["kind"] if before else str(values.get("kind") or "")
    if kind not in known or kind not in entities:
        raise InvalidInput({"target": say("Choose one of the kinds of record.")})
    return str(kind)


def named_rules(rows: Any) -> list[tuple[str, Phrase | str]]:
    return [
        (row.uid, say("%(list)s: %(word)s", list=entities[row.kind].label_plural, word=row.label))
        for row in rows
        if row.kind in entities
    ]


def _said_field(operation: Operation) -> Any:
    fields = entities[(operation.after or operation.before or {})["kind"]].fields
    return lambda name: fields[name].label if name in fields else name


def said_conditions(operation: Operation) -> Any:
    entity = entities[(operation.after or operation.before or {})["kind"]]

    def said(stored: Sequence[Mapping[str, Any]]) -> str:
        found: Sequence[Condition] = conditions_from(stored)
        over = Conditions(entity, SCOPE, NOTHING)
        plain = [one for one in found if not _points(entity, one)]
        told = [str(over.told(one)) for one in plain]
        return "; ".join(told + [one.field for one in found if _points(entity, one)])

    return said


def _asked(entity: Any, conditions: Sequence[Condition]) -> list[Condition]:
    """The conditions that the form of a story asks."""
    return [one for one in conditions if not _points(entity, one)][: len(ASKED_ROWS)]


def _points(entity: Any, one: Condition) -> bool:
    field = entity.fields.get(one.field)
    return field is not None and field.kind is Kind.REFERENCE


def _lacking(session: Session, entity: Entity, field: Field, image: Image) -> list[Finding]:
    """How many records in use do not meet the rule."""
    lacks = rows_where(entity, conditions_from(image["conditions"])) & field.column.is_(None)
    in_use = getattr(entity.model, "archived_at", None)
    found = select(func.count()).select_from(entity.model).where(lacks)
    count = session.scalar(found.where(in_use.is_(None)) if in_use is not None else found) or 0
    text = say_n("%(count)s record lacks %(field)s.", "%(count)s records lack %(field)s.", count, field=field.label)
    return [Finding(LACKING, text, count, blocks=image["strength"] == Strength.EDIT)] if count else []


def _shut(entity: Entity, field: Field) -> list[Finding]:
    """Whom the rule does not hold, because the field is shut to them."""
    roles = roles_shut_out(entity.kind, field.name)
    named = ", ".join(map(str, roles))
    text = say("%(roles)s cannot fill in %(field)s, so the rule does not hold them.", roles=named, field=field.label)
    return [Finding(SHUT_OUT, text, len(roles))] if roles else []
