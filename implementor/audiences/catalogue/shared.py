"""Fields that several kinds have: name, audience, area, wave and person in charge, with what may be chosen."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from implementor.audiences.models import Audience
from implementor.auth.models import Area, User
from implementor.foundation.fields import Entity, Field, Kind, Scope, entity
from implementor.foundation.model import Rows
from implementor.foundation.words import Phrase
from implementor.metrics.catalogue import people_offered
from implementor.projects.queries import areas_offered
from implementor.waves.models import Wave

LONGEST_TEXT = 4000


def named_entity(
    model: Any, label: Phrase, label_plural: Phrase, columns: tuple[str, ...], sort: str = "name"
) -> Entity:
    """An entity of records with a name, found by words in it."""
    table = model.__table__.c
    return entity(
        Entity(
            kind=model.__record_kind__, label=label, label_plural=label_plural, model=model, default_columns=columns,
            default_sort=sort, title_field="name", unique_order=table.id,
            search=lambda words: table.name.icontains(words, autoescape=True),
        )
    )  # fmt: skip


def name_field(model: Any, label: Phrase, hint: Phrase | None = None, longest: int = 160) -> Field:
    """What the record is called."""
    columns = model.__table__.c
    return Field(
        "name", Kind.LINE, label, columns.name, required=True, longest=longest, sortable=True,
        sort_column=columns.name_key, nullable=False, width="wide", hint=hint,
    )  # fmt: skip


def joined(model: Any, other: Any, name: str, label: Phrase, options: Any, **more: Any) -> Field:
    """A reference to a row with a name."""
    column, there = getattr(model.__table__.c, name), aliased(other, name=f"{model.__tablename__}_{name[:-3]}")
    return Field(
        name, Kind.REFERENCE, label, column, options=options, shown=there.name,
        join=lambda found: found.outerjoin(there, there.id == column), filterable=True, groupable=True, **more,
    )  # fmt: skip


def audiences_offered(scope: Scope) -> Rows:
    """The (id, name) rows of the audiences in use."""
    found = select(Audience.id, Audience.name)
    found = found.where(Audience.project_id == scope.project_id, Audience.archived_at.is_(None))
    return found.order_by(Audience.name_key, Audience.id)


def waves_offered(scope: Scope) -> Rows:
    """The (id, name) rows of the waves of the project, in their order."""
    found: Select[int, str] = select(Wave.id, Wave.name)
    found = found.where(Wave.project_id == scope.project_id, Wave.archived_at.is_(None))
    return found.order_by(Wave.rank, Wave.id)


def every_area(_scope: Scope) -> Rows:
    """The (id, name) rows of the areas of the company: a rollout touches areas that it is not for."""
    return areas_offered()


def area_field(model: Any, label: Phrase, **more: Any) -> Field:
    """The area of the company."""
    return joined(model, Area, "area_id", label, every_area, bulk=True, **more)


def audience_field(model: Any, label: Phrase, **more: Any) -> Field:
    """The audience."""
    return joined(model, Audience, "audience_id", label, audiences_offered, **more)


def wave_field(model: Any, label: Phrase, **more: Any) -> Field:
    """The wave."""
    return joined(model, Wave, "wave_id", label, waves_offered, **more)


def person_field(model: Any, name: str, label: Phrase, **more: Any) -> Field:
    """Somebody with a role in the project."""
    return joined(model, User, name, label, people_offered, is_person=True, bulk=True, **more)
