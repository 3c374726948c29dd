"""A story is split: what was done keeps its number and history, the rest stands behind it with the same links."""

from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.foundation.errors import InvalidInput, Refusal
from implementor.governance.services import raise_obstacle
from implementor.stories.models import Criterion, Story, StoryDependency, StoryObstacle, Task
from implementor.stories.part_services import add_dependency, block_story, remove_dependency, settle
from implementor.stories.splitting import Division, NothingToSplit, split_story
from implementor.waves.models import WaveStory
from implementor.waves.scope import put_in_wave
from implementor.waves.services import create_wave
from tests.auth.builders import reading
from tests.stories.builders import START, Backlog, backlog


@pytest.fixture
def here(app: Flask) -> Backlog:
    """A backlog of three stories; the second waits for the first and the third for the second."""
    made = backlog(app)
    for title in ("Import accounts", "See open quotes", "Send quotes"):
        made.ready_story(title, tags=["quotes"], moscow="must")
    with made.working() as session:
        first, second, third = (made.one(session, number) for number in (1, 2, 3))
        add_dependency(session, second, first, kind="waits", by=made.by, at=START)
        add_dependency(session, third, second, kind="waits", by=made.by, at=START)
    return made


def split(here: Backlog, *, title: str = "See old quotes", together: bool = True, **moving: list[int]) -> int:
    """Split the second story and return the number of the rest."""
    how = Division(title, Decimal(2), Decimal(3), 30, 10, moving, together)
    with here.working() as session:
        return split_story(session, here.scope, here.one(session, 2), how, by=here.by, at=START).number


def links(here: Backlog) -> set[tuple[int, int, str]]:
    """Who holds up whom, by number, and how."""
    with reading(here.app) as session:
        numbers = {story.id: story.number for story in session.scalars(select(Story))}
        found = session.scalars(select(StoryDependency))
        return {(numbers[one.blocker_id], numbers[one.blocked_id], one.kind) for one in found}


def test_the_rest_stands_behind_it_with_the_same_description_and_links(here: Backlog) -> None:
    with here.working() as session:
        obstacle = raise_obstacle(
            session, project_id=here.project_id, values={"title": "No", "kind": "people", "severity": "low"},
            by=here.by, at=START,
        )  # fmt: skip
        block_story(session, here.one(session, 2), obstacle, by=here.by, at=START)
    assert split(here) == 4
    assert here.order() == [1, 2, 4, 3]
    left, rest = here.stored(2), here.stored(4)
    assert (left.points, left.value, rest.points, rest.value) == (Decimal(2), 30, Decimal(3), 10)
    assert (rest.moscow, rest.tags, rest.type, rest.status) == ("must", ["quotes"], left.type, "idea")
    assert links(here) == {
        (1, 2, "blocks"), (2, 3, "blocks"), (1, 4, "blocks"), (4, 3, "blocks"), (2, 4, "split"),
    }  # fmt: skip
    with reading(here.app) as session:
        assert sorted(session.scalars(select(StoryObstacle.story_id))) == sorted([left.id, rest.id])


def test_unsettled_parts_go_along_and_settled_ones_stay(here: Backlog) -> None:
    done, open_one = here.part(2, "task", title="Read"), here.part(2, "task", title="Show")
    with here.working() as session:
        settle(session.get_one(Task, done), settled=True, by=here.by, at=START)
    with pytest.raises(InvalidInput) as refused:
        split(here, task=[done])
    assert "parts" in refused.value.errors
    rest = split(here, task=[open_one], criterion=[2])
    with reading(here.app) as session:
        stories = {story.id: story.number for story in session.scalars(select(Story))}
        assert [stories[one.story_id] for one in session.scalars(select(Task).order_by(Task.id))] == [2, rest]
        assert stories[session.get_one(Criterion, 2).story_id] == rest
    here.undo()
    with reading(here.app) as session:
        assert {stories[one.story_id] for one in session.scalars(select(Task))} == {2}
        assert here.stored(2).points == Decimal(5)
        assert here.stored(4).is_archived


@pytest.mark.parametrize("together", [True, False])
def test_the_rest_is_planned_beside_it_or_stands_in_the_backlog(here: Backlog, together: bool) -> None:
    with here.working() as session:
        wave = create_wave(session, project_id=here.project_id, values={"name": "First"}, by=here.by, at=START)
        session.flush()
        here.one(session, 2).status = "ready"
        put_in_wave(session, wave, [here.one(session, 2)], by=here.by, at=START)
    rest = split(here, together=together)
    with reading(here.app) as session:
        planned = set(session.scalars(select(WaveStory.story_id)))
    assert planned == {here.stored(2).id, *([here.stored(rest).id] if together else [])}


def test_what_is_over_is_not_split_and_both_need_titles_of_their_own(here: Backlog) -> None:
    with pytest.raises(InvalidInput) as refused:
        split(here, title=" see OPEN quotes")
    assert "title" in refused.value.errors
    with here.working() as session:
        here.one(session, 2).status = "validated"
    with pytest.raises(NothingToSplit):
        split(here)
    with here.working() as session:
        link = session.scalars(select(StoryDependency)).first()
        assert link is not None
        link.kind = "split"
        with pytest.raises(Refusal, match="Undo the split"):
            remove_dependency(session, link, by=here.by, at=START)


def test_its_page_keeps_what_was_typed_and_leads_to_the_rest(here: Backlog) -> None:
    here.part(2, "task", title="Show")
    browser = here.browser()
    form = browser.get("/projects/VEN/stories/2").follow("Split").form("split")
    assert form.value("points_left") == "5"
    refused = form.submit(title="", points_rest="many", status=422).form("split")
    assert refused.value("points_rest") == "many"
    assert set(refused.errors) >= {"points_rest"}
    page = refused.submit(title="See old quotes", points_rest="2", points_left="3", parts=["task-1"])
    assert page.url == "/projects/VEN/stories/4"
    assert "split off from" in page.text
    assert "Show" in page.text
    assert "split into" in browser.get("/projects/VEN/stories/2").text
