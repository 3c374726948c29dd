"""Finding releases, what they are made of, and what was said before them."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Select, Text, cast, func, literal, or_, select
from sqlalchemy.orm import aliased

from implementor.auth.models import User
from implementor.configuration.models import ConfigurationVersion
from implementor.foundation.fields import Scope
from implementor.foundation.model import Rows
from implementor.foundation.permissions import Actor
from implementor.projects.models import Project
from implementor.projects.queries import is_visible_to
from implementor.releases.item_models import ConfigItem
from implementor.releases.permissions import READ_RELEASES
from implementor.releases.release_models import (
    ConfigRelease,
    DriftChoice,
    DryRun,
    ReleaseOperation,
    ReleaseRow,
    ReleaseWaiver,
)
from implementor.stories.models import Story
from implementor.waves.models import Wave, WaveStory

Applier, Returner = aliased(User, name="applier"), aliased(User, name="returner")


def items_of_wave(*, wave_id: int) -> Rows:
    """Rows (ConfigItem, Story) of the wave's stories that are not live yet, in the order of stories and items."""
    return (
        select(ConfigItem, Story)
        .join(Story, Story.id == ConfigItem.story_id)
        .join(WaveStory, WaveStory.story_id == Story.id)
        .where(
            WaveStory.wave_id == wave_id, ConfigItem.archived_at.is_(None), ConfigItem.state != "live",
            Story.archived_at.is_(None), Story.status != "dropped",
        )
        .order_by(Story.rank, Story.id, ConfigItem.rank, ConfigItem.id)
    )  # fmt: skip


def waivers_in_force(*, item_ids: Iterable[int]) -> Select[ReleaseWaiver]:
    """What was let be of these items."""
    found = select(ReleaseWaiver).where(ReleaseWaiver.item_id.in_(list(item_ids)))
    return found.where(ReleaseWaiver.withdrawn_at.is_(None)).order_by(ReleaseWaiver.id)


def let_be_at(*, release_id: int) -> Rows:
    """Rows (ReleaseWaiver, ConfigItem, who) of what was signed of a release's settings when it went live."""
    stood = or_(ReleaseWaiver.withdrawn_at.is_(None), ReleaseWaiver.withdrawn_at > ConfigRelease.applied_at)
    return (
        select(ReleaseWaiver, ConfigItem, Applier.name.label("who"))
        .select_from(ReleaseOperation)
        .join(ConfigRelease, ConfigRelease.id == ReleaseOperation.release_id)
        .join(ConfigItem, ConfigItem.id == ReleaseOperation.item_id)
        .join(ReleaseWaiver, ReleaseWaiver.item_id == ConfigItem.id)
        .outerjoin(Applier, Applier.id == ReleaseWaiver.by_id)
        .where(ReleaseOperation.release_id == release_id, ReleaseWaiver.at <= ConfigRelease.applied_at, stood)
        .order_by(ReleaseOperation.position, ReleaseWaiver.id)
    )


def drift_choices(*, item_ids: Iterable[int]) -> Select[DriftChoice]:
    """What was chosen for these items, the latest last."""
    return select(DriftChoice).where(DriftChoice.item_id.in_(list(item_ids))).order_by(DriftChoice.id)


def last_dry_run(*, wave_id: int) -> Select[DryRun]:
    """How the release of a wave was tried last."""
    return select(DryRun).where(DryRun.wave_id == wave_id).order_by(DryRun.id.desc()).limit(1)


def last_number() -> Select[int]:
    """The number of the latest release of the installation; nothing before the first."""
    return select(func.max(ConfigRelease.number))


def configuration_number() -> Select[int]:
    """The number of the configuration as it is now."""
    return select(ConfigurationVersion.number).where(ConfigurationVersion.id == 1)


def releases_in_scope(scope: Scope) -> Select[ConfigRelease]:
    """The releases of the scope's project."""
    return select(ConfigRelease).where(ConfigRelease.project_id == scope.project_id)


def release_in_scope(scope: Scope, release_id: int) -> Select[ConfigRelease]:
    """One release of the scope's project."""
    return releases_in_scope(scope).where(ConfigRelease.id == release_id)


def release_by_number(*, project_id: int, number: int) -> Select[ConfigRelease]:
    """The release of that number, if it is of the project."""
    found = select(ConfigRelease).where(ConfigRelease.project_id == project_id)
    return found.where(ConfigRelease.number == number)


def releases_of_wave(*, wave_id: int) -> Select[ConfigRelease]:
    """The releases of a wave, the latest first."""
    return select(ConfigRelease).where(ConfigRelease.wave_id == wave_id).order_by(ConfigRelease.number.desc())


def release_with_people(*, release_id: int) -> Rows:
    """Row (applier, returner, wave number, wave name) about a release."""
    return (
        select(
            Applier.name.label("applier"), Returner.name.label("returner"), Wave.number.label("wave_number"),
            Wave.name.label("wave_name"),
        )
        .select_from(ConfigRelease)
        .join(Wave, Wave.id == ConfigRelease.wave_id)
        .outerjoin(Applier, Applier.id == ConfigRelease.applied_by_id)
        .outerjoin(Returner, Returner.id == ConfigRelease.rolled_back_by_id)
        .where(ConfigRelease.id == release_id)
    )  # fmt: skip


def operations_of(*, release_id: int) -> Rows:
    """Rows (ReleaseOperation, ConfigItem, Story) of a release in the order in which they were applied."""
    return (
        select(ReleaseOperation, ConfigItem, Story)
        .join(ConfigItem, ConfigItem.id == ReleaseOperation.item_id)
        .join(Story, Story.id == ReleaseOperation.story_id)
        .where(ReleaseOperation.release_id == release_id)
        .order_by(ReleaseOperation.position)
    )


def rows_of_operation(*, operation_id: int) -> Select[ReleaseRow]:
    """The records that an operation moved."""
    return select(ReleaseRow).where(ReleaseRow.operation_id == operation_id).order_by(ReleaseRow.id)


def later_on_same(*, release_id: int, number: int, uids: Iterable[str]) -> Select[int]:
    """Numbers of later releases that stand and changed one of these settings."""
    return (
        select(ConfigRelease.number)
        .join(ReleaseOperation, ReleaseOperation.release_id == ConfigRelease.id)
        .where(
            ConfigRelease.id != release_id, ConfigRelease.number > number, ConfigRelease.rolled_back_at.is_(None),
            ReleaseOperation.uid.in_(list(uids)),
        )
        .distinct()
        .order_by(ConfigRelease.number.desc())
    )  # fmt: skip


def standing_of_wave(*, wave_id: int) -> Select[int]:
    """Numbers of the releases of a wave that stand, the latest first."""
    found = select(ConfigRelease.number).where(ConfigRelease.wave_id == wave_id)
    return found.where(ConfigRelease.rolled_back_at.is_(None)).order_by(ConfigRelease.number.desc())


def latest_standing(*, project_id: int, limit: int) -> Select[ConfigRelease]:
    """The releases of a project that stand, the latest first."""
    found = select(ConfigRelease).where(ConfigRelease.project_id == project_id, ConfigRelease.rolled_back_at.is_(None))
    return found.order_by(ConfigRelease.applied_at.desc(), ConfigRelease.id.desc()).limit(limit)


def standing_of_story(*, story_id: int) -> Select[int]:
    """Numbers of the releases that stand and brought settings of a story."""
    return (
        select(ConfigRelease.number)
        .join(ReleaseOperation, ReleaseOperation.release_id == ConfigRelease.id)
        .where(ReleaseOperation.story_id == story_id, ConfigRelease.rolled_back_at.is_(None))
    )


def all_releases(actor: Actor) -> Rows:
    """Every release with the project and wave it was of, where the reader may see that project; the latest first."""
    seen = aliased(Project, select(Project).where(is_visible_to(actor)).subquery(), name="seen")
    return (
        select(
            ConfigRelease.id, ConfigRelease.number, ConfigRelease.applied_at, ConfigRelease.rolled_back_at,
            ConfigRelease.operation_count, ConfigRelease.notes_en, ConfigRelease.notes_es,
            seen.key.label("project_key"), Wave.number.label("wave_number"), Wave.name.label("wave_name"),
        )
        .select_from(ConfigRelease)
        .outerjoin(seen, seen.id == ConfigRelease.project_id)
        .outerjoin(Wave, (Wave.id == ConfigRelease.wave_id) & seen.id.is_not(None))
    )  # fmt: skip


def titles_of_releases(actor: Actor, ids: Iterable[int]) -> Rows:
    """Releases of these ids as rows (id, title, project_key, number): the number is all that everybody may know."""
    wanted = list(ids) if actor.may(READ_RELEASES) else []
    nothing = literal(None)
    return select(
        ConfigRelease.id, cast(ConfigRelease.number, Text).label("title"), nothing.label("project_key"),
        ConfigRelease.number.label("number"),
    ).where(ConfigRelease.id.in_(wanted))  # fmt: skip
