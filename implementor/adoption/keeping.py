"""How well records are kept: wanted fields that are filled, values that can be right, sales with all their marks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Text, and_, case, cast, func, literal, select

from implementor.adoption.formula import Terms
from implementor.crm.measures.completeness import WANTED, is_filled
from implementor.crm.measures.doubles import is_double
from implementor.crm.measures.pipeline import is_healthy, is_open
from implementor.crm.opportunities.models import Opportunity
from implementor.foundation.extensible import configurable
from implementor.foundation.fields import Field, Kind, entities
from implementor.foundation.measures import Question
from implementor.foundation.model import Rows

NOT_WANTED = (Kind.YES_NO,)
"""Kinds of own fields of which an empty one says no."""


@dataclass(frozen=True)
class Wish:
    """A field that records of a kind should have, and how much it weighs."""

    field: Field
    weight: int


def wishes_of(kind: str, terms: Terms) -> list[Wish]:
    """The wanted fields of a kind: those of the program and every one that releases brought."""
    entity = entities[kind]
    shipped = [entity.by_attribute(column.key) for column in WANTED[kind][2]]
    known = [Wish(one, 1) for one in shipped if one is not None]
    own = (one for name, one in entity.fields.items() if name not in entity.declared and one.kind_of_record == kind)
    brought = [one for one in own if one.editable and one.is_shown and one.kind not in NOT_WANTED]
    return known + [Wish(one, terms.brought) for one in brought]


def kept_of(kind: str, terms: Terms, ends: datetime) -> Rows:
    """Rows (owner_id, records, whole, wanted, filled, checked, valid) of records in use that were touched lately.

    A record is whole when the weights of its filled fields reach the target.
    """
    model = WANTED[kind][0]
    weights, filled, checked, valid = _counts(kind, terms)
    touched = select(model.owner_id, filled.label("filled"), checked.label("checked"), valid.label("valid")).where(
        model.archived_at.is_(None), model.owner_id.is_not(None), model.updated_at >= _since(ends, terms),
        model.updated_at < ends,
    )  # fmt: skip
    if hasattr(model, "merged_into_id"):
        touched = touched.where(model.merged_into_id.is_(None))
    one = touched.subquery()
    whole = func.sum(case((one.c.filled * 100 >= weights * terms.complete, 1), else_=0))
    sums = (func.count() * weights, func.sum(one.c.filled), func.sum(one.c.checked), func.sum(one.c.valid))
    return select(one.c.owner_id, func.count(), whole, *sums).group_by(one.c.owner_id)


def _counts(kind: str, terms: Terms) -> tuple[int, ColumnElement[Any], ColumnElement[Any], ColumnElement[Any]]:
    """Weights of all wishes, and of one record the weights filled, the fields that can be checked and the valid."""
    wishes = wishes_of(kind, terms)
    filled = _added(case((is_filled(wish.field.column), wish.weight), else_=0) for wish in wishes)
    checks = [(is_filled(one.field.column), check) for one in wishes if (check := may_be_right(one.field)) is not None]
    checked = _added(case((present, 1), else_=0) for present, _check in checks)
    valid = _added(case((and_(present, check), 1), else_=0) for present, check in checks)
    return sum(wish.weight for wish in wishes), filled, checked, valid


def is_correct(kind: str, terms: Terms) -> Sequence[ColumnElement[bool]]:
    """That a record is in use, whole, valid wherever that can be checked, and in no open pair of doubles."""
    model = WANTED[kind][0]
    weights, filled, checked, valid = _counts(kind, terms)
    found = [model.archived_at.is_(None), filled * 100 >= weights * terms.complete, checked == valid]
    if hasattr(model, "merged_into_id"):
        found.append(model.merged_into_id.is_(None))
    return [*found, ~is_double(kind, model)]


def brought_fields() -> dict[str, list[Field]]:
    """Every field of one's own that is in use, by kind of record."""
    found: dict[str, list[Field]] = {}
    for kind in configurable:
        own = [one for name, one in entities[kind].fields.items() if name not in entities[kind].declared]
        if chosen := [one for one in own if one.kind_of_record == kind and one.is_shown]:
            found[kind] = chosen
    return found


def reach_of(kind: str, fields: Sequence[Field], ends: datetime, terms: Terms) -> Rows:
    """One row (records, people, then filled and users of each field) of records in use that were touched lately."""
    model = entities[kind].model
    counts = []
    for one in fields:
        full = is_filled(one.column)
        owner = case((full, model.owner_id))
        counts += [func.count(case((full, 1))), func.count(owner.distinct())]
    found = select(func.count(), func.count(model.owner_id.distinct()), *counts).where(
        model.archived_at.is_(None), model.updated_at >= _since(ends, terms), model.updated_at < ends
    )
    return found.where(model.merged_into_id.is_(None)) if hasattr(model, "merged_into_id") else found


def sales_kept(ends: datetime, on: date, zone: ZoneInfo) -> Rows:
    """Rows (owner_id, open sales, those of them with all marks) at the end of a day."""
    asked = Question(on=on, at=ends, zone=zone)
    return (
        select(Opportunity.owner_id, func.count(), func.sum(case((is_healthy(asked), 1), else_=0)))
        .where(Opportunity.archived_at.is_(None), Opportunity.owner_id.is_not(None), is_open(asked))
        .group_by(Opportunity.owner_id)
    )


def may_be_right(field: Field) -> ColumnElement[bool] | None:
    """What a value that is filled must look like; None where the field's type leaves nothing to check."""
    text = cast(field.column, Text)
    if field.kind is Kind.EMAIL:
        return and_(text.like("%_@_%._%"), ~text.like("% %"), ~text.like("%@%@%"))
    if field.kind is Kind.PHONE:
        return and_(func.length(text) >= 7, func.lower(text) == func.upper(text))
    if field.kind is Kind.CHOICE:
        return field.column.in_([one.key for one in field.known_choices])
    if field.kind is Kind.MONEY:
        return field.column >= 0
    return None


def _since(ends: datetime, terms: Terms) -> datetime:
    return ends - timedelta(days=terms.kept_days)


def _added(terms: Iterable[ColumnElement[Any]]) -> ColumnElement[Any]:
    total: ColumnElement[Any] | None = None
    for one in terms:
        total = one if total is None else total + one
    return literal(0) if total is None else total
