"""Reading everything that hangs about a story's page in one statement: its parts, runs of tests, links, obstacles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import BigInteger, Date, Text, and_, bindparam, case, cast, literal, null, select, union_all
from sqlalchemy.orm import aliased

from implementor.auth.models import Area, User
from implementor.foundation.asking import MOST_ASKED, Answers, Asking
from implementor.foundation.model import Rows, Scaled, UtcMoment
from implementor.foundation.statements import at_most
from implementor.governance.models import Obstacle
from implementor.stories.models import (
    AreaReview,
    Criterion,
    OpenMatter,
    Story,
    StoryDependency,
    StoryEffort,
    StoryObstacle,
    Task,
    UserTest,
    UserTestRun,
)

SHAPE: dict[str, Any] = {
    "title": Text(),
    "detail": Text(),
    "state": Text(),
    "given": Text(),
    "when": Text(),
    "then": Text(),
    "person_id": BigInteger(),
    "area_id": BigInteger(),
    "at": UtcMoment(),
    "by_id": BigInteger(),
    "due_on": Date(),
    "hours": Scaled(2),
    "remaining": Scaled(2),
    "number": BigInteger(),
    "of_id": BigInteger(),
}
LAYOUTS: tuple[tuple[Any, dict[str, Any]], ...] = (
    (
        Criterion,
        {
            "title": Criterion.text,
            "detail": Criterion.evidence,
            "state": Criterion.phase,
            "given": Criterion.given,
            "when": Criterion.when,
            "then": Criterion.then,
            "at": Criterion.met_at,
            "by_id": Criterion.met_by_id,
            "of_id": Criterion.metric_id,
        },
    ),
    (
        Task,
        {
            "title": Task.title,
            "person_id": Task.assignee_id,
            "at": Task.done_at,
            "by_id": Task.done_by_id,
            "hours": Task.estimate_hours,
            "remaining": Task.remaining_hours,
        },
    ),
    (
        UserTest,
        {
            "title": UserTest.title,
            "detail": UserTest.script,
            "area_id": UserTest.area_id,
            "at": UserTest.signed_at,
            "by_id": UserTest.signed_by_id,
        },
    ),
    (
        OpenMatter,
        {
            "title": OpenMatter.question,
            "detail": OpenMatter.answer,
            "person_id": OpenMatter.answerer_id,
            "at": OpenMatter.answered_at,
            "by_id": OpenMatter.answered_by_id,
            "due_on": OpenMatter.due_on,
        },
    ),
    (
        AreaReview,
        {
            "detail": AreaReview.comment,
            "state": AreaReview.verdict,
            "area_id": AreaReview.area_id,
            "person_id": AreaReview.reviewer_id,
            "at": AreaReview.decided_at,
            "by_id": AreaReview.decided_by_id,
        },
    ),
    (StoryEffort, {"title": StoryEffort.profile, "hours": StoryEffort.hours}),
)
"""Kind of part -> which of its columns fills which place of the shape."""


STORY_ID, PROJECT_ID = bindparam("story_id", type_=BigInteger()), bindparam("project_id", type_=BigInteger())


def _shaped(kind: str, row_id: Any, version: Any, columns: Mapping[str, Any]) -> Rows:
    filled = [(columns[name] if name in columns else cast(null(), shape)).label(name) for name, shape in SHAPE.items()]
    return select(literal(kind).label("kind"), row_id.label("id"), version.label("version"), *filled)


def _layout(model: Any, columns: Mapping[str, Any]) -> Rows:
    shaped = _shaped(model.__record_kind__, model.id, model.version, columns)
    return shaped.where(model.story_id == STORY_ID, model.archived_at.is_(None))


def _runs() -> Rows:
    """Runs of the story's user tests; `of_id` is the test, `number` the story that a failure became."""
    defect, run = aliased(Story), UserTestRun
    columns = {"state": run.result, "detail": run.note, "at": run.at, "by_id": run.by_id, "of_id": run.user_test_id}
    return (
        _shaped("run", run.id, literal(0), {**columns, "number": defect.number})
        .join(UserTest, and_(UserTest.project_id == run.project_id, UserTest.id == run.user_test_id))
        .outerjoin(defect, defect.id == run.defect_id)
        .where(UserTest.project_id == PROJECT_ID, UserTest.story_id == STORY_ID)
    )


def _links() -> Rows:
    """Stories this one waits for, holds up or relates to; `state` is the kind of link, `detail` says who waits."""
    link, is_blocked = StoryDependency, StoryDependency.blocked_id == STORY_ID
    other = Story.id == case((is_blocked, link.blocker_id), else_=link.blocked_id)
    waits = case((is_blocked, "this"), else_="other")
    columns = {"title": Story.title, "number": Story.number, "state": link.kind, "detail": waits}
    return (
        _shaped("link", link.id, link.version, columns)
        .join(Story, other)
        .where(link.project_id == PROJECT_ID, is_blocked | (link.blocker_id == STORY_ID))
    )


def _obstacles() -> Rows:
    """Obstacles that hold the story up and are not resolved."""
    columns = {"title": Obstacle.title, "number": Obstacle.number, "at": Obstacle.opened_at}
    return (
        _shaped("obstacle", Obstacle.id, Obstacle.version, columns)
        .join(StoryObstacle, StoryObstacle.obstacle_id == Obstacle.id)
        .where(
            StoryObstacle.project_id == PROJECT_ID,
            StoryObstacle.story_id == STORY_ID,
            Obstacle.resolved_at.is_(None),
            Obstacle.archived_at.is_(None),
        )
    )


@cache
def every_part() -> Rows:
    """Everything about the story bound as `story_id`, with the names of its person, area and the one who settled it.

    Built once: putting the statement together takes longer than running it.
    """
    parts = (_layout(model, columns) for model, columns in LAYOUTS)
    rows = union_all(*parts, _runs(), _links(), _obstacles()).subquery("part")
    person, settler = aliased(User), aliased(User)
    return (
        select(rows, person.name.label("person_name"), settler.name.label("by_name"), Area.name.label("area_name"))
        .outerjoin(person, person.id == rows.c.person_id)
        .outerjoin(settler, settler.id == rows.c.by_id)
        .outerjoin(Area, Area.id == rows.c.area_id)
        .order_by(rows.c.kind, rows.c.id)
        .limit(at_most(MOST_ASKED))
    )


def parts_asking(*, project_id: int, story_id: int) -> Asking[Mapping[str, Sequence[Any]]]:
    """Asks what hangs about a story, by kind (also `run`, `link`, `obstacle`); a kind without rows is an empty list."""
    return Asking(((every_part(), {"project_id": project_id, "story_id": story_id}),), _by_kind)


def _by_kind(answers: Answers) -> Mapping[str, Sequence[Any]]:
    gathered: dict[str, list[Any]] = defaultdict(list)
    for row in answers[0]:
        gathered[row.kind].append(row)
    return gathered


def runs_by_test(parts: Mapping[str, Sequence[Any]]) -> Mapping[int, Sequence[Any]]:
    """The runs of each user test that has any, newest first."""
    gathered: dict[int, list[Any]] = {}
    for run in reversed(parts["run"]):
        gathered.setdefault(run.of_id, []).append(run)
    return gathered


def links_in_order(parts: Mapping[str, Sequence[Any]]) -> Sequence[Any]:
    """The dependencies by kind and number."""
    return sorted(parts["link"], key=lambda link: (link.state, link.number))
