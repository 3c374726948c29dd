"""Where a field comes from: the releases and the edits by hand that made it what it is, the first at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.configuration.past import OF_RELEASES
from implementor.configuration.permissions import CONFIGURE
from implementor.foundation.fields import Field
from implementor.foundation.permissions import Actor
from implementor.foundation.words import Phrase, say
from implementor.history.models import Action
from implementor.history.queries import latest_actions_on
from implementor.history.wording import sentence_of
from implementor.releases import origin_queries as queries
from implementor.releases.item_kinds import Operation, item_kinds
from implementor.releases.kinds.names import FIELD
from implementor.releases.release_notes import in_words

SHOWN = 50
VERBS = {"add": say("Brought in"), "change": say("Changed"), "retire": say("Taken out of use")}
BY_HAND = say("Set by hand")


@dataclass(frozen=True)
class Step:
    """One thing that was done to a field or one of its words.

    `release` is the row of the operation, with the story where the reader may see its project; None for what was done
    by hand, which says `who`.
    """

    at: datetime
    did: Phrase | str
    about: str
    lines: Sequence[str] = ()
    release: Any = None
    who: str = ""


@dataclass(frozen=True)
class Origin:
    """What made a field, newest first, and what made its words."""

    steps: tuple[Step, ...]
    words: tuple[Step, ...]

    @property
    def first(self) -> Step | None:
        """What brought it."""
        return self.steps[-1] if self.steps else None


def origin_of(session: Session, field: Field, *, actor: Actor) -> Origin:
    """Where a field and its words come from, as this reader may know it."""
    kind = field.kind_of_record
    words = {one.uid: one for one in session.scalars(queries.words_of(field.picklist))} if field.picklist else {}
    own, called = (list(session.scalars(rows)) for rows in queries.rows_of_field(kind, field.name))
    of_field = {field.name, f"{FIELD}{kind}/{field.name}"}
    operations = session.execute(queries.operations_on(actor, [*of_field, *words])).all()
    by_hand = _by_hand(session, {"custom_field": own, "field_label": called}, actor)
    words_by_hand = _by_hand(session, {"picklist_value": [one.id for one in words.values()]}, actor)
    on_field = [_step(row, str(field.label)) for row in operations if row.ReleaseOperation.uid in of_field]
    on_words = [
        _step(row, str(words[row.ReleaseOperation.uid].label))
        for row in operations if row.ReleaseOperation.uid in words
    ]  # fmt: skip
    return Origin(_newest_first([*on_field, *by_hand]), _newest_first([*on_words, *words_by_hand]))


def steps_of(session: Session, uid: str, name: str, *, actor: Actor) -> tuple[Step, ...]:
    """What releases did to the setting of an identity, newest first, as this reader may know it."""
    return _newest_first([_step(row, name) for row in session.execute(queries.operations_on(actor, [uid]))])


def _newest_first(steps: Sequence[Step]) -> tuple[Step, ...]:
    return tuple(sorted(steps, key=lambda one: one.at, reverse=True))


def _step(row: Any, about: str) -> Step:
    done = row.ReleaseOperation
    kind = item_kinds.get(done.kind)
    lines: list[str] = []
    if kind is not None and done.verb == "change":
        operation = Operation(done.kind, "change", done.uid, done.before, done.after, done.answers)
        lines = [in_words(str(what), str(before), str(after)) for what, before, after in kind.compared(operation)]
    return Step(row.applied_at, VERBS.get(done.verb, VERBS["change"]), about, lines, row)


def _by_hand(session: Session, records: dict[str, list[int]], actor: Actor) -> list[Step]:
    """Edits outside of releases: that there was one is for everybody, what it was for those who may make one."""
    if not any(records.values()):
        return []
    found = latest_actions_on(records, limit=SHOWN).where(Action.verb.not_in(OF_RELEASES))
    told = actor.may(CONFIGURE)
    return [
        Step(one.at, BY_HAND, str(sentence_of(one)) if told else "", who=one.actor_name)
        for one in session.scalars(found.where(Action.project_id.is_(None)))
    ]
