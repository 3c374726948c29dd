"""Choice values as a kind of setting: words of lists that are added, renamed, and retired for another word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.configuration import queries as configuration
from implementor.configuration.catalogue import TONE_LABELS
from implementor.configuration.models import PicklistValue, StoredPicklist
from implementor.configuration.services import words
from implementor.configuration.services.checking import Identity, new_key
from implementor.configuration.services.placing import place
from implementor.foundation.choices import Choice
from implementor.foundation.errors import InvalidInput
from implementor.foundation.fields import Field, Kind
from implementor.foundation.live import LiveConfiguration
from implementor.foundation.mentions import Subject
from implementor.foundation.permissions import Actor
from implementor.foundation.rank import rank_between
from implementor.foundation.words import Label, Phrase, say, say_n
from implementor.releases.item_kinds import Finding, Image, Operation, Return, RowChange, RowMove, Verb
from implementor.releases.kinds import holders
from implementor.releases.kinds.order import place_field, rank_at, said_place
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

HELD, KEEP = "held", "keep"
"""The finding that records hold the word, and the answer that they keep it."""
LIST = StoredPicklist.__record_kind__


class ChoiceValue(Setting):
    """A word of a list; known by the `uid` of its row."""

    key = "choice_value"
    label = say("Choice value")

    def live(self, session: Session, uid: str) -> Image | None:
        found = _found(session, uid)
        if found is None or found[0].is_archived:
            return None
        word, of = found
        return {
            "list": of.key, "key": word.key, "label": {"en": word.label_en, "es": word.label_es}, "tone": word.tone,
            "default": of.default_key == word.key, "rank": word.rank,
        }  # fmt: skip

    def become(self, session: Session, uid: str, image: Image | None, *, by: Actor, at: datetime) -> None:
        found = _found(session, uid)
        if image is None:
            if found is not None:
                words.retire_word(session, found[1], found[0], by=by, at=at)
            return
        of = found[1] if found else list_of(session, image["list"])
        named_so: dict[str, Any] = {"labels": label_values(image), "tone": image["tone"], "by": by, "at": at}
        if found is None:
            word = words.add_word(session, of, **named_so, identity=Identity(uid, image.get("key") or ""))
        else:
            word = found[0]
            if word.is_archived:
                words.restore_word(session, of, word, by=by, at=at)
            words.change_word(session, of, word, **named_so)
        place(session, word, image["rank"])
        _begin_with(session, of, word, is_default=bool(image.get("default")), by=by, at=at)

    def compared(self, operation: Operation) -> Sequence[tuple[Phrase, str, str]]:
        told = differing(
            operation,
            (
                ("label", say("Name"), said_label),
                ("tone", say("Tone"), lambda tone: TONE_LABELS[tone]),
                ("default", say("New records begin with it"), said_yes),
            ),
        )
        if operation.verb == "change":
            told += differing(operation, (("rank", say("Place in the order"), said_place),))
        return told

    def findings(self, session: Session, operation: Operation) -> Sequence[Finding]:
        if operation.verb != "retire" or operation.before is None:
            return ()
        image = operation.before
        count = sum(holders.held(session, entity, field, image["key"]) for entity, field in _holding(image))
        if not count:
            return ()
        others = [one for one in _in_use(session, image["list"]) if one.uid != operation.uid]
        choices = (*((one.uid, one.label) for one in others), (KEEP, say("They keep it")))
        text = say_n(
            "%(count)s record holds %(word)s.", "%(count)s records hold %(word)s.", count, word=self.name(image)
        )
        return (Finding(HELD, text, count, blocks=True, choices=choices),)

    def moved(self, session: Session, operation: Operation, *, by: Actor, at: datetime) -> Sequence[RowChange]:
        if operation.after is not None:
            return _default_given_up(session, operation.after)
        successor = _successor(session, operation)
        if operation.before is None or successor is None:
            return ()
        going, place = _found(session, operation.uid), (operation.before["list"], operation.before["key"])
        if operation.moves_later and going is not None:
            words.let_records_move(going[0], successor.key)
            return ()
        return holders.move_words(session, *place, successor.key)

    def moves(self, session: Session, operation: Operation) -> Sequence[RowMove]:
        successor = _successor(session, operation)
        if operation.before is None or successor is None:
            return ()
        key = operation.before["key"]
        counted = [
            (entity, field, holders.held(session, entity, field, key)) for entity, field in _holding(operation.before)
        ]
        return [
            RowMove(entity.kind, field.name, key, successor.key, count) for entity, field, count in counted if count
        ]

    def subjects(self, session: Session, operation: Operation) -> Sequence[Subject]:
        image = operation.before
        if operation.after is not None or image is None:
            return ()
        return [Subject(entity.kind, field.name, image["key"]) for entity, field in _holding(image)]

    def returned(
        self, session: Session, operation: Operation, rows: Sequence[RowChange], *, by: Actor, at: datetime
    ) -> Sequence[RowChange]:
        back = list(holders.move_back(session, [row for row in rows if row.kind != LIST]))
        for row in rows:
            of = session.get(StoredPicklist, row.record_id) if row.kind == LIST else None
            if of is not None and of.default_key is None and _is_in_use(session, of, row.before):
                _begin(session, of, row.before, by=by, at=at)
                back.append(row)
        return back

    def way_back(self, operation: Operation) -> Return:
        return "mapped" if operation.answers.get(HELD) not in (None, "", KEEP) else "free"

    def targets(self, session: Session) -> Sequence[tuple[str, Phrase | str]]:
        lists = {one.id: one for one in session.scalars(configuration.picklists())}
        found = [one for one in session.scalars(configuration.picklist_values()) if not one.is_archived]
        found.sort(key=lambda one: (str(lists[one.picklist_id].label), one.rank))
        return [
            (one.uid, say("%(list)s: %(word)s", list=lists[one.picklist_id].label, word=one.label)) for one in found
        ]

    def fields(self, session: Session, verb: Verb, before: Image | None) -> Sequence[Field]:
        if verb == "retire":
            others = _in_use(session, before["list"]) if before else []
            pairs = [(one.uid, one.label) for one in others if before is None or one.key != before["key"]]
            hint = say("Records that hold the word are moved to this one. Empty: it is asked when records hold it.")
            return (picked(HELD, say("Its place is taken by"), [*pairs, (KEEP, say("They keep it"))], hint=hint),)
        lists = [(one.key, one.label) for one in session.scalars(configuration.picklists())]
        lists.sort(key=lambda pair: str(pair[1]))
        of = () if before else (picked("list", say("List of words"), lists, required=True),)
        order = (place_field(_in_use(session, before["list"]), _uid_of(session, before)),) if before else ()
        return (
            *of,
            *named(),
            picked("tone", say("Tone"), tuple(TONE_LABELS.items()), required=True),
            asked("default", Kind.YES_NO, say("New records begin with it")),
            *order,
        )

    def values(self, image: Image) -> dict[str, Any]:
        return {
            "list": image["list"], **label_values(image), "tone": image["tone"],
            "default": bool(image.get("default")), "place": "",
        }  # fmt: skip

    def image(self, session: Session, before: Image | None, values: Mapping[str, Any]) -> Image:
        of = list_of(session, before["list"] if before else str(values.get("list") or ""))
        rows = list(session.scalars(configuration.picklist_values(of.id)))
        usual = before["rank"] if before else rank_between(rows[-1].rank if rows else None, None)
        in_use = [row for row in rows if not row.is_archived]
        mine = _uid_of(session, before)
        label = label_of(values)
        return {
            "list": of.key,
            "key": before["key"] if before else new_key(label["en"], (row.key for row in rows)),
            "label": label,
            "tone": values.get("tone") or "neutral",
            "default": bool(values.get("default")),
            "rank": rank_at(in_use, mine, str(values.get("place") or ""), usual),
        }

    def shaped(self, configuration: LiveConfiguration, operation: Operation) -> LiveConfiguration:
        image = operation.after or operation.before or {}
        try:
            of = configuration.picklist(image["list"])
        except KeyError:
            return configuration
        kept = [one for one in of.values if one.key != image["key"]]
        if operation.after is None:
            return _with_list(configuration, replace(of, values=tuple(kept)))
        word = Choice(image["key"], Label(image["label"]), image["tone"], True, bool(image.get("default")))
        if word.is_default:
            kept = [replace(one, is_default=False) for one in kept]
        at = next((place for place, one in enumerate(of.values) if one.key == image["key"]), len(kept))
        return _with_list(configuration, replace(of, values=(*kept[:at], word, *kept[at:])))

    def previewed(self, operation: Operation) -> Sequence[str]:
        return [entity.kind for entity, _field in _holding(operation.after or operation.before or {})]


def _successor(session: Session, operation: Operation) -> PicklistValue | None:
    """The word that takes the place of one that is retired, if somebody chose one. Raises InvalidInput."""
    to = operation.answers.get(HELD)
    if operation.after is not None or operation.before is None or to in (None, "", KEEP):
        return None
    found = _found(session, str(to))
    if found is None or found[0].is_archived:
        raise InvalidInput({HELD: say("The word that takes the place of another one is not in use.")})
    return found[0]


def list_of(session: Session, key: str) -> StoredPicklist:
    """The stored list of a key. Raises InvalidInput where there is none."""
    found = session.scalars(select(StoredPicklist).where(StoredPicklist.key == key)).one_or_none()
    if found is None:
        raise InvalidInput({"list": say("Choose one of the lists of words.")})
    return found


def _found(session: Session, uid: str) -> tuple[PicklistValue, StoredPicklist] | None:
    word = session.scalars(select(PicklistValue).where(PicklistValue.uid == uid)).one_or_none()
    return None if word is None else (word, session.get_one(StoredPicklist, word.picklist_id))


def _in_use(session: Session, list_key: str) -> list[PicklistValue]:
    of = list_of(session, list_key)
    return [one for one in session.scalars(configuration.picklist_values(of.id)) if not one.is_archived]


def _uid_of(session: Session, image: Image | None) -> str | None:
    """The identity of the word that an image is of."""
    if image is None:
        return None
    return next((one.uid for one in _in_use(session, image["list"]) if one.key == image["key"]), None)


def _holding(image: Image) -> Sequence[tuple[Any, Field]]:
    return list(holders.holders(image["list"])) if "list" in image else []


def _begin_with(
    session: Session, of: StoredPicklist, word: PicklistValue, *, is_default: bool, by: Actor, at: datetime
) -> None:
    """Let new records begin with a word, or no more."""
    if (of.default_key == word.key) != is_default:
        _begin(session, of, word.key if is_default else None, by=by, at=at)


def _begin(session: Session, of: StoredPicklist, key: str | None, *, by: Actor, at: datetime) -> None:
    labels = {"label_en": of.label_en, "label_es": of.label_es}
    words.change_list(session, of, labels=labels, default_key=key, by=by, at=at)


def _default_given_up(session: Session, image: Image) -> Sequence[RowChange]:
    """What new records began with, where this word takes its place; a list is a record too."""
    of = list_of(session, image["list"])
    if not image.get("default") or of.default_key in (None, image["key"]):
        return ()
    return (RowChange(LIST, of.id, "default_key", of.default_key, image["key"]),)


def _is_in_use(session: Session, of: StoredPicklist, key: str) -> bool:
    return any(one.key == key for one in _in_use(session, of.key))


def _with_list(configuration: LiveConfiguration, changed: Any) -> LiveConfiguration:
    return replace(configuration, picklists={**configuration.picklists, changed.key: changed}, _fields={})
