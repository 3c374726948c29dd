"""What can happen to the parts of a story's page: adding them, settling them and taking that back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.fields import Entity, Scope
from implementor.foundation.permissions import Actor
from implementor.foundation.values import checked
from implementor.foundation.words import say
from implementor.governance.models import Obstacle
from implementor.history.services import name_action
from implementor.metrics.models import Metric
from implementor.stories import queries
from implementor.stories.models import (
    AreaReview,
    Criterion,
    OpenMatter,
    Story,
    StoryDependency,
    StoryObstacle,
    Task,
    UserTest,
    UserTestRun,
)
from implementor.stories.services import create_story

VERDICTS = ("approved", "changes")


class WouldLoop(Refusal):
    """The dependency would make a story wait for itself."""


class MeasuredNotMarked(Refusal):
    """What a metric measures is not marked as met by hand."""


class AlreadyThere(Refusal):
    """The same link exists."""


def add_part(
    session: Session, story: Story, entity: Entity, values: Mapping[str, Any], *, by: Actor, at: datetime
) -> Any:
    """Add a criterion, task, test, open matter, review or effort to a story."""
    part = entity.model(project_id=story.project_id, story_id=story.id)
    change_part(session, part, entity, values)
    session.add(part)
    name_action(
        session, say("Added to %(title)s", title=story.title), verb=f"{entity.kind}.add", project_id=story.project_id
    )
    return part


def archive_part(session: Session, story: Story, part: Any, entity: Entity, *, by: Actor, at: datetime) -> None:
    """Put a part of a story's page away."""
    part.archived_at, part.archived_by_id = at, by.user_id
    name_action(
        session,
        say("Took away from %(title)s: %(part)s", title=story.title, part=entity.label),
        verb=f"{entity.kind}.archive",
        project_id=story.project_id,
    )


def change_part(session: Session, part: Any, entity: Entity, values: Mapping[str, Any]) -> None:
    """Give a part other values, by field name."""
    for name, value in checked(entity, values).items():
        setattr(part, entity.fields[name].attribute, value)
    if isinstance(part, Criterion):
        _refuse_empty_criterion(session, part)
    if isinstance(part, AreaReview):
        _refuse_second_review(session, part)


def _refuse_empty_criterion(session: Session, criterion: Criterion) -> None:
    if criterion.metric_id is None:
        if not (criterion.text or (criterion.given and criterion.when and criterion.then)):
            raise InvalidInput({"text": say("Write the criterion, fill Given, When and Then, or choose a metric.")})
        return
    with session.no_autoflush:  # a metric of elsewhere is refused here, not by the database
        metric = session.get(Metric, criterion.metric_id)
    if metric is None or metric.project_id != criterion.project_id:
        raise InvalidInput({"metric": say("Choose a metric of this project.")})
    criterion.met_at = criterion.met_by_id = None


def _refuse_second_review(session: Session, review: AreaReview) -> None:
    asked = select(AreaReview.id).where(
        AreaReview.story_id == review.story_id,
        AreaReview.area_id == review.area_id,
        AreaReview.archived_at.is_(None),
        AreaReview.id != (review.id or 0),
    )
    if session.scalar(asked) is not None:
        raise InvalidInput({"area": say("This area is asked already.")})


def settle(part: Criterion | Task, *, settled: bool, by: Actor, at: datetime) -> None:
    """Mark a criterion as met or a task as done, or take that back. Raises MeasuredNotMarked."""
    if isinstance(part, Criterion) and part.metric_id is not None:
        raise MeasuredNotMarked(say("This criterion is met once its metric reaches the target; nobody marks it."))
    moment, person = (at, by.user_id) if settled else (None, None)
    if isinstance(part, Criterion):
        part.met_at, part.met_by_id = moment, person
    else:
        part.done_at, part.done_by_id = moment, person
        part.remaining_hours = (
            type(part.estimate_hours)(0) if settled and part.estimate_hours is not None else (part.remaining_hours)
        )


def run_test(
    session: Session, test: UserTest, *, result: str, note: str | None, defect: bool, by: Actor, at: datetime
) -> UserTestRun:
    """Note one run of a user test; a failed one can become a story of its own. A new run takes the signature back."""
    if result not in ("passed", "failed"):
        raise InvalidInput({"result": say("Say whether the test passed or failed.")})
    run = UserTestRun(
        project_id=test.project_id, user_test_id=test.id, result=result, note=note or None, at=at, by_id=by.user_id
    )
    if defect and result == "failed":
        title = say("Fails in test: %(title)s", title=test.title)
        story = create_story(
            session, Scope(test.project_id, by), {"title": str(title), "description": note}, by=by, at=at
        )
        session.flush()  # the run points at the new story
        run.defect_id = story.id
    session.add(run)
    test.signed_at = test.signed_by_id = None
    return run


def sign_test(session: Session, test: UserTest, *, by: Actor, at: datetime) -> None:
    """Sign a test for its area; only after its last run passed."""
    last = session.scalars(
        select(UserTestRun.result).where(UserTestRun.user_test_id == test.id).order_by(UserTestRun.id.desc()).limit(1)
    ).one_or_none()
    if last != "passed":
        raise Refusal(say("%(title)s can be signed once its last run has passed.", title=test.title))
    test.signed_at, test.signed_by_id = at, by.user_id


def answer_matter(matter: OpenMatter, *, answer: str, by: Actor, at: datetime) -> None:
    """Answer an open matter; an empty answer opens it again."""
    matter.answer = answer.strip() or None
    matter.answered_at, matter.answered_by_id = (at, by.user_id) if matter.answer else (None, None)


def decide_review(review: AreaReview, *, verdict: str, comment: str | None, by: Actor, at: datetime) -> None:
    """Approve a story for an area or ask for changes; changes need a comment."""
    if verdict not in VERDICTS:
        raise InvalidInput({"verdict": say("Approve the story or ask for changes.")})
    if verdict == "changes" and not (comment or "").strip():
        raise InvalidInput({"comment": say("Say what must change.")})
    review.verdict, review.comment = verdict, (comment or "").strip() or None
    review.decided_at, review.decided_by_id = at, by.user_id


def add_dependency(
    session: Session, story: Story, other: Story, *, kind: str, by: Actor, at: datetime
) -> StoryDependency:
    """Let `story` wait for `other` (`waits`), hold it up (`blocks`) or stand beside it (`relates`)."""
    blocker, blocked = (story, other) if kind == "blocks" else (other, story)
    stored = "relates" if kind == "relates" else "blocks"
    if story.id == other.id:
        raise WouldLoop(say("A story cannot wait for itself."))
    _refuse_twin(session, blocker, blocked, stored)
    if stored == "blocks":
        loop = path_between(session, start=blocker, goal=blocked)
        if loop:
            names = " → ".join(f"{one.number} {one.title}" for one in [*loop, loop[0]])
            raise WouldLoop(say("These stories would wait for each other: %(stories)s.", stories=names))
    link = StoryDependency(project_id=story.project_id, blocker_id=blocker.id, blocked_id=blocked.id, kind=stored)
    session.add(link)
    name_action(
        session,
        say("Linked %(one)s with %(other)s", one=story.title, other=other.title),
        verb="story.link",
        project_id=story.project_id,
    )
    return link


def path_between(session: Session, *, start: Story, goal: Story) -> list[Story]:
    """The stories from `goal` up to `start` if `start` already waits for `goal`, else none; one statement a level."""
    above: dict[int, int] = {}
    level = [start.id]
    while level and goal.id not in above:
        steps = session.execute(queries.blockers_of(project_id=start.project_id, story_ids=level)).all()
        fresh = {blocker: blocked for blocked, blocker in steps if blocker not in above and blocker != start.id}
        above.update(fresh)
        level = list(fresh)
    if goal.id not in above:
        return []
    ids = [goal.id]
    while ids[-1] != start.id:
        ids.append(above[ids[-1]])
    found = {one.id: one for one in session.scalars(queries.stories_by_ids(project_id=start.project_id, ids=ids))}
    return [found[one] for one in ids]


def _refuse_twin(session: Session, blocker: Story, blocked: Story, kind: str) -> None:
    pairs = {(blocker.id, blocked.id)} | ({(blocked.id, blocker.id)} if kind == "relates" else set())
    for first, second in pairs:
        twin = select(StoryDependency.id).where(
            StoryDependency.blocker_id == first, StoryDependency.blocked_id == second, StoryDependency.kind == kind
        )
        if session.scalar(twin) is not None:
            raise AlreadyThere(say("These two stories are linked like this already."))


def remove_dependency(session: Session, link: StoryDependency, *, by: Actor, at: datetime) -> None:
    """Take a link between two stories away; where a story was split off stays."""
    if link.kind == "split":
        raise Refusal(say("Where a story came from stays. Undo the split instead."))
    session.delete(link)
    name_action(session, say("Removed a link between stories"), verb="story.unlink", project_id=link.project_id)


def block_story(session: Session, story: Story, obstacle: Obstacle, *, by: Actor, at: datetime) -> None:
    """Say that an obstacle holds a story up."""
    known = select(StoryObstacle.id).where(StoryObstacle.story_id == story.id, StoryObstacle.obstacle_id == obstacle.id)
    if session.scalar(known) is None:
        session.add(StoryObstacle(project_id=story.project_id, story_id=story.id, obstacle_id=obstacle.id))
