"""Finding the rows of the live configuration, and what was done to them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, Text, cast, null, select

from implementor.configuration.models import (
    AccessProfile,
    AssignmentRule,
    ConfigurationVersion,
    CustomField,
    FieldLabel,
    KindShape,
    PicklistValue,
    PipelineStage,
    RequiredRule,
    StoredPicklist,
    StoredPipeline,
)
from implementor.configuration.permissions import CONFIGURE
from implementor.foundation.extension import ExtColumn
from implementor.foundation.fields import Kind
from implementor.foundation.model import Column, Rows
from implementor.foundation.permissions import Actor

ONE = 1
BETWEEN = "/"


def stamp() -> Select[str]:
    """The stamp of the present state."""
    return select(ConfigurationVersion.stamp).where(ConfigurationVersion.id == ONE)


def stamp_for(user_id: Column) -> Column:
    """The stamp of the present state with whom it is for, as one value."""
    return stamp().scalar_subquery() + BETWEEN + cast(user_id, Text)


def shipped_digest() -> Select[str]:
    """The digest of what was last brought in."""
    return select(ConfigurationVersion.shipped).where(ConfigurationVersion.id == ONE)


def version() -> Select[str, int]:
    """(stamp, number) of the present state."""
    return select(ConfigurationVersion.stamp, ConfigurationVersion.number).where(ConfigurationVersion.id == ONE)


def locked_number() -> Select[int]:
    """The number of the present state; whoever asks keeps others from changing it until the end of the transaction."""
    return select(ConfigurationVersion.number).where(ConfigurationVersion.id == ONE).with_for_update()


def picklists() -> Select[StoredPicklist]:
    """Every list of words, by key."""
    return select(StoredPicklist).order_by(StoredPicklist.key)


def picklist_values(picklist_id: int | None = None) -> Select[PicklistValue]:
    """The words of one list (None: of all) in their order, retired ones too."""
    statement = select(PicklistValue).order_by(PicklistValue.rank, PicklistValue.id)
    return statement if picklist_id is None else statement.where(PicklistValue.picklist_id == picklist_id)


def pipelines() -> Select[StoredPipeline]:
    """Every pipeline in order, retired ones too."""
    return select(StoredPipeline).order_by(StoredPipeline.rank, StoredPipeline.id)


def pipeline_by_id(pipeline_id: int) -> Select[StoredPipeline]:
    """The pipeline of that id."""
    return select(StoredPipeline).where(StoredPipeline.id == pipeline_id)


def stages(pipeline_id: int | None = None) -> Select[PipelineStage]:
    """The stages of one pipeline (None: of all) in order, retired ones too."""
    statement = select(PipelineStage).order_by(PipelineStage.rank, PipelineStage.id)
    return statement if pipeline_id is None else statement.where(PipelineStage.pipeline_id == pipeline_id)


def access_profiles(kinds: Iterable[str] | None = None) -> Select[AccessProfile]:
    """The access rules that were changed, of some kinds (None: of all)."""
    statement = select(AccessProfile).order_by(AccessProfile.kind, AccessProfile.role)
    return statement if kinds is None else statement.where(AccessProfile.kind.in_(list(kinds)))


def picklist_by_id(picklist_id: int) -> Select[StoredPicklist]:
    """The list of words of that id."""
    return select(StoredPicklist).where(StoredPicklist.id == picklist_id)


def titles(model: Any, title: Column, actor: Actor, ids: Iterable[int]) -> Rows:
    """Rows (id, title, project_key, number) of configuration, for those who may change it."""
    wanted = list(ids) if actor.may(CONFIGURE) else []
    nothing = null()
    return select(model.id, title.label("title"), nothing.label("project_key"), nothing.label("number")).where(
        model.id.in_(wanted)
    )


def custom_fields(kind: str | None = None) -> Select[CustomField]:
    """Fields of one's own of one kind (None: of all) in their order, withdrawn ones too."""
    statement = select(CustomField).order_by(CustomField.kind, CustomField.rank, CustomField.id)
    return statement if kind is None else statement.where(CustomField.kind == kind)


def custom_field_by_id(field_id: int) -> Select[CustomField]:
    """The field of one's own of that id."""
    return select(CustomField).where(CustomField.id == field_id)


def custom_field_by_key(key: str) -> Select[CustomField]:
    """The field of one's own of that key."""
    return select(CustomField).where(CustomField.key == key)


def records_holding(model: Any, key: str, kind: Kind) -> Select[int]:
    """The ids of the records in use that hold a value in a field of one's own."""
    value = ExtColumn(model.__table__.c.ext, key, kind)
    return select(model.id).where(model.archived_at.is_(None), value.is_not(None))


def kind_shapes() -> Select[KindShape]:
    """What was made of kinds of record."""
    return select(KindShape).order_by(KindShape.kind)


def field_labels(kind: str | None = None) -> Select[FieldLabel]:
    """The company's own words for fields that are in use, of one kind (None: of all)."""
    statement = select(FieldLabel).where(FieldLabel.archived_at.is_(None)).order_by(FieldLabel.kind, FieldLabel.field)
    return statement if kind is None else statement.where(FieldLabel.kind == kind)


def required_rules(kind: str | None = None, *, archived: bool = False) -> Select[RequiredRule]:
    """The rules about what must be filled in, in order, of one kind (None: of all)."""
    return _rules(RequiredRule, kind, archived)


def assignment_rules(kind: str | None = None, *, archived: bool = False) -> Select[AssignmentRule]:
    """The rules about who gets records, in order, of one kind (None: of all)."""
    return _rules(AssignmentRule, kind, archived)


def _rules(model: Any, kind: str | None, archived: bool) -> Select[Any]:
    kept = model.archived_at.is_not(None) if archived else model.archived_at.is_(None)
    statement: Select[Any] = select(model).where(kept).order_by(model.kind, model.rank, model.id)
    return statement if kind is None else statement.where(model.kind == kind)
