"""What can happen to a story. Services change records and never commit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.foundation.asking import Asking, answered, ask
from implementor.foundation.errors import InvalidInput, NotFound, Refusal
from implementor.foundation.fields import Scope
from implementor.foundation.permissions import Actor
from implementor.foundation.rank import rank_between, ranks_after
from implementor.foundation.text import clean_line
from implementor.foundation.values import checked
from implementor.foundation.words import Phrase, say, say_n
from implementor.history.services import name_action
from implementor.projects.services import take_numbers
from implementor.stories import definitions, queries
from implementor.stories.catalogue import STORY
from implementor.stories.models import Story, StoryRules
from implementor.stories.statuses import BY_HAND, NEEDS_READY, RELEASED, status_choice

MOST_AT_ONCE = 200
Handler = Callable[[Session, Story, Any, Actor, datetime], None]
contributed: dict[str, Handler] = {}
"""How fields that upper packages added to the story are saved, such as its wave."""


class NotReady(Refusal):
    """The story does not meet the definition of ready."""


class NotDone(Refusal):
    """The story does not meet the definition of done."""


class NotByHand(Refusal):
    """The status comes from elsewhere: the wave's going live or the story's metrics."""


def create_story(session: Session, scope: Scope, values: Mapping[str, Any], *, by: Actor, at: datetime) -> Story:
    """Write a story at the end of the backlog; `values` by field name, as text or typed."""
    (number,) = range(*_numbers(session, scope, 1))
    last = ask(session, *queries.last_rank(project_id=_project(scope))).scalar()
    story = Story(project_id=_project(scope), number=number, rank=rank_between(last, None), status="idea", tags=[])
    _give(session, story, {"type": "function", **values}, by, at)
    name_action(
        session, say("Wrote the story %(title)s", title=story.title), verb="story.write", project_id=story.project_id
    )
    return story


def add_stories(session: Session, scope: Scope, titles: Iterable[str], *, by: Actor, at: datetime) -> list[Story]:
    """Write one story per line at the end of the backlog; blank lines are passed over."""
    lines = [line for line in (clean_line(title) for title in titles) if line]
    if not lines:
        raise InvalidInput({"titles": say("Write at least one title, one per line.")})
    if len(lines) > MOST_AT_ONCE:
        raise InvalidInput(
            {"titles": say("Add up to %(most)s stories at once; import a file for more.", most=MOST_AT_ONCE)}
        )
    values = [checked(STORY, {"title": line, "type": "function"}) for line in lines]
    numbers = range(*_numbers(session, scope, len(lines)))
    ranks = ranks_after(ask(session, *queries.last_rank(project_id=_project(scope))).scalar(), len(lines))
    stories = [
        Story(project_id=_project(scope), number=number, rank=rank, status="idea", tags=[], **value)
        for number, rank, value in zip(numbers, ranks, values, strict=True)
    ]
    session.add_all(stories)
    name_action(
        session,
        say_n("Added %(count)s story", "Added %(count)s stories", len(stories)),
        verb="story.write",
        project_id=_project(scope),
    )
    return stories


def change_story(session: Session, story: Story, values: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    """Give a story other values, by field name."""
    _give(session, story, values, by, at)
    if list(values) == ["wave"]:
        return
    name_action(session, say("Changed %(title)s", title=story.title), verb="story.change", project_id=story.project_id)


def move_story(session: Session, story: Story, *, status: str, by: Actor, at: datetime) -> None:
    """Give a story another status, if the definitions of ready and done and the life of a story allow it."""
    if status == story.status:
        return
    if story.status in RELEASED or status not in BY_HAND:
        raise NotByHand(
            say(
                "%(title)s cannot be set to %(status)s by hand: that comes from its wave and its metrics.",
                title=story.title,
                status=status_choice(status).label,
            )
        )
    _refuse_unmet(session, story, status)
    story.status = status
    name_action(
        session,
        say("Moved %(title)s to %(status)s", title=story.title, status=status_choice(status).label),
        verb="story.move",
        project_id=story.project_id,
    )


def missing_for(session: Session, story: Story, status: str) -> list[Phrase]:
    """What keeps a story from a status, in words."""
    if status not in NEEDS_READY:
        return []
    rules, standing = answered(session, _looked_at(story))
    ready = rules.ready if rules else definitions.USUAL_READY
    missing = definitions.missing_for_ready(standing, ready)
    if status == "validated":
        missing += definitions.missing_for_done(standing, rules.done if rules else definitions.USUAL_DONE)
    return missing


def standing_of(session: Session, story: Story) -> definitions.Standing:
    """What the definitions look at, read in one statement."""
    return _standing(story, session.execute(queries.standing(), {"story_id": story.id}).one())


def _looked_at(story: Story) -> Asking[tuple[Any, definitions.Standing]]:
    """Asks for the project's own definitions (None where it has none) and what they look at."""
    rules = queries.definitions_of_project(), {"project_id": story.project_id}
    counts = queries.standing(), {"story_id": story.id}
    return Asking((rules, counts), lambda rows: (next(iter(rows[0]), None), _standing(story, rows[1][0])))


def _standing(story: Story, counts: Any) -> definitions.Standing:
    return definitions.Standing(
        value=story.value,
        points=story.points,
        area_id=story.area_id,
        owner_id=story.owner_id,
        has_narrative=bool(story.as_a and story.i_want and story.so_that),
        **counts._asdict(),
    )


def rank_story(
    session: Session, story: Story, *, after: Story | None, before: Story | None = None, by: Actor, at: datetime
) -> None:
    """Put a story right behind another (`after`), right before one (`before`), or first when neither is given."""
    if story in (after, before):
        return
    project_id = story.project_id
    if after is not None:
        low: str | None = after.rank
        high = session.scalar(queries.rank_beside(project_id=project_id, rank=after.rank, later=True))
    elif before is not None:
        high = before.rank
        low = session.scalar(queries.rank_beside(project_id=project_id, rank=before.rank, later=False))
    else:
        low, high = None, session.scalar(queries.first_rank(project_id=project_id))
    if story.rank in (low, high):
        return
    story.rank = rank_between(low, high)
    name_action(
        session, say("Put %(title)s in another place", title=story.title), verb="story.rank", project_id=project_id
    )


def set_rules(
    session: Session, *, project_id: int, ready: Sequence[str], done: Sequence[str], by: Actor, at: datetime
) -> None:
    """State what ready and done mean in a project."""
    rules = session.scalars(queries.rules_of_project(project_id=project_id)).one_or_none()
    if rules is None:
        rules = StoryRules(project_id=project_id)
        session.add(rules)
    rules.ready = [key for key in definitions.READY if key in ready]
    rules.done = [key for key in definitions.DONE if key in done]
    name_action(session, say("Changed the definitions of ready and done"), verb="story.rules", project_id=project_id)


def _give(session: Session, story: Story, values: Mapping[str, Any], by: Actor, at: datetime) -> None:
    own = {name: value for name, value in values.items() if name not in contributed}
    for name, value in checked(STORY, own).items():
        setattr(story, STORY.fields[name].attribute, value)
    if story.owner_id is not None:
        story.owner_text = None
    refuse_loop_of_parents(session, story)
    session.add(story)
    # a story that is only now written has nothing that an empty value could take away
    others = {name: one for name, one in values.items() if name in contributed and (one or story.id is not None)}
    if others:
        session.flush()  # what is contributed points at the story's id
    for name, value in others.items():
        contributed[name](session, story, value, by, at)


def refuse_loop_of_parents(session: Session, story: Story) -> None:
    """Stop when a story would be part of itself, of its own parts, or of a story elsewhere."""
    seen, above = {story.id}, story.parent_id
    with session.no_autoflush:  # an impossible parent is refused here, not by the database
        while above is not None:
            if above in seen:
                raise InvalidInput({"parent": say("A story cannot be part of itself or of its own parts.")})
            seen.add(above)
            parent = session.get(Story, above)
            if parent is None or parent.project_id != story.project_id:
                raise InvalidInput({"parent": say("Choose a story of this project.")})
            above = parent.parent_id


def _refuse_unmet(session: Session, story: Story, status: str) -> None:
    missing = missing_for(session, story, status)
    if not missing:
        return
    reasons = "; ".join(str(reason) for reason in missing)
    if status == "validated":
        raise NotDone(say("%(title)s cannot be validated yet: %(reasons)s.", title=story.title, reasons=reasons))
    raise NotReady(
        say("%(title)s is not ready to be planned or built: %(reasons)s.", title=story.title, reasons=reasons)
    )


def _project(scope: Scope) -> int:
    if scope.project_id is None:
        raise NotFound("project")
    return scope.project_id


def _numbers(session: Session, scope: Scope, count: int) -> tuple[int, int]:
    first = take_numbers(session, project_id=_project(scope), of="story", count=count)
    return first, first + count
