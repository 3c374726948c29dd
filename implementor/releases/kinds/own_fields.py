"""Fields of one's own as a kind of setting: added, called otherwise, withdrawn with the values that records keep."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from implementor.configuration import queries as configuration
from implementor.configuration.first_use import speeches
from implementor.configuration.models import CustomField
from implementor.configuration.own_fields import field_of
from implementor.configuration.services import custom_fields
from implementor.configuration.services.checking import Identity
from implementor.configuration.services.custom_fields import KEY_LENGTH, KEY_LETTERS
from implementor.configuration.services.field_wishes import CHOSEN, FIELD_KINDS, FieldChange, FieldWish, WordWish
from implementor.foundation.choices import Choice, Picklist
from implementor.foundation.errors import InvalidInput
from implementor.foundation.extensible import configurable
from implementor.foundation.fields import Field, Kind, entities
from implementor.foundation.live import LiveConfiguration
from implementor.foundation.lookup import lookups
from implementor.foundation.mentions import Subject
from implementor.foundation.money import currency_codes
from implementor.foundation.permissions import Actor
from implementor.foundation.rank import rank_between
from implementor.foundation.words import Label, Phrase, say, say_n
from implementor.releases.item_kinds import Finding, Image, Operation, Verb
from implementor.releases.kinds.setting import (
    Setting,
    asked,
    differing,
    label_of,
    label_values,
    named,
    picked,
    said_label,
    said_yes,
)

KEPT, NEEDED = "kept_values", "needed_by_stages"
BETWEEN = " / "
KEPT_PLAIN = ("kind", "field_kind", "target", "currency", "longest", "is_filterable", "rank")


class OwnField(Setting):
    """A field of one's own; known by its key, which never changes and is said before it is there."""

    key = "custom_field"
    label = say("Field")

    def live(self, session: Session, uid: str) -> Image | None:
        row = custom_fields.field_of_key(session, uid)
        if row is None or row.is_archived:
            return None
        words = session.scalars(configuration.picklist_values(row.picklist_id)) if row.picklist_id else ()
        return {
            "key": row.key, **{name: getattr(row, name) for name in KEPT_PLAIN},
            "label": {"en": row.label_en, "es": row.label_es}, "hint": {"en": row.hint_en, "es": row.hint_es},
            "minimum": _text(row.minimum), "maximum": _text(row.maximum),
            "words": [[one.label_en, one.label_es] for one in words if not one.is_archived],
        }  # fmt: skip

    def become(self, session: Session, uid: str, image: Image | None, *, by: Actor, at: datetime) -> None:
        row, spoken = custom_fields.field_of_key(session, uid), speeches()
        if image is None:
            if row is not None:
                custom_fields.withdraw_field(session, row, by=by, at=at)
            return
        same: dict[str, Any] = {
            **label_values(image), "hint_en": image["hint"]["en"], "hint_es": image["hint"]["es"],
            "minimum": _number(image["minimum"]), "maximum": _number(image["maximum"]),
            "longest": image["longest"], "is_filterable": image["is_filterable"],
        }  # fmt: skip
        if row is None:
            wish = FieldWish(
                image["field_kind"], words=[WordWish(*pair) for pair in image["words"]], target=image["target"],
                currency=image["currency"], **same,
            )  # fmt: skip
            who = Identity(uid, uid)
            row = custom_fields.add_field(session, image["kind"], wish, speeches=spoken, by=by, at=at, identity=who)
        else:
            custom_fields.restore_field(session, row, speeches=spoken, by=by, at=at)
            custom_fields.change_field(session, row, FieldChange(**same), speeches=spoken, by=by, at=at)
        row.rank = image["rank"]

    def compared(self, operation: Operation) -> Sequence[tuple[Phrase, str, str]]:
        kinds = {one.value: label for one, label in FIELD_KINDS.items()}
        return differing(
            operation,
            (
                ("label", say("Name"), said_label),
                ("kind", say("Kind of record"), lambda kind: entities[kind].label if kind in entities else kind),
                ("field_kind", say("What it holds"), lambda kind: kinds.get(kind, kind)),
                ("hint", say("Hint"), said_label),
                ("words", say("Words to choose"), lambda words: ", ".join(BETWEEN.join(pair) for pair in words)),
                ("target", say("Links to"), lambda kind: entities[kind].label if kind in entities else kind),
                ("currency", say("Currency"), str),
                ("minimum", say("At least"), str),
                ("maximum", say("At most"), str),
                ("longest", say("Longest text"), str),
                ("is_filterable", say("Lists can be filtered by it"), said_yes),
            ),
        )

    def findings(self, session: Session, operation: Operation) -> Sequence[Finding]:
        image = operation.before
        if operation.verb != "retire" or image is None or image["kind"] not in entities:
            return ()
        return [*_kept(session, image, self.name(image)), *needed_by_stages(session, image, self.name(image))]

    def subjects(self, session: Session, operation: Operation) -> Sequence[Subject]:
        image = operation.before
        return () if operation.after is not None or image is None else [Subject(image["kind"], image["key"])]

    def targets(self, session: Session) -> Sequence[tuple[str, Phrase | str]]:
        return [
            (row.key, say("%(list)s: %(word)s", list=entities[row.kind].label_plural, word=row.label))
            for row in session.scalars(configuration.custom_fields())
            if not row.is_archived and row.kind in entities
        ]

    def fields(self, session: Session, verb: Verb, before: Image | None) -> Sequence[Field]:
        if verb == "retire":
            return ()
        first = _asked_of_new() if before is None else ()
        return (
            *first,
            *named(),
            asked("hint_en", Kind.LINE, say("Hint in English"), longest=300),
            asked("hint_es", Kind.LINE, say("Hint in Spanish"), longest=300),
            asked("minimum", Kind.DECIMAL, say("At least"), hint=say("For numbers.")),
            asked("maximum", Kind.DECIMAL, say("At most"), hint=say("For numbers.")),
            asked("longest", Kind.WHOLE, say("Longest text"), minimum=1, maximum=1000, hint=say("For texts.")),
            asked("is_filterable", Kind.YES_NO, say("Lists can be filtered by it")),
        )

    def values(self, image: Image) -> dict[str, Any]:
        return {
            **image, **label_values(image), "hint_en": image["hint"]["en"], "hint_es": image["hint"]["es"],
            "minimum": _number(image["minimum"]), "maximum": _number(image["maximum"]),
            "words": "\n".join(BETWEEN.join(pair) for pair in image["words"]),
        }  # fmt: skip

    def image(self, session: Session, before: Image | None, values: Mapping[str, Any]) -> Image:
        same = {
            "label": label_of(values),
            "hint": {"en": str(values.get("hint_en") or ""), "es": str(values.get("hint_es") or "")},
            "minimum": _text(values.get("minimum")), "maximum": _text(values.get("maximum")),
            "longest": int(values["longest"]) if values.get("longest") else None,
            "is_filterable": bool(values.get("is_filterable")),
        }  # fmt: skip
        if before is not None:
            return {**before, **same}
        kind, holds = str(values.get("kind") or ""), str(values.get("field_kind") or "")
        if kind not in configurable:
            raise InvalidInput({"kind": say("Choose one of the kinds of record.")})
        beside = list(session.scalars(configuration.custom_fields(kind)))
        return {
            "kind": kind, "key": _new_key(session), "field_kind": holds,
            "target": (values.get("target") or None) if holds == Kind.REFERENCE else None,
            "currency": (values.get("currency") or None) if holds == Kind.MONEY else None,
            "words": words_of(str(values.get("words") or "")) if holds in CHOSEN else [],
            "rank": rank_between(beside[-1].rank if beside else None, None), **same,
        }  # fmt: skip

    def identity(self, session: Session, image: Image) -> str:
        return str(image["key"])

    def shaped(self, configuration: LiveConfiguration, operation: Operation) -> LiveConfiguration:
        image = operation.after or operation.before or {}
        if image["kind"] not in configurable:
            return configuration
        shape = configuration.shape(image["kind"])
        kept = tuple(one for one in shape.added if one.name != image["key"])
        lists = dict(configuration.picklists)
        if operation.after is not None:
            made, words = _drawn(image)
            kept = (*kept, made)
            lists.setdefault(words.key, words)
        shapes = {**configuration.shapes, image["kind"]: replace(shape, added=kept)}
        custom = {**configuration.custom, **{one.name: one for one in kept}}
        return replace(configuration, shapes=shapes, picklists=lists, custom=custom, _fields={})

    def previewed(self, operation: Operation) -> Sequence[str]:
        return [(operation.after or operation.before or {})["kind"]]


def _asked_of_new() -> tuple[Field, ...]:
    kinds = sorted(((kind, entities[kind].label) for kind in configurable if kind in entities), key=_by_label)
    linked = sorted(((kind, entities[kind].label) for kind in lookups if kind in entities), key=_by_label)
    return (
        picked("kind", say("Kind of record"), kinds, required=True),
        picked("field_kind", say("What it holds"), [(one.value, label) for one, label in FIELD_KINDS.items()],
               required=True),
        asked(
            "words", Kind.TEXT, say("Words to choose"), longest=8000,
            hint=say("For choices: one word a line, in English and Spanish, such as: Blue / Azul"),
        ),
        picked("target", say("Links to"), linked, hint=say("For links to records.")),
        picked("currency", say("Currency"), [(code, code) for code in sorted(currency_codes())],
               hint=say("For money.")),
    )  # fmt: skip


def _by_label(pair: tuple[str, Phrase]) -> str:
    return str(pair[1])


def words_of(text: str) -> list[list[str]]:
    """Pairs (English, Spanish), one a line; a line with one word says it in both."""
    pairs = [[part.strip() for part in line.split("/", 1)] for line in text.splitlines() if line.strip()]
    return [[pair[0], pair[-1]] for pair in pairs]


def _new_key(session: Session) -> str:
    while True:
        key = "f_" + "".join(secrets.choice(KEY_LETTERS) for _ in range(KEY_LENGTH))
        if custom_fields.field_of_key(session, key) is None:
            return key


def _drawn(image: Image) -> tuple[Field, Picklist]:
    """The field of an image, and the list of words that it chooses from."""
    label = Label(image["label"])
    words = Picklist(
        f"field.{image['key']}", label,
        tuple(Choice(f"word_{at}", Label({"en": pair[0], "es": pair[1]})) for at, pair in enumerate(image["words"])),
    )  # fmt: skip
    row = CustomField(
        key=image["key"], **{name: image[name] for name in KEPT_PLAIN}, **label_values(image),
        hint_en=image["hint"]["en"], hint_es=image["hint"]["es"], picklist_id=1 if words.values else None,
        minimum=_number(image["minimum"]), maximum=_number(image["maximum"]),
    )  # fmt: skip
    return field_of(row, {1: words}), words


def _kept(session: Session, image: Image, name: Label) -> list[Finding]:
    field = entities[image["kind"]].fields.get(image["key"])
    if field is None:
        return []
    found = select(func.count()).select_from(entities[image["kind"]].model).where(field.column.is_not(None))
    count = session.scalar(found) or 0
    text = say_n(
        "%(count)s record holds a value of %(field)s. It is kept and returns with the field.",
        "%(count)s records hold a value of %(field)s. They are kept and return with the field.",
        count, field=name,
    )  # fmt: skip
    return [Finding(KEPT, text, count)] if count else []


def needed_by_stages(session: Session, image: Image, name: Label) -> list[Finding]:
    """A finding where stages ask for the field."""
    in_use = [one for one in session.scalars(configuration.stages()) if not one.is_archived]
    count = sum(image["key"] in one.required_fields for one in in_use)
    text = say_n(
        "%(count)s stage needs %(field)s.", "%(count)s stages need %(field)s.", count, field=name
    )  # fmt: skip
    return [Finding(NEEDED, text, count, blocks=True)] if count else []


def _text(value: Any) -> str | None:
    return None if value is None or value == "" else format(Decimal(str(value)).normalize(), "f")


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
