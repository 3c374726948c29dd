"""How stories and the parts of their pages are found."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, bindparam, case, exists, func, select
from sqlalchemy.orm import aliased

from implementor.auth.models import Area, User
from implementor.foundation.fields import Scope
from implementor.foundation.model import Asked, Rows
from implementor.foundation.permissions import Actor
from implementor.metrics.models import Metric
from implementor.metrics.reaching import reached
from implementor.projects.models import Project
from implementor.projects.queries import projects_visible_to
from implementor.stories.models import (
    AreaReview,
    Criterion,
    OpenMatter,
    ReferenceStory,
    Story,
    StoryDependency,
    StoryFact,
    StoryRules,
    Task,
    UserTest,
    UserTestRun,
)
from implementor.stories.statuses import FINISHED, OVER


def stories_of_project(scope: Scope) -> Rows:
    """The stories of a project that are in use."""
    return select(Story).where(Story.project_id == scope.project_id, Story.archived_at.is_(None))


def story_of_project(scope: Scope, story_id: int) -> Rows:
    """One story of a project by its id, put away or not."""
    return select(Story).where(Story.project_id == scope.project_id, Story.id == story_id)


def story_by_number(*, project_id: int, number: int) -> Select[Story]:
    """One story by the number people know."""
    return select(Story).where(Story.project_id == project_id, Story.number == number)


@cache
def id_by_number() -> ScalarSelect[int]:
    """The id of one story by `project_id` and the `number` people know, to be asked within another statement."""
    mine = Story.project_id == bindparam("project_id")
    return select(Story.id).where(mine, Story.number == bindparam("number")).scalar_subquery()


def stories_by_ids(*, project_id: int, ids: Iterable[int]) -> Select[Story]:
    """Stories of a project, by number."""
    return select(Story).where(Story.project_id == project_id, Story.id.in_(list(ids))).order_by(Story.number)


def visible_stories(actor: Actor, ids: Iterable[int]) -> Rows:
    """Title, project and number of the stories this actor may see."""
    seen = projects_visible_to(actor).with_only_columns(Project.id)
    return (
        select(Story.id, Story.title, Project.key.label("project_key"), Story.number)
        .join(Project, Project.id == Story.project_id)
        .where(Story.id.in_(list(ids)), Story.project_id.in_(seen))
    )


def first_rank(*, project_id: int) -> Rows:
    """The lowest place in the hand-made order."""
    return select(func.min(Story.rank)).where(Story.project_id == project_id, Story.archived_at.is_(None))


def last_rank(*, project_id: int) -> Asked:
    """The highest place in the hand-made order."""
    return _last_rank(), {"project_id": project_id}


@cache
def _last_rank() -> Rows:
    """Put together once; it is asked under the write lock."""
    in_project = Story.project_id == bindparam("project_id")
    return select(func.max(Story.rank)).where(in_project, Story.archived_at.is_(None))


def last_story(*, project_id: int) -> Select[Story]:
    """The story at the end of the hand-made order."""
    in_use = select(Story).where(Story.project_id == project_id, Story.archived_at.is_(None))
    return in_use.order_by(Story.rank.desc(), Story.id.desc()).limit(1)


def rank_beside(*, project_id: int, rank: str, later: bool) -> Rows:
    """The place next to another one, on either side."""
    side = Story.rank > rank if later else Story.rank < rank
    nearest = func.min(Story.rank) if later else func.max(Story.rank)
    return select(nearest).where(Story.project_id == project_id, Story.archived_at.is_(None), side)


def rules_of_project(*, project_id: int) -> Select[StoryRules]:
    """The project's own definitions, where it has any."""
    return select(StoryRules).where(StoryRules.project_id == project_id)


@cache
def definitions_of_project() -> Rows:
    """The row (ready, done) of `rules_of_project` of the project bound as `project_id`."""
    return rules_of_project(project_id=bindparam("project_id")).with_only_columns(StoryRules.ready, StoryRules.done)  # type: ignore[arg-type]


@cache
def standing() -> Rows:
    """Everything the definitions look at for the story bound as `story_id`, in one row of counts; built once."""

    def counted(model: Any, *conditions: Any) -> Any:
        found = select(func.count()).where(
            model.story_id == bindparam("story_id"), model.archived_at.is_(None), *conditions
        )
        return found.scalar_subquery()

    return select(
        counted(Criterion).label("criteria"),
        counted(Criterion, Criterion.phase == "release", ~is_criterion_met()).label("criteria_unmet"),
        counted(UserTest, ~_last_run_passed()).label("tests_not_passed"),
        counted(AreaReview, func.coalesce(AreaReview.verdict, "") != "approved").label("reviews_waiting"),
        counted(Task, Task.done_at.is_(None)).label("tasks_open"),
        counted(OpenMatter, OpenMatter.answered_at.is_(None)).label("matters_open"),
    )


def finished_sizes(*, project_id: int, limit: int) -> Rows:
    """Rows (id, number, title, points, begun_at, finished_at, is_chosen) of estimated stories that are done.

    Chosen ones come first, then the latest.
    """

    def first(status: str) -> Any:
        facts = select(func.min(StoryFact.at)).where(
            StoryFact.story_id == Story.id, StoryFact.kind == "status", StoryFact.after == status
        )
        return facts.correlate(Story).scalar_subquery()

    return (
        select(
            Story.id, Story.number, Story.title, Story.points, first("doing").label("begun_at"),
            first("validated").label("finished_at"), ReferenceStory.id.is_not(None).label("is_chosen"),
        )
        .outerjoin(ReferenceStory, ReferenceStory.story_id == Story.id)
        .where(Story.project_id == project_id, Story.archived_at.is_(None), Story.points.is_not(None))
        .where(Story.status.in_(FINISHED))
        .order_by(ReferenceStory.id.is_(None), Story.id.desc())
        .limit(limit)
    )  # fmt: skip


def is_criterion_met() -> ColumnElement[bool]:
    """Whether a criterion was marked as met, or the metric that it is bound to has reached its target."""
    measured = exists().where(Metric.id == Criterion.metric_id, reached())
    return case((Criterion.metric_id.is_(None), Criterion.met_at.is_not(None)), else_=measured)


def _last_run_passed() -> Any:
    run, later = aliased(UserTestRun), aliased(UserTestRun)
    newer = exists().where(later.user_test_id == run.user_test_id, later.id > run.id)
    return exists().where(run.user_test_id == UserTest.id, run.result == "passed", ~newer)


def parts_of_story(model: Any, *, story_id: int) -> Rows:
    """The rows of one kind on a story's page, in the order they were added."""
    return select(model).where(model.story_id == story_id, model.archived_at.is_(None)).order_by(model.id)


def blockers_of(*, project_id: int, story_ids: Iterable[int]) -> Rows:
    """Pairs (blocked, blocker) one step up from these stories."""
    return select(StoryDependency.blocked_id, StoryDependency.blocker_id).where(
        StoryDependency.project_id == project_id,
        StoryDependency.kind == "blocks",
        StoryDependency.blocked_id.in_(list(story_ids)),
    )


def my_stories(*, user_id: int) -> Rows:
    """A person's stories that are not over, over all projects they see, those furthest along first."""
    return (
        select(Story.id, Story.number, Story.title, Story.status, Story.project_id, Project.key.label("project_key"))
        .join(Project, Project.id == Story.project_id)
        .where(Story.owner_id == user_id, Story.archived_at.is_(None), Story.status.not_in(OVER))
        .order_by(Story.status_order.desc(), Story.id)
    )


def people_named(ids: Iterable[int]) -> Rows:
    """Names of people by id."""
    return select(User.id, User.name).where(User.id.in_(list(ids)))


def areas_named(ids: Iterable[int]) -> Rows:
    """Names of areas by id."""
    return select(Area.id, Area.name).where(Area.id.in_(list(ids)))
