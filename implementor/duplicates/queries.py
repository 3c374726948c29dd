"""Statements about duplicates: what tells records apart, keys, candidate pairs, merges."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, bindparam, func, select, union_all
from sqlalchemy.orm import aliased

from implementor.auth.models import User
from implementor.duplicates.models import OPEN, DuplicatePair, DuplicateWeighing, MatchKey, MergeRecord
from implementor.duplicates.sameness import Sameness, Source
from implementor.foundation.model import Column, Rows
from implementor.foundation.permissions import Actor
from implementor.foundation.statements import at_most, kept
from implementor.jobs.models import Job


def texts_of_source(source: Source, ids: Collection[int]) -> Rows:
    """Rows of a source for these records: the record's id first, then its columns role by role."""
    return _texts(source).where(source.record_id.in_(list(ids)))


def texts_between(source: Source, first: Column, last: Column) -> Rows:
    """The same for all records from one id to another."""
    return _texts(source).where(source.record_id.between(first, last))


def _texts(source: Source) -> Rows:
    columns = [column for role in source.roles.values() for column in role]
    found = select(source.record_id, *columns)
    found = source.join(found) if source.join is not None else found
    return found if source.where is None else found.where(source.where)


def next_ids(declared: Sameness, *, after: int, limit: int) -> Select[int]:
    """Ids of the next records that are in use, in order."""
    return (
        select(declared.model.id)
        .where(declared.model.id > after, *in_use(declared.model))
        .order_by(declared.model.id)
        .limit(limit)
    )


def in_use(model: Any) -> tuple[ColumnElement[bool], ...]:
    """Records that are neither put away nor merged into others."""
    return model.archived_at.is_(None), model.merged_into_id.is_(None)


def ids_in_use(declared: Sameness, ids: Collection[int]) -> Select[int]:
    """Those of these records that are in use."""
    return select(declared.model.id).where(declared.model.id.in_(list(ids)), *in_use(declared.model))


def count_in_use(declared: Sameness) -> Select[int]:
    """How many records a scan reads."""
    return select(func.count()).select_from(declared.model).where(*in_use(declared.model))


def sample_in_use(declared: Sameness, *, limit: int) -> Select[int]:
    """How many records a scan reads, counted no further than `limit`."""
    some = select(declared.model.id).where(*in_use(declared.model)).limit(limit).subquery()
    return select(func.count()).select_from(some)


def bearing_keys(kind: str, keys: Collection[tuple[str, str]], *, limit: int) -> Select[str, str, int]:
    """Rows (role, value, record id) of the records that bear any of these values in any of these roles.

    Alternatives of role and value together would keep SQLite from using the key, so a few rows too many are read.
    """
    roles, values = sorted({role for role, _value in keys}), sorted({value for _role, value in keys})
    return (
        select(MatchKey.role, MatchKey.value, MatchKey.record_id)
        .where(MatchKey.kind == kind, MatchKey.role.in_(roles), MatchKey.value.in_(values))
        .limit(limit)
    )


def _reachable_pairs(declared: Sameness, actor: Actor) -> tuple[ColumnElement[bool], ...]:
    ids = declared.reachable(actor, "see")
    return () if ids is None else (DuplicatePair.left_id.in_(ids), DuplicatePair.right_id.in_(ids))


def pairs_of_kind(declared: Sameness, *, state: str, actor: Actor) -> Rows:
    """Rows of the list of candidates: the pair's columns and both titles; only records that the actor sees."""
    left, right = aliased(declared.model), aliased(declared.model)
    title = str(declared.title.key)  # type: ignore[attr-defined]
    return (
        select(
            DuplicatePair.id, DuplicatePair.left_id, DuplicatePair.right_id, DuplicatePair.score, DuplicatePair.parts,
            DuplicatePair.state, DuplicatePair.reason, DuplicatePair.decided_at, User.name.label("decided_by"),
            getattr(left, title).label("left_title"), getattr(right, title).label("right_title"),
        )
        .join(left, left.id == DuplicatePair.left_id)
        .join(right, right.id == DuplicatePair.right_id)
        .outerjoin(User, User.id == DuplicatePair.decided_by_id)
        .where(DuplicatePair.kind == declared.kind, DuplicatePair.state == state, *_reachable_pairs(declared, actor))
    )  # fmt: skip


@kept
def candidates_of(declared: Sameness, *, actor: Actor, limit: int) -> Rows:
    """Rows (pair id, title, score) of the undecided pairs of one record, the likeliest first; ask with `record_id`."""
    model = declared.model
    pairs = _open_with(declared.kind, bindparam("record_id"))
    found: Rows = (
        select(pairs.c.id, declared.title.label("title"), pairs.c.score)
        .join(model, model.id == pairs.c.other_id)
        .order_by(pairs.c.score.desc(), pairs.c.id.desc())
        .limit(at_most(limit))
    )
    reachable = declared.reachable(actor, "see")
    return found if reachable is None else found.where(model.id.in_(reachable))


def pair_by_id(pair_id: int) -> Select[DuplicatePair]:
    """The pair of that number."""
    return select(DuplicatePair).where(DuplicatePair.id == pair_id)


def pair_locked(pair_id: int) -> Select[DuplicatePair]:
    """The pair as it stands now, held until the transaction ends. Lock its records before, never after."""
    return pair_by_id(pair_id).with_for_update().execution_options(populate_existing=True)


def pair_of(kind: str, one: int, other: int) -> Select[DuplicatePair]:
    """The pair of two records, in whatever order they are named."""
    low, high = sorted((one, other))
    return select(DuplicatePair).where(
        DuplicatePair.kind == kind, DuplicatePair.left_id == low, DuplicatePair.right_id == high
    )


def open_pairs_with(kind: str, record_id: int) -> Select[DuplicatePair]:
    """Undecided pairs in which a record stands."""
    return select(DuplicatePair).where(DuplicatePair.id.in_(select(_open_with(kind, record_id).c.id)))


def _open_with(kind: str, record_id: Any) -> Subquery:
    """Rows (id, other_id, score) of undecided pairs of a record, each side by its own index."""
    undecided = DuplicatePair.kind == kind, DuplicatePair.decided_at.is_(None)
    sides = (
        select(DuplicatePair.id, other.label("other_id"), DuplicatePair.score).where(own == record_id, *undecided)
        for own, other in (
            (DuplicatePair.left_id, DuplicatePair.right_id),
            (DuplicatePair.right_id, DuplicatePair.left_id),
        )
    )
    return union_all(*sides).subquery()


def seen_ids(declared: Sameness, ids: Collection[int], *, actor: Actor, to_edit: bool) -> Select[int]:
    """Those of the records that the actor may see, or change."""
    reachable = declared.reachable(actor, "edit" if to_edit else "see")
    found = select(declared.model.id).where(declared.model.id.in_(list(ids)))
    return found if reachable is None else found.where(declared.model.id.in_(reachable))


def titles_seen(declared: Sameness, ids: Collection[int], *, actor: Actor) -> Rows:
    """Rows (id, title) of those of the records that the actor sees."""
    return (
        select(declared.model.id, declared.title.label("title"))
        .where(declared.model.id.in_(seen_ids(declared, ids, actor=actor, to_edit=False)))
        .order_by(declared.model.id)
    )


def both_locked(declared: Sameness, ids: Collection[int]) -> Select[Any]:
    """Records by id, locked in that order, so that two merges never wait for each other in a circle."""
    model = declared.model
    return (
        select(model)
        .where(model.id.in_(list(ids)))
        .order_by(model.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def merge_by_id(merge_id: int) -> Select[MergeRecord]:
    """The merge of that number."""
    return select(MergeRecord).where(MergeRecord.id == merge_id)


def merge_now(merge_id: int) -> Select[MergeRecord]:
    """The same as it stands now; whoever takes it apart holds its records."""
    return merge_by_id(merge_id).execution_options(populate_existing=True)


def merges_into(kind: str, record_id: int, *, before: datetime | None, limit: int) -> Rows:
    """Rows (merge, who) of what was merged into a record, the latest first."""
    found: Rows = (
        select(MergeRecord, User.name.label("who"))
        .outerjoin(User, User.id == MergeRecord.by_id)
        .where(MergeRecord.kind == kind, MergeRecord.survivor_id == record_id)
        .order_by(MergeRecord.at.desc(), MergeRecord.id.desc())
        .limit(limit)
    )
    return found if before is None else found.where(MergeRecord.at < before)


def weighing_of_kind(kind: str) -> Select[DuplicateWeighing]:
    """How records of a kind are weighed, where somebody changed that."""
    return select(DuplicateWeighing).where(DuplicateWeighing.kind == kind)


def newest_ids(declared: Sameness, *, limit: int) -> Select[int]:
    """Ids of the newest records that are in use."""
    return select(declared.model.id).where(*in_use(declared.model)).order_by(declared.model.id.desc()).limit(limit)


def open_scores(kind: str, *, limit: int) -> Rows:
    """Rows (left_id, right_id, score, parts) of undecided candidates, the likeliest first."""
    columns = (DuplicatePair.left_id, DuplicatePair.right_id, DuplicatePair.score, DuplicatePair.parts)
    order = (DuplicatePair.score.desc(), DuplicatePair.id.desc())
    return select(*columns).where(DuplicatePair.kind == kind, DuplicatePair.state == OPEN).order_by(*order).limit(limit)


def latest_scan(kind: str) -> Select[Job]:
    """The latest search of a kind for duplicates."""
    asked = Job.arguments["kind"].as_string() == kind
    return select(Job).where(Job.kind == "duplicates.scan", asked).order_by(Job.id.desc()).limit(1)
