"""The company's own words as a kind of setting: what fields and kinds of record are called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.configuration import queries as configuration
from implementor.configuration.first_use import speeches
from implementor.configuration.services.field_names import rename_field, stored_name, unname_field
from implementor.configuration.services.kinds import kind_shape, placeable, rename_kind
from implementor.foundation.access import governed
from implementor.foundation.errors import InvalidInput
from implementor.foundation.fields import Field, Kind, entities
from implementor.foundation.live import LiveConfiguration
from implementor.foundation.permissions import Actor
from implementor.foundation.words import Label, Phrase, say
from implementor.releases.item_kinds import Image, Operation, Verb
from implementor.releases.kinds.setting import (
    Setting,
    asked,
    differing,
    kinds_of_record,
    label_of,
    label_values,
    named,
    picked,
    said_label,
    with_shape,
)

FIELD, RECORD = "name:", "names:"


class FieldName(Setting):
    """What a field of the program is called; known by `name:lead/status`."""

    key = "field_label"
    label = say("Name of a field")

    def live(self, session: Session, uid: str) -> Image | None:
        kind, _, field = uid.removeprefix(FIELD).partition("/")
        row = stored_name(session, kind, field) if uid.startswith(FIELD) else None
        if row is None or row.is_archived:
            return None
        return {"kind": kind, "field": field, "label": {"en": row.label_en, "es": row.label_es}}

    def become(self, session: Session, uid: str, image: Image | None, *, by: Actor, at: datetime) -> None:
        kind, _, field = uid.removeprefix(FIELD).partition("/")
        if image is not None:
            rename_field(session, kind, field, label_values(image), speeches=speeches(), by=by, at=at)
        elif row := stored_name(session, kind, field):
            unname_field(session, row, by=by, at=at)

    def compared(self, operation: Operation) -> Sequence[tuple[Phrase, str, str]]:
        return differing(operation, (("label", say("Name"), said_label), ("field", say("Field"), _plain(operation))))

    def places(self) -> Sequence[tuple[str, Phrase]]:
        return kinds_of_record(governed)

    def targets(self, session: Session) -> Sequence[tuple[str, Phrase | str]]:
        return [
            (f"{FIELD}{row.kind}/{row.field}",
             say("%(list)s: %(word)s", list=entities[row.kind].label_plural, word=row.label))
            for row in session.scalars(configuration.field_labels())
            if row.kind in entities
        ]  # fmt: skip

    def fields(self, session: Session, verb: Verb, before: Image | None) -> Sequence[Field]:
        if verb == "retire" or before is None:
            return ()
        entity = entities[before["kind"]]
        known = [(name, one.label) for name, one in placeable(entity).items() if name in entity.declared]
        return (*((picked("field", say("Field"), known, required=True),) if verb == "add" else ()), *named())

    def values(self, image: Image) -> dict[str, Any]:
        return {**image, **label_values(image)}

    def image(self, session: Session, before: Image | None, values: Mapping[str, Any]) -> Image:
        about = before or {"kind": values.get("kind"), "field": values.get("field")}
        entity = entities.get(str(about["kind"]))
        if entity is None or about["field"] not in entity.declared:
            raise InvalidInput({"field": say("Choose a field that the program brought.")})
        return {"kind": about["kind"], "field": about["field"], "label": label_of(values)}

    def identity(self, session: Session, image: Image) -> str:
        return f"{FIELD}{image['kind']}/{image['field']}"

    def shaped(self, configuration: LiveConfiguration, operation: Operation) -> LiveConfiguration:
        image = operation.after or operation.before or {}
        labels = dict(configuration.shape(image["kind"]).labels)
        labels.pop(image["field"], None)
        if operation.after is not None:
            labels[image["field"]] = Label(image["label"])
        return with_shape(configuration, image["kind"], labels=labels)

    def previewed(self, operation: Operation) -> Sequence[str]:
        return [(operation.after or operation.before or {})["kind"]]


class RecordName(Setting):
    """What a kind of record is called, one and several; known by `names:lead`."""

    key = "kind_label"
    label = say("Name of a kind of record")

    def live(self, session: Session, uid: str) -> Image | None:
        kind = uid.removeprefix(RECORD)
        row = kind_shape(session, kind) if uid.startswith(RECORD) else None
        if row is None or not row.singular_en:
            return None
        label, plural = {"en": row.singular_en, "es": row.singular_es}, {"en": row.plural_en, "es": row.plural_es}
        return {"kind": kind, "label": label, "plural": plural}

    def become(self, session: Session, uid: str, image: Image | None, *, by: Actor, at: datetime) -> None:
        names = {} if image is None else _four(image)
        rename_kind(session, uid.removeprefix(RECORD), names, by=by, at=at)

    def compared(self, operation: Operation) -> Sequence[tuple[Phrase, str, str]]:
        return differing(
            operation, (("label", say("One record"), said_label), ("plural", say("Several records"), said_label))
        )

    def places(self) -> Sequence[tuple[str, Phrase]]:
        return kinds_of_record(governed)

    def targets(self, session: Session) -> Sequence[tuple[str, Phrase | str]]:
        rows = session.scalars(configuration.kind_shapes())
        return [
            (f"{RECORD}{row.kind}", entities[row.kind].label_plural)
            for row in rows
            if row.singular_en and row.kind in entities
        ]

    def fields(self, session: Session, verb: Verb, before: Image | None) -> Sequence[Field]:
        if verb == "retire":
            return ()
        labels = (
            ("singular_en", say("One record, in English")), ("singular_es", say("One record, in Spanish")),
            ("plural_en", say("Several records, in English")), ("plural_es", say("Several records, in Spanish")),
        )  # fmt: skip
        return tuple(asked(name, Kind.LINE, label, required=True, longest=80) for name, label in labels)

    def values(self, image: Image) -> dict[str, Any]:
        return _four(image)

    def image(self, session: Session, before: Image | None, values: Mapping[str, Any]) -> Image:
        kind = before["kind"] if before else str(values.get("kind") or "")
        if kind not in governed:
            raise InvalidInput({"target": say("Choose one of the kinds of record.")})
        names = {name: {"en": values.get(f"{name}_en"), "es": values.get(f"{name}_es")} for name in ONE_AND_MANY}
        return {"kind": kind, "label": names["singular"], "plural": names["plural"]}

    def identity(self, session: Session, image: Image) -> str:
        return f"{RECORD}{image['kind']}"

    def shaped(self, configuration: LiveConfiguration, operation: Operation) -> LiveConfiguration:
        image = operation.after
        called = None if image is None else (Label(image["label"]), Label(image["plural"]))
        return with_shape(configuration, (image or operation.before or {})["kind"], called=called)

    def previewed(self, operation: Operation) -> Sequence[str]:
        return [(operation.after or operation.before or {})["kind"]]


ONE_AND_MANY = ("singular", "plural")


def _four(image: Image) -> dict[str, Any]:
    return {
        "singular_en": image["label"]["en"], "singular_es": image["label"]["es"],
        "plural_en": image["plural"]["en"], "plural_es": image["plural"]["es"],
    }  # fmt: skip


def _plain(operation: Operation) -> Any:
    """A field as the program calls it, under its kind of record."""
    entity = entities.get((operation.after or operation.before or {}).get("kind", ""))

    def said(name: str) -> str:
        declared = entity.declared.get(name) if entity is not None else None
        return name if declared is None or entity is None else f"{entity.label_plural}: {declared.label}"

    return said
