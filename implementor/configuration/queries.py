"""Finding the rows of the live configuration, and what was done to them."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Select, select

from implementor.configuration.models import (
    AccessProfile,
    ConfigurationVersion,
    PicklistValue,
    PipelineStage,
    StoredPicklist,
    StoredPipeline,
)

ONE = 1


def stamp() -> Select[str]:
    """The stamp of the present state."""
    return select(ConfigurationVersion.stamp).where(ConfigurationVersion.id == ONE)


def shipped_digest() -> Select[str]:
    """The digest of what was last brought in."""
    return select(ConfigurationVersion.shipped).where(ConfigurationVersion.id == ONE)


def version() -> Select[str, int]:
    """(stamp, number) of the present state."""
    return select(ConfigurationVersion.stamp, ConfigurationVersion.number).where(ConfigurationVersion.id == ONE)


def picklists() -> Select[StoredPicklist]:
    """Every list of words, by key."""
    return select(StoredPicklist).order_by(StoredPicklist.key)


def picklist_by_key(key: str) -> Select[StoredPicklist]:
    """The list of words of that key."""
    return select(StoredPicklist).where(StoredPicklist.key == key)


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
