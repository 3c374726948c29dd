"""How lists and forms of a kind of record begin, and whether the kind is used, as kinds of setting."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from implementor.configuration.services.kinds import (
    columns_on_offer,
    kind_shape,
    set_columns,
    switch_off,
    switch_on,
)
from implementor.configuration.switching import switchable
from implementor.foundation.access import governed
from implementor.foundation.errors import InvalidInput
from implementor.foundation.fields import Field, Kind, entities
from implementor.foundation.live import LiveConfiguration
from implementor.foundation.mentions import Subject
from implementor.foundation.permissions import Actor
from implementor.foundation.words import Label, Phrase, say, say_n
from implementor.releases.item_kinds import Finding, Image, Operation, Verb
from implementor.releases.kinds.setting import (
    Setting,
    asked,
    differing,
    in_each_language,
    kinds_of_record,
    picked,
    said_yes,
    with_shape,
)

LEFT = "records_left"


class OfKind(Setting):
    """Something that every kind of record has, so that it can only be changed; known by a prefix and the kind."""

    verbs = ("change",)
    prefix: str

    def kinds(self) -> Iterable[str]:
        """The kinds of record that have it."""
        return governed

    def kind_of(self, uid: str) -> str | None:
        """The kind of record of an identity."""
        kind = uid.removeprefix(self.prefix)
        return kind if uid.startswith(self.prefix) and kind in self.kinds() and kind in entities else None

    def name(self, image: Image) -> Label:
        named: dict[str, Any] = {"list": entities[image["kind"]].label_plural, "word": self.label}
        return in_each_language(say("%(list)s: %(word)s", **named))

    def identity(self, session: Session, image: Image) -> str:
        return f"{self.prefix}{image['kind']}"

    def targets(self, session: Session) -> Sequence[tuple[str, Phrase | str]]:
        return [(f"{self.prefix}{kind}", label) for kind, label in kinds_of_record(self.kinds())]

    def values(self, image: Image) -> dict[str, Any]:
        return dict(image)


class ListColumns(OfKind):
    """The columns and the order that the list of a kind begins with; empty for those of the program."""

    key = "list_columns"
    label = say("Columns of the list")
    prefix = "columns:"

    def live(self, session: Session, uid: str) -> Image | None:
        kind = self.kind_of(uid)
        if kind is None:
            return None
        row = kind_shape(session, kind)
        return {"kind": kind, "columns": list(row.columns) if row else [], "sort": row.sort if row else ""}

    def become(self, session: Session, uid: str, image: Image | None, *, by: Actor, at: datetime) -> None:
        if image is not None:
            set_columns(session, image["kind"], image["columns"], image["sort"], by=by, at=at)

    def compared(self, operation: Operation) -> Sequence[tuple[Phrase, str, str]]:
        image = operation.after or operation.before or {}
        fields = entities[image["kind"]].fields

        def said(names: Sequence[str]) -> str:
            return ", ".join(str(fields[name].label) if name in fields else name for name in names)

        return differing(
            operation,
            (("columns", say("Columns"), said), ("sort", say("Order"), lambda name: said([name.lstrip("-")]))),
        )

    def fields(self, session: Session, verb: Verb, before: Image | None) -> Sequence[Field]:
        if before is None:
            return ()
        entity = entities[before["kind"]]
        columns = [(name, one.label) for name, one in columns_on_offer(entity).items()]
        orders = [
            (f"{mark}{name}", say("%(field)s, upwards", field=one.label) if not mark else
             say("%(field)s, downwards", field=one.label))
            for name, one in entity.fields.items() if one.sortable and one.is_shown for mark in ("", "-")
        ]  # fmt: skip
        return (
            replace(picked("columns", say("Columns"), columns), kind=Kind.TAGS),
            picked("sort", say("Order"), orders),
        )

    def image(self, session: Session, before: Image | None, values: Mapping[str, Any]) -> Image:
        chosen = list(values.get("columns") or ())
        held = before["columns"] if before else []
        kept = [name for name in held if name in chosen]
        more = [name for name in chosen if name not in kept]
        return {"kind": (before or values)["kind"], "columns": kept + more, "sort": values.get("sort") or ""}


class ModuleSwitch(OfKind):
    """Whether a kind of record is used at all; its records stay either way."""

    key = "module_switch"
    label = say("In use")
    prefix = "module:"

    def kinds(self) -> Iterable[str]:
        return switchable

    def live(self, session: Session, uid: str) -> Image | None:
        kind = self.kind_of(uid)
        row = kind_shape(session, kind) if kind is not None else None
        return None if kind is None else {"kind": kind, "is_used": row is None or row.switched_off_at is None}

    def become(self, session: Session, uid: str, image: Image | None, *, by: Actor, at: datetime) -> None:
        if image is not None:
            (switch_on if image["is_used"] else switch_off)(session, image["kind"], by=by, at=at)

    def compared(self, operation: Operation) -> Sequence[tuple[Phrase, str, str]]:
        before, after = operation.before or {}, operation.after or {}
        told = [(say("In use"), said_yes(before["is_used"]), said_yes(after["is_used"]))]
        return told if before != after else []

    def findings(self, session: Session, operation: Operation) -> Sequence[Finding]:
        image = operation.after or {}
        if image.get("is_used", True):
            return ()
        entity = entities[image["kind"]]
        count = session.scalar(select(func.count()).select_from(entity.model)) or 0
        text = say_n(
            "%(count)s record of %(what)s is met nowhere any more, and kept.",
            "%(count)s records of %(what)s are met nowhere any more, and kept.",
            count, what=entity.label_plural,
        )  # fmt: skip
        return (Finding(LEFT, text, count),) if count else ()

    def subjects(self, session: Session, operation: Operation) -> Sequence[Subject]:
        image = operation.after or {}
        return () if image.get("is_used", True) else [Subject(image["kind"])]

    def fields(self, session: Session, verb: Verb, before: Image | None) -> Sequence[Field]:
        return (asked("is_used", Kind.YES_NO, say("In use")),)

    def image(self, session: Session, before: Image | None, values: Mapping[str, Any]) -> Image:
        if before is None:
            raise InvalidInput({"target": say("Choose one of the kinds of record.")})
        return {**before, "is_used": bool(values.get("is_used"))}

    def shaped(self, configuration: LiveConfiguration, operation: Operation) -> LiveConfiguration:
        image = operation.after or operation.before or {}
        return with_shape(configuration, image["kind"], is_off=not image["is_used"])
