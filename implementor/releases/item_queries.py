"""Finding the settings that stories carry: those of a story, of a wave, of a project, and who made what of them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from sqlalchemy import Select, bindparam, literal, select

from implementor.foundation.asking import MOST_ASKED
from implementor.foundation.fields import Scope
from implementor.foundation.model import Asked, Rows
from implementor.foundation.permissions import Actor
from implementor.foundation.statements import at_most
from implementor.projects.models import Project
from implementor.projects.queries import is_visible_to
from implementor.releases.item_models import LIVE, ConfigItem
from implementor.waves.models import Wave, WaveStory

ORDER = (ConfigItem.rank, ConfigItem.id)


def items_in_use(scope: Scope) -> Select[ConfigItem]:
    """The settings of the scope's project that are not put away."""
    return select(ConfigItem).where(ConfigItem.project_id == scope.project_id, ConfigItem.archived_at.is_(None))


def item_in_scope(scope: Scope, item_id: int) -> Select[ConfigItem]:
    """One setting of the scope's project, put away or not."""
    return select(ConfigItem).where(ConfigItem.project_id == scope.project_id, ConfigItem.id == item_id)


def items_of_story(*, project_id: int, story_id: int) -> Select[ConfigItem]:
    """The settings that a story carries, in their order."""
    found = select(ConfigItem).where(ConfigItem.project_id == project_id, ConfigItem.story_id == story_id)
    return found.where(ConfigItem.archived_at.is_(None)).order_by(*ORDER)


def items_to_come(*, project_id: int) -> Select[ConfigItem]:
    """The settings of a project that are not live, in the order in which they were written."""
    found = select(ConfigItem).where(ConfigItem.project_id == project_id, ConfigItem.state != LIVE)
    return found.where(ConfigItem.archived_at.is_(None)).order_by(ConfigItem.id)


def items_of_stories(*, project_id: int, story_ids: Iterable[int]) -> Select[ConfigItem]:
    """The settings that these stories carry, story by story in their order."""
    found = select(ConfigItem).where(ConfigItem.project_id == project_id, ConfigItem.story_id.in_(list(story_ids)))
    return found.where(ConfigItem.archived_at.is_(None)).order_by(ConfigItem.story_id, *ORDER)


def items_about(*, project_id: int, targets: Iterable[str]) -> Select[ConfigItem]:
    """The settings of a project's stories that are about these targets."""
    found = select(ConfigItem).where(ConfigItem.project_id == project_id, ConfigItem.target.in_(list(targets)))
    return found.where(ConfigItem.archived_at.is_(None)).order_by(ConfigItem.id)


def last_rank(*, story_id: int) -> Rows:
    """The highest place among a story's settings, those put away included."""
    return select(ConfigItem.rank).where(ConfigItem.story_id == story_id).order_by(ConfigItem.rank.desc()).limit(1)


@cache
def _about_story() -> Rows:
    """What the page of the story bound as `story_id` shows of its settings."""
    return (
        select(
            ConfigItem.id, ConfigItem.kind, ConfigItem.verb, ConfigItem.target, ConfigItem.label_en,
            ConfigItem.label_es, ConfigItem.before, ConfigItem.after, ConfigItem.answers, ConfigItem.state,
            ConfigItem.release_number, Wave.number.label("wave_number"),
        )
        .outerjoin(WaveStory, WaveStory.story_id == ConfigItem.story_id)
        .outerjoin(Wave, Wave.id == WaveStory.wave_id)
        .where(
            ConfigItem.project_id == bindparam("project_id"),
            ConfigItem.story_id == bindparam("story_id"),
            ConfigItem.archived_at.is_(None),
        )
        .order_by(*ORDER)
        .limit(at_most(MOST_ASKED))
    )  # fmt: skip


def about_story(*, project_id: int, story_id: int) -> Asked:
    """The settings of a story with the number of its wave."""
    return _about_story(), {"project_id": project_id, "story_id": story_id}


def titles_of_items(actor: Actor, ids: Iterable[int]) -> Rows:
    """Visible settings of these ids as rows (id, title, project_key, number), to name them in other places."""
    return (
        select(
            ConfigItem.id, ConfigItem.label_en.label("title"), Project.key.label("project_key"),
            literal(None).label("number"),
        )
        .join(Project, Project.id == ConfigItem.project_id)
        .where(ConfigItem.id.in_(list(ids)), is_visible_to(actor))
    )  # fmt: skip
