"""Making one record of two: chosen fields, every reference, a tombstone that leads on, a note of what was done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from implementor.duplicates import queries
from implementor.duplicates.events import RecordsMerged
from implementor.duplicates.match_keys import refresh_keys
from implementor.duplicates.models import MERGED, DuplicatePair, MergeRecord
from implementor.duplicates.sameness import Sameness
from implementor.duplicates.services.moving import give_everything, mend, put_away_rest
from implementor.duplicates.services.pairs import AlreadyDecided, hand_over_pairs, held, require_seen
from implementor.foundation.errors import Refusal
from implementor.foundation.events import publish
from implementor.foundation.extensible import own_fields_of
from implementor.foundation.fields import Field, Kind
from implementor.foundation.permissions import Actor
from implementor.foundation.words import say
from implementor.history.encoding import encoded_values
from implementor.history.services import name_action

VERB = "duplicate.merge"


class MergedBefore(Refusal):
    """One of the two is what remains of an earlier merge, or put away."""


class ChangedMeanwhile(Refusal):
    """A record was changed while somebody compared."""


def merge_pair(
    session: Session,
    declared: Sameness,
    pair: DuplicatePair,
    *,
    survivor_id: int,
    take: Mapping[str, int],
    versions: Mapping[int, int],
    by: Actor,
    at: datetime,
) -> MergeRecord:
    """Make one record of the pair. `take` names for each field the record whose value stays (the survivor's else, or
    the other's where the survivor has none); `versions` are those that the person saw.

    Raises NotFound for what the actor may not change, AlreadyDecided, MergedBefore, ChangedMeanwhile, or what the
    kind's own rules refuse.
    """
    if pair.state == MERGED:
        raise merged_already()
    of_pair = {pair.left_id, pair.right_id}
    if survivor_id not in of_pair or (versions and versions.keys() != of_pair):
        raise merged_before()  # the pair was handed over to another survivor, whom the person did not see
    loser_id = pair.left_id + pair.right_id - survivor_id
    require_seen(session, declared, survivor_id, loser_id, by=by, to_edit=True)
    survivor, loser = _both(session, declared, survivor_id, loser_id, versions)
    if held(session, pair).state == MERGED:  # by somebody who was quicker by a moment
        raise merged_already()
    names = {survivor_id: _title(declared, survivor), loser_id: _title(declared, loser)}
    summary = say("Merged %(loser)s into %(survivor)s", loser=names[loser_id], survivor=names[survivor_id])
    name_action(session, summary, verb=VERB)
    merge = _merge(session, declared, survivor, loser, _chosen(declared, survivor, loser, take, by), by=by, at=at)
    pair.state, pair.decided_at, pair.decided_by_id, pair.reason = MERGED, at, by.user_id, None
    session.flush()
    hand_over_pairs(session, declared, loser_id=loser_id, survivor_id=survivor_id)
    session.flush()
    return merge


def merged_already() -> AlreadyDecided:
    return AlreadyDecided(say("Somebody has merged these two already."))


def merged_before() -> MergedBefore:
    return MergedBefore(say("One of these records was merged or put away. Look at the list again."))


def _both(
    session: Session, declared: Sameness, survivor_id: int, loser_id: int, versions: Mapping[int, int]
) -> tuple[Any, Any]:
    found = {one.id: one for one in session.scalars(queries.both_locked(declared, (survivor_id, loser_id)))}
    if any(one.merged_into_id is not None or one.archived_at is not None for one in found.values()):
        raise merged_before()
    if any(found[one].version != version for one, version in versions.items() if one in found):
        raise ChangedMeanwhile(say("One of these records was changed while you compared them. Compare them again."))
    return found[survivor_id], found[loser_id]


def _title(declared: Sameness, record: Any) -> str:
    attribute = declared.entity.fields[declared.entity.title_field].attribute
    return str(getattr(record, attribute) or declared.entity.label)


def mergeable_fields(declared: Sameness, actor: Actor) -> list[Field]:
    """The fields of `carried_fields` that the actor may write, and so choose between."""
    shown = declared.entity.fields
    return [field for field in carried_fields(declared) if field.name in shown and field.is_editable_by(actor)]


def carried_fields(declared: Sameness) -> list[Field]:
    """What the records themselves hold and people write."""
    own = own_fields_of(declared.model)  # withdrawn ones too, which may return
    held = {*inspect(declared.model).column_attrs.keys(), *own}
    fields = {**own, **declared.entity.fields}.values()
    return [one for one in fields if one.editable and one.attribute in held and one.name not in declared.derived]


def _chosen(
    declared: Sameness, survivor: Any, loser: Any, take: Mapping[str, int], by: Actor
) -> dict[str, tuple[Any, Any]]:
    """Attributes of the survivor that change: (before, after); what is hidden from who merges is not lost by it."""
    changes: dict[str, tuple[Any, Any]] = {}
    for field in carried_fields(declared):
        mine, theirs = getattr(survivor, field.attribute), getattr(loser, field.attribute)
        is_chosen = take.get(field.name) == loser.id and field.is_editable_by(by)
        if not _takes_theirs(declared, field, mine, theirs, is_chosen):
            continue
        for attribute in (field.attribute, *_companions(field)):
            before, after = getattr(survivor, attribute), getattr(loser, attribute)
            if before != after:
                changes[attribute] = before, after
    return _without_circles(declared, changes, survivor, loser)


def _takes_theirs(declared: Sameness, field: Field, mine: Any, theirs: Any, is_chosen: bool) -> bool:
    if field.name in declared.cautious:
        return bool(theirs) and not mine
    if mine in (None, "", []):
        return theirs not in (None, "", [])
    return is_chosen and (theirs not in (None, "", []) or field.nullable)


def _companions(field: Field) -> tuple[str, ...]:
    """An amount takes its currency along."""
    if field.kind is not Kind.MONEY or field.currency is None or isinstance(field.currency, str):
        return ()
    return (str(field.currency.key),)  # type: ignore[attr-defined]


def _without_circles(
    declared: Sameness, changes: dict[str, tuple[Any, Any]], survivor: Any, loser: Any
) -> dict[str, tuple[Any, Any]]:
    """Nothing of the survivor points at itself or at what it absorbs; what stood above the loser takes its place."""
    for name in _pointing_at_its_like(declared):
        before = getattr(survivor, name)
        wanted = changes.get(name, (before, before))[1]
        if wanted in (survivor.id, loser.id) and wanted is not None:
            above = getattr(loser, name)
            changes[name] = before, None if above in (survivor.id, loser.id) else above
    return {name: values for name, values in changes.items() if values[0] != values[1]}


def _pointing_at_its_like(declared: Sameness) -> Iterator[str]:
    """The attributes that name another record of the kind, links of one's own among them."""
    own = declared.model.__table__
    for attribute in inspect(declared.model).column_attrs:
        keys = attribute.columns[0].foreign_keys
        if attribute.key != "merged_into_id" and any(key.column is own.c.id for key in keys):
            yield attribute.key
    yield from (key for key, field in own_fields_of(declared.model).items() if field.target == declared.kind)


def _merge(
    session: Session,
    declared: Sameness,
    survivor: Any,
    loser: Any,
    changes: Mapping[str, tuple[Any, Any]],
    *,
    by: Actor,
    at: datetime,
) -> MergeRecord:
    survivor_id, loser_id = survivor.id, loser.id
    merge = MergeRecord(
        kind=declared.kind,
        survivor_id=survivor_id,
        loser_id=loser_id,
        loser_title=_title(declared, loser),
        before=encoded_values({name: values[0] for name, values in changes.items()}),
        after=encoded_values({name: values[1] for name, values in changes.items()}),
        left={},
        at=at,
        by_id=by.user_id,
    )
    for name, (_before, after) in changes.items():
        setattr(survivor, name, after)
    session.flush()
    merge.moved = give_everything(session, declared, giver_id=loser_id, taker_id=survivor_id)
    session.expire_all()  # rows that were loaded before may belong to another record now
    loser.merged_into_id = survivor_id
    session.add(merge)
    session.flush()
    if declared.settle is not None:
        declared.settle(session, survivor, loser, by, at)
    mend(session, declared, survivor, by=by, at=at)
    session.flush()
    merge.left = put_away_rest(session, declared, record_id=loser_id, at=at)
    refresh_keys(session, declared.kind, (survivor_id, loser_id))
    publish(session, RecordsMerged(declared.kind, survivor_id, loser_id, by, at, merge.moved))
    session.flush()
    return merge
