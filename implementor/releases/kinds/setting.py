"""What kinds of setting have in common: each is brought to an image, by a release and back again by its undo."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, ClassVar
from uuid import uuid4

from sqlalchemy import column
from sqlalchemy.orm import Session

from implementor.configuration.first_use import speeches
from implementor.foundation.choices import Choice
from implementor.foundation.fields import Field, Kind, entities
from implementor.foundation.live import LiveConfiguration
from implementor.foundation.mentions import Subject
from implementor.foundation.permissions import Actor
from implementor.foundation.words import Label, Phrase, say, speaking
from implementor.releases.item_kinds import Finding, Image, Operation, Return, RowChange, RowMove, Verb

LABELS = ("label_en", "label_es")
NOTHING = "–"
YES, NO = say("yes"), say("no")


class Setting(ABC):
    """A kind of setting; see `SettingKind` for what each of these says."""

    key: ClassVar[str]
    label: ClassVar[Phrase]
    verbs: ClassVar[tuple[Verb, ...]] = ("add", "change", "retire")

    @abstractmethod
    def live(self, session: Session, uid: str) -> Image | None: ...

    @abstractmethod
    def become(self, session: Session, uid: str, image: Image | None, *, by: Actor, at: datetime) -> None:
        """Make the setting what the image says (None: out of use), whatever it is now."""

    @abstractmethod
    def compared(self, operation: Operation) -> Sequence[tuple[Phrase, str, str]]: ...

    @abstractmethod
    def targets(self, session: Session) -> Sequence[tuple[str, Phrase | str]]: ...

    @abstractmethod
    def fields(self, session: Session, verb: Verb, before: Image | None) -> Sequence[Field]: ...

    @abstractmethod
    def values(self, image: Image) -> dict[str, Any]: ...

    @abstractmethod
    def image(self, session: Session, before: Image | None, values: Mapping[str, Any]) -> Image: ...

    def places(self) -> Sequence[tuple[str, Phrase]]:
        """No kind of record has to be chosen first, for most kinds of setting."""
        return ()

    def identity(self, session: Session, image: Image) -> str:
        """A new one, unless the kind is known by what it is about."""
        return str(uuid4())

    def name(self, image: Image) -> Label:
        """The label that is part of the image."""
        return Label(image["label"])

    def needs(self, operation: Operation) -> frozenset[str]:
        """Nothing, for most kinds."""
        return frozenset()

    def findings(self, session: Session, operation: Operation) -> Sequence[Finding]:
        """Nothing, for kinds that no record holds."""
        return ()

    def subjects(self, session: Session, operation: Operation) -> Sequence[Subject]:
        """Nothing, for kinds that others do not refer to."""
        return ()

    def way_back(self, operation: Operation) -> Return:
        """Free, unless records moved."""
        return "mapped" if operation.answers else "free"

    def moves(self, session: Session, operation: Operation) -> Sequence[RowMove]:
        """Nothing that a job could do later, for most kinds."""
        return ()

    def apply(self, session: Session, operation: Operation, *, by: Actor, at: datetime) -> Sequence[RowChange]:
        """Move records first, then bring the setting to what it shall be."""
        moved = list(self.moved(session, operation, by=by, at=at))
        self.become(session, operation.uid, operation.after, by=by, at=at)
        session.flush()
        return moved

    def moved(self, session: Session, operation: Operation, *, by: Actor, at: datetime) -> Sequence[RowChange]:
        """The records that go elsewhere before the setting goes; none for most kinds."""
        return ()

    def revert(
        self, session: Session, operation: Operation, rows: Sequence[RowChange], *, by: Actor, at: datetime
    ) -> Sequence[RowChange]:
        """Bring the setting back to what it was, then its records that nobody touched since."""
        self.become(session, operation.uid, operation.before, by=by, at=at)
        session.flush()
        return self.returned(session, operation, rows, by=by, at=at)

    def returned(
        self, session: Session, operation: Operation, rows: Sequence[RowChange], *, by: Actor, at: datetime
    ) -> Sequence[RowChange]:
        """The records that went back."""
        return ()

    def shaped(self, configuration: LiveConfiguration, operation: Operation) -> LiveConfiguration:
        """As it is, for kinds that change no form."""
        return configuration

    def previewed(self, operation: Operation) -> Sequence[str]:
        """No form, for kinds that change none."""
        return ()

    def path(self, session: Session, operation: Operation) -> Sequence[tuple[Phrase, str, bool]]:
        """No way through stages, for kinds that are no part of one."""
        return ()


def asked(name: str, kind: Kind, label: Phrase, **more: Any) -> Field:
    """A field of a setting's own form; it stands for no column."""
    return Field(name, kind, label, column(name), **more)


def picked(name: str, label: Phrase, pairs: Sequence[tuple[str, Phrase | str]], **more: Any) -> Field:
    """A choice among pairs (key, label)."""
    choices = tuple(Choice(key, one if isinstance(one, Phrase) else Label({"en": one})) for key, one in pairs)
    return asked(name, Kind.CHOICE, label, choices=choices, **more)


def named() -> tuple[Field, ...]:
    """The name in each language."""
    return (
        asked("label_en", Kind.LINE, say("Name in English"), required=True, longest=80),
        asked("label_es", Kind.LINE, say("Name in Spanish"), required=True, longest=80),
    )


def label_of(values: Mapping[str, Any]) -> dict[str, str]:
    """The names in an image, from values."""
    return {"en": str(values.get("label_en") or ""), "es": str(values.get("label_es") or "")}


def label_values(image: Image) -> dict[str, str]:
    """The names of an image, as fields and services want them."""
    return {"label_en": image["label"]["en"], "label_es": image["label"]["es"]}


def differing(operation: Operation, parts: Sequence[tuple[str, Phrase, Any]]) -> list[tuple[Phrase, str, str]]:
    """(what, before, after) of the parts of an image (name, label, how a value is said) that are not the same."""
    before, after = operation.before or {}, operation.after or {}
    told = []
    for name, label, say_it in parts:
        was, becomes = before.get(name), after.get(name)
        if was != becomes and not (_is_nothing(was) and _is_nothing(becomes)):
            told.append((label, _told(say_it, was), _told(say_it, becomes)))
    return told


def _is_nothing(value: Any) -> bool:
    return not any(value.values()) if isinstance(value, dict) else value in (None, "", [], False)


def _told(say_it: Any, value: Any) -> str:
    if value is not False and _is_nothing(value):
        return NOTHING
    return str(say_it(value))


def said_label(value: Mapping[str, str]) -> str:
    """A name in both languages; once where they are the same."""
    texts = list(dict.fromkeys(filter(None, (value.get("en"), value.get("es")))))
    return " / ".join(texts)


def said_yes(value: bool) -> str:
    """Yes or no."""
    return str(YES if value else NO)


def in_each_language(phrase: Phrase) -> Label:
    """A phrase of the program as a name, said in every language that configuration has words in."""
    texts = {}
    for one in speeches():
        with speaking(one):
            texts[one.language] = str(phrase)
    return Label(texts)


def kinds_of_record(kinds: Iterable[str]) -> list[tuple[str, Phrase]]:
    """Kinds of record that are there, by name, to choose from."""
    pairs = [(kind, entities[kind].label_plural) for kind in kinds if kind in entities]
    return sorted(pairs, key=lambda pair: str(pair[1]))


def with_shape(configuration: LiveConfiguration, kind: str, **changes: Any) -> LiveConfiguration:
    """The configuration with another shape of one kind of record."""
    shapes = {**configuration.shapes, kind: replace(configuration.shape(kind), **changes)}
    return replace(configuration, shapes=shapes, _fields={})
