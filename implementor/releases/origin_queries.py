"""Finding what brought a setting: the operations of releases on it, with story and wave for those who may see them."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from implementor.configuration.models import CustomField, FieldLabel, PicklistValue, StoredPicklist
from implementor.foundation.model import Rows
from implementor.foundation.permissions import Actor
from implementor.projects.models import Project
from implementor.projects.queries import is_visible_to
from implementor.releases.release_models import ConfigRelease, ReleaseOperation
from implementor.stories.models import Story
from implementor.waves.models import Wave

MOST = 100


def operations_on(actor: Actor, uids: Iterable[str]) -> Rows:
    """Rows (ReleaseOperation, number, applied_at, rolled_back_at, project_key, wave_number, wave_name, story_number,
    story_title) of what releases did to settings, newest first; project, wave and story where the reader sees them."""
    seen = aliased(Project, select(Project).where(is_visible_to(actor)).subquery(), name="seen")
    return (
        select(
            ReleaseOperation, ConfigRelease.number, ConfigRelease.applied_at, ConfigRelease.rolled_back_at,
            seen.key.label("project_key"), Wave.number.label("wave_number"), Wave.name.label("wave_name"),
            Story.number.label("story_number"), Story.title.label("story_title"),
        )
        .select_from(ReleaseOperation)
        .join(ConfigRelease, ConfigRelease.id == ReleaseOperation.release_id)
        .outerjoin(seen, seen.id == ConfigRelease.project_id)
        .outerjoin(Wave, (Wave.id == ConfigRelease.wave_id) & seen.id.is_not(None))
        .outerjoin(Story, (Story.id == ReleaseOperation.story_id) & seen.id.is_not(None))
        .where(ReleaseOperation.uid.in_(list(uids)))
        .order_by(ReleaseOperation.id.desc())
        .limit(MOST)
    )  # fmt: skip


def rows_of_field(kind: str, name: str) -> tuple[Select[int], Select[int]]:
    """Ids of the stored field of one's own, and of the company's own words for a field."""
    return (
        select(CustomField.id).where(CustomField.kind == kind, CustomField.key == name),
        select(FieldLabel.id).where(FieldLabel.kind == kind, FieldLabel.field == name),
    )


def words_of(picklist: str) -> Select[PicklistValue]:
    """The words of a list, retired ones too."""
    of = select(PicklistValue).join(StoredPicklist, StoredPicklist.id == PicklistValue.picklist_id)
    return of.where(StoredPicklist.key == picklist).order_by(PicklistValue.rank, PicklistValue.id)
