"""Taking a merge apart: both records as they were, as far as nobody worked on since, and a report of the rest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from implementor.duplicates import queries
from implementor.duplicates.events import RecordsParted
from implementor.duplicates.match_keys import refresh_keys
from implementor.duplicates.models import MERGED, OPEN, MergeRecord
from implementor.duplicates.references import Reference
from implementor.duplicates.sameness import Sameness
from implementor.duplicates.services.moving import bring_back_rest, everything_to, mend, repoint, still_pointing
from implementor.duplicates.services.pairs import require_seen
from implementor.foundation.errors import Refusal
from implementor.foundation.events import publish
from implementor.foundation.permissions import Actor
from implementor.foundation.words import Phrase, say, say_n
from implementor.history.encoding import decoded_values, encoded
from implementor.history.services import name_action

VERB = "duplicate.part"


class CannotPart(Refusal):
    """The merge stays as it is."""


@dataclass(frozen=True)
class Parting:
    """What taking a merge apart would do now."""

    values: dict[str, Any]
    """Attributes of the survivor that go back, typed."""
    rows: list[tuple[Reference, list[int]]]
    conflicts: list[Phrase]
    """What somebody changed since, and which therefore stays as it is."""

    @property
    def row_count(self) -> int:
        return sum(len(ids) for _reference, ids in self.rows)


def parting_of(session: Session, declared: Sameness, merge: MergeRecord, *, by: Actor) -> Parting:
    """Look what can be taken apart, without changing anything, in words for this person. Raises CannotPart."""
    if merge.is_apart:
        raise CannotPart(say("This merge was taken apart already."))
    survivor = session.get_one(declared.model, merge.survivor_id)
    if survivor.merged_into_id is not None:
        raise CannotPart(say("The record was merged into another one since. Take that merge apart first."))
    values, conflicts = _values_back(declared, merge, survivor, by)
    rows, more = _rows_back(session, declared, merge)
    return Parting(values, rows, [*conflicts, *more])


def _values_back(
    declared: Sameness, merge: MergeRecord, survivor: Any, by: Actor
) -> tuple[dict[str, Any], list[Phrase]]:
    untouched = {name for name, value in merge.after.items() if encoded(getattr(survivor, name, None)) == value}
    before = {name: value for name, value in merge.before.items() if name in untouched}
    labels = {one.attribute: one.label for one in declared.entity.visible_to(by)}
    kept = [name for name in merge.after if name not in untouched]
    conflicts = [
        say("%(field)s was changed since and stays as it is now.", field=labels[name])
        for name in kept
        if name in labels
    ]
    if any(name not in labels for name in kept):
        conflicts.append(say("Something that is hidden from you was changed since and stays as it is now."))
    return decoded_values(inspect(declared.model), before), conflicts


def _rows_back(
    session: Session, declared: Sameness, merge: MergeRecord
) -> tuple[list[tuple[Reference, list[int]]], list[Phrase]]:
    known = {one.name: one for one in everything_to(declared)}
    back: list[tuple[Reference, list[int]]] = []
    conflicts: list[Phrase] = []
    for name, ids in merge.moved.items():
        reference = known.get(name)
        still = still_pointing(session, reference, ids, merge.survivor_id) if reference is not None else []
        if reference is not None:
            back.append((reference, still))
        if gone := len(ids) - len(still):
            reason = say_n(
                "%(count)s row of %(where)s was given to another record or removed since and stays there.",
                "%(count)s rows of %(where)s were given to another record or removed since and stay there.",
                gone,
                where=name.partition(".")[0].replace("_", " "),
            )
            conflicts.append(reason)
    return back, conflicts


def part_records(session: Session, declared: Sameness, merge: MergeRecord, *, by: Actor, at: datetime) -> Parting:
    """Take a merge apart; what cannot go back is said in the parting's conflicts and kept with the merge.

    Raises NotFound for records the actor may not change, CannotPart.
    """
    require_seen(session, declared, merge.survivor_id, merge.survivor_id, by=by, to_edit=True)
    locked = session.scalars(queries.both_locked(declared, (merge.survivor_id, merge.loser_id))).all()
    survivor, loser = sorted(locked, key=lambda one: one.id != merge.survivor_id)
    merge = session.scalars(queries.merge_now(merge.id)).one()  # two may take it apart at once
    parting = parting_of(session, declared, merge, by=by)
    title = getattr(survivor, declared.entity.fields[declared.entity.title_field].attribute)
    name_action(
        session, say("Took %(loser)s out of %(survivor)s again", loser=merge.loser_title, survivor=title), verb=VERB
    )
    for name, value in parting.values.items():
        setattr(survivor, name, value)
    loser.merged_into_id = None
    session.flush()
    for reference, ids in parting.rows:
        repoint(session, reference, ids, giver_id=merge.survivor_id, taker_id=merge.loser_id)
    bring_back_rest(session, declared, merge.left, record_id=merge.loser_id)
    merge.unmerged_at, merge.unmerged_by_id = at, by.user_id
    merge.report = [one.as_json() for one in parting.conflicts]
    _reopen(session, merge)
    session.flush()
    session.expire_all()
    for record in (survivor, loser):
        mend(session, declared, record, by=by, at=at)
    session.flush()
    refresh_keys(session, declared.kind, (merge.survivor_id, merge.loser_id))
    publish(session, RecordsParted(merge.kind, merge.survivor_id, merge.loser_id, by, at))
    session.flush()
    return parting


def _reopen(session: Session, merge: MergeRecord) -> None:
    pair = session.scalars(queries.pair_of(merge.kind, merge.survivor_id, merge.loser_id)).one_or_none()
    if pair is not None and pair.state == MERGED:
        pair.state, pair.decided_at, pair.decided_by_id = OPEN, None, None
