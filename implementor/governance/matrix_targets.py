"""What rows of the assignment matrix may point at: kinds of records of a project, each declared by its package."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from implementor.foundation.records import RecordRef
from implementor.foundation.words import Phrase

MOST_OFFERED = 100


@dataclass(frozen=True)
class MatrixTarget:
    """A kind of record: which kind of row points at it, how it is named, and the view name and values of its page."""

    kind: str
    item_kind: str
    label: Phrase
    model: type[Any]
    title: Callable[[Any], str]
    address: Callable[[Any], tuple[str, dict[str, Any]]]


@dataclass(frozen=True)
class PointedAt:
    """A record that a row points at, as its page is reached; `is_archived` where it was put away since."""

    title: str
    endpoint: str
    values: Mapping[str, Any]
    is_archived: bool


matrix_targets: dict[str, MatrixTarget] = {}


def matrix_target(target: MatrixTarget) -> MatrixTarget:
    """Let rows point at a kind; called from a package's contributions."""
    matrix_targets[target.kind] = target
    return target


def offered_targets(session: Session, *, project_id: int) -> list[tuple[Phrase, list[tuple[str, str]]]]:
    """What a new row may point at: for each kind the pairs of `kind:id` and title, the newest; one statement a kind."""
    found = []
    for target in matrix_targets.values():
        records = session.scalars(_in_use(target, project_id).limit(MOST_OFFERED))
        found.append((target.label, [(f"{target.kind}:{one.id}", target.title(one)) for one in records]))
    return [(label, pairs) for label, pairs in found if pairs]


def pointed_at(session: Session, refs: Iterable[RecordRef], *, project_id: int) -> dict[RecordRef, PointedAt]:
    """The records behind pointers of one project; one statement a kind."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for ref in refs:
        wanted[ref.kind].add(ref.id)
    return {
        RecordRef(kind, one.id): _pointed(matrix_targets[kind], one)
        for kind, ids in sorted(wanted.items())
        if kind in matrix_targets
        for one in session.scalars(_in_project(matrix_targets[kind], project_id).where(_id(kind).in_(ids)))
    }


def target_in_use(session: Session, ref: RecordRef, *, project_id: int) -> Any | None:
    """The record that a new row is to point at; None for one of another project, put away or of no such kind."""
    target = matrix_targets.get(ref.kind)
    if target is None:
        return None
    return session.scalars(_in_use(target, project_id).where(_id(ref.kind) == ref.id)).one_or_none()


def _pointed(target: MatrixTarget, record: Any) -> PointedAt:
    endpoint, values = target.address(record)
    return PointedAt(target.title(record), endpoint, values, getattr(record, "archived_at", None) is not None)


def _id(kind: str) -> Any:
    return matrix_targets[kind].model.__table__.c.id


def _in_project(target: MatrixTarget, project_id: int) -> Select[Any]:
    return select(target.model).where(target.model.project_id == project_id)


def _in_use(target: MatrixTarget, project_id: int) -> Select[Any]:
    found = _in_project(target, project_id).order_by(_id(target.kind).desc())
    return found.where(target.model.archived_at.is_(None)) if hasattr(target.model, "archived_at") else found
