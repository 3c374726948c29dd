"""Reading every part of a story's page in one statement, whatever the parts are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import BigInteger, Date, Text, bindparam, cast, literal, null, select, union_all
from sqlalchemy.orm import Session, aliased

from implementor.auth.models import Area, User
from implementor.foundation.model import Rows, Scaled, UtcMoment
from implementor.stories.models import AreaReview, Criterion, OpenMatter, StoryEffort, Task, UserTest

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


def _layout(model: Any, columns: Mapping[str, Any]) -> Rows:
    filled = [(columns[name] if name in columns else cast(null(), shape)).label(name) for name, shape in SHAPE.items()]
    return select(
        literal(model.__record_kind__).label("kind"), model.id.label("id"), model.version.label("version"), *filled
    ).where(model.story_id == bindparam("story_id"), model.archived_at.is_(None))


@cache
def every_part() -> Rows:
    """Every part of the story bound as `story_id`, with the names of its person, area and the one who settled it.

    Built once: putting the statement together takes longer than running it.
    """
    rows = union_all(*(_layout(model, columns) for model, columns in LAYOUTS)).subquery("part")
    person, settler = aliased(User), aliased(User)
    return (
        select(rows, person.name.label("person_name"), settler.name.label("by_name"), Area.name.label("area_name"))
        .outerjoin(person, person.id == rows.c.person_id)
        .outerjoin(settler, settler.id == rows.c.by_id)
        .outerjoin(Area, Area.id == rows.c.area_id)
        .order_by(rows.c.kind, rows.c.id)
    )


def parts_by_kind(session: Session, *, story_id: int) -> Mapping[str, Sequence[Any]]:
    """The parts of a story, gathered by kind; a kind without rows is an empty list."""
    gathered: dict[str, list[Any]] = defaultdict(list)
    for row in session.execute(every_part(), {"story_id": story_id}):
        gathered[row.kind].append(row)
    return gathered
