"""What a field of one's own holds, changed: a field of the other kind takes its place, and the former keeps its values.

The former field is withdrawn with all that records hold of it, so nothing is lost that has no meaning as the new kind,
history stays readable, and the way back brings everything as it was.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Table, select, update
from sqlalchemy.orm import Session

from implementor.configuration import queries as configuration
from implementor.configuration.services import custom_fields
from implementor.configuration.services.custom_fields import KEY_LENGTH, KEY_LETTERS
from implementor.configuration.services.field_wishes import CHOSEN, FIELD_KINDS
from implementor.configuration.snapshots import load
from implementor.foundation import live
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.extensible import EXT, with_values
from implementor.foundation.extension import ExtColumn, read, written
from implementor.foundation.fields import Field, Kind, entities
from implementor.foundation.live import LiveConfiguration
from implementor.foundation.mentions import Subject
from implementor.foundation.money import currency_codes
from implementor.foundation.permissions import Actor
from implementor.foundation.words import Phrase, say, say_n
from implementor.history.note import note_of
from implementor.history.services import note_many
from implementor.releases.item_kinds import Finding, Image, Operation, RowChange, Verb
from implementor.releases.kinds.converting import WAYS, converted
from implementor.releases.kinds.own_fields import OwnField, needed_by_stages, words_of
from implementor.releases.kinds.setting import Setting, asked, picked

CONVERTS, PARKED = "converts", "parked"
MOST = 5000
"""Records that hold a value; their new ones are written in the transaction of the release, in about a second."""
FIELD = OwnField()


class TooManyValues(Refusal):
    """More records hold a value than can become another kind at once."""


class FieldKind(Setting):
    """What a field holds; known by the key of the field that is there first."""

    key = "field_kind"
    label = say("What a field holds")
    verbs = ("change",)

    def live(self, session: Session, uid: str) -> Image | None:
        """The field that is there first, or the one that took its place."""
        keys = [uid, *(successor_key(uid, kind) for kind in FIELD_KINDS)]
        return next((image for key in keys if (image := FIELD.live(session, key)) is not None), None)

    def become(self, session: Session, uid: str, image: Image | None, *, by: Actor, at: datetime) -> None:
        now = self.live(session, uid)
        if now is not None and (image is None or image["key"] != now["key"]):
            FIELD.become(session, now["key"], None, by=by, at=at)
            session.flush()
        if image is not None:
            FIELD.become(session, image["key"], image, by=by, at=at)

    def apply(self, session: Session, operation: Operation, *, by: Actor, at: datetime) -> Sequence[RowChange]:
        """The other field takes the place first, so that its words have their keys."""
        before, after = operation.before or {}, operation.after or {}
        source = load(session).custom.get(before["key"])
        self.become(session, operation.uid, operation.after, by=by, at=at)
        session.flush()
        present = load(session)
        target = present.custom.get(after["key"])
        if source is None or target is None:
            return ()
        with live.living(present):
            return _fill(session, before["kind"], source, target)

    def returned(
        self, session: Session, operation: Operation, rows: Sequence[RowChange], *, by: Actor, at: datetime
    ) -> Sequence[RowChange]:
        """All of them: each record still holds what it held of the former field."""
        return rows

    def compared(self, operation: Operation) -> Sequence[tuple[Phrase, str, str]]:
        return FIELD.compared(operation)

    def findings(self, session: Session, operation: Operation) -> Sequence[Finding]:
        image = operation.before
        if image is None or operation.after is None or image["kind"] not in entities:
            return ()
        present = self.shaped(live.present(), operation)
        source, target = live.present().custom.get(image["key"]), present.custom.get(operation.after["key"])
        if source is None or target is None:
            return ()
        with live.living(present):
            good, bad = _counted(session, image["kind"], source, target)
        return [*_told(good, bad), *needed_by_stages(session, image, self.name(image))]

    def subjects(self, session: Session, operation: Operation) -> Sequence[Subject]:
        image = operation.before
        return () if image is None else [Subject(image["kind"], image["key"])]

    def targets(self, session: Session) -> Sequence[tuple[str, Phrase | str]]:
        return [
            (row.key, say("%(list)s: %(word)s", list=entities[row.kind].label_plural, word=row.label))
            for row in session.scalars(configuration.custom_fields())
            if not row.is_archived and row.kind in entities and WAYS.get(Kind(row.field_kind))
        ]

    def fields(self, session: Session, verb: Verb, before: Image | None) -> Sequence[Field]:
        ways = WAYS.get(Kind(before["field_kind"]), ()) if before else ()
        return (
            picked("becomes", say("What it holds from then on"), [(one.value, FIELD_KINDS[one]) for one in ways],
                   required=True),
            asked(
                "words", Kind.TEXT, say("Words to choose"), longest=8000,
                hint=say("For choices: one word a line, in English and Spanish, such as: Blue / Azul"),
            ),
            picked("currency", say("Currency"), [(code, code) for code in sorted(currency_codes())],
                   hint=say("For money.")),
        )  # fmt: skip

    def values(self, image: Image) -> dict[str, Any]:
        return {**FIELD.values(image), "becomes": image["field_kind"]}

    def image(self, session: Session, before: Image | None, values: Mapping[str, Any]) -> Image:
        asked_for = next((one for one in FIELD_KINDS if one.value == values.get("becomes")), None)
        first = None if before is None else custom_fields.field_of_key(session, before["key"])
        if before is None or first is None or asked_for not in WAYS.get(Kind(first.field_kind), ()):
            raise InvalidInput({"becomes": say("A field cannot become that: its values would have no meaning.")})
        words = words_of(str(values.get("words") or "")) or list(before["words"])
        currency = values.get("currency") or before["currency"]
        errors = {}
        if asked_for in CHOSEN and not words:
            errors["words"] = say("Write at least one word to choose.")
        if asked_for is Kind.MONEY and not currency:
            errors["currency"] = say("Choose the currency of all amounts of this field.")
        if errors:
            raise InvalidInput(errors)
        return {
            **before, "key": successor_key(before["key"], asked_for), "field_kind": asked_for.value, "target": None,
            "words": words if asked_for in CHOSEN else [], "minimum": None, "maximum": None, "longest": None,
            "currency": currency if asked_for is Kind.MONEY else None,
        }  # fmt: skip

    def shaped(self, configuration: LiveConfiguration, operation: Operation) -> LiveConfiguration:
        gone = Operation(FIELD.key, "retire", operation.uid, operation.before, None)
        come = Operation(FIELD.key, "add", operation.uid, None, operation.after)
        return FIELD.shaped(FIELD.shaped(configuration, gone), come) if operation.after else configuration

    def previewed(self, operation: Operation) -> Sequence[str]:
        return FIELD.previewed(operation)


def successor_key(key: str, kind: Kind) -> str:
    """The key of the field that takes the place of another as this kind: always the same, so it returns with values."""
    number, letters = int.from_bytes(hashlib.sha256(f"{key} {kind.value}".encode()).digest()[:8]), ""
    for _ in range(KEY_LENGTH):
        number, place = divmod(number, len(KEY_LETTERS))
        letters += KEY_LETTERS[place]
    return f"f_{letters}"


def _holding(session: Session, kind: str, source: Field) -> tuple[Table, Sequence[Any]]:
    """The rows that hold a value of the former field. Raises TooManyValues."""
    table: Table = entities[kind].model.__table__
    column: Any = ExtColumn(table.c[EXT], source.name, source.kind)
    version = [table.c.version] if "version" in table.c else []
    asked_rows = select(table.c.id, table.c[EXT], *version).where(column.is_not(None)).order_by(table.c.id)
    rows = session.connection().execute(asked_rows.limit(MOST + 1)).all()
    if len(rows) > MOST:
        raise TooManyValues(
            say("More than %(most)s records hold a value of it. So many do not become another kind at once.", most=MOST)
        )
    return table, rows


def _becomes(row: Any, source: Field, target: Field) -> Any:
    return converted(read(source, row.ext[source.name]), source, target)


def _counted(session: Session, kind: str, source: Field, target: Field) -> tuple[int, int]:
    """How many values have a meaning as the other kind, and how many have none."""
    try:
        rows = _holding(session, kind, source)[1]
    except TooManyValues:
        return 0, 0
    good = sum(_becomes(row, source, target) is not None for row in rows)
    return good, len(rows) - good


def _fill(session: Session, kind: str, source: Field, target: Field) -> list[RowChange]:
    """Let every record hold of the other field what its value means there, as history."""
    table, rows = _holding(session, kind, source)
    found = [(row, value) for row in rows if (value := _becomes(row, source, target)) is not None]
    note, noted, told = note_of(session), [], []
    for row, value in found:
        stamped: dict[str, Any] = {EXT: with_values(row.ext, written(target, value))}
        held = None if row.ext.get(target.name) is None else read(target, row.ext[target.name])
        if "version" in table.c:
            stamped |= {"version": table.c.version + 1, "updated_at": note.at, "updated_by_id": note.actor.user_id}
        session.connection().execute(update(table).where(table.c.id == row.id).values(stamped))
        version = row.version + 1 if "version" in table.c else 1
        noted.append((row.id, version, "changed", {target.attribute: held}, {target.attribute: value}))
        new = written(target, value)[target.name]
        told.append(RowChange(kind, row.id, target.name, row.ext.get(target.name), new))
    note_many(session, kind, noted)  # type: ignore[arg-type]  # "changed" is a verb
    return told


def _told(good: int, bad: int) -> list[Finding]:
    found = []
    if good:
        text = say_n("%(count)s value becomes the other kind.", "%(count)s values become the other kind.", good)
        found.append(Finding(CONVERTS, text, good))
    if bad:
        text = say_n(
            "%(count)s value has no single meaning as the other kind. It stays with the former field.",
            "%(count)s values have no single meaning as the other kind. They stay with the former field.",
            bad,
        )
        found.append(Finding(PARKED, text, bad, blocks=True))
    return found
