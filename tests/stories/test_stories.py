"""Stories: written, ranked, moved along their life, and remembered as facts whoever changed them."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.foundation.errors import InvalidInput
from implementor.foundation.permissions import Role
from implementor.stories import services
from implementor.stories.models import Criterion
from implementor.stories.part_services import settle
from implementor.stories.services import NotByHand, NotDone, NotReady
from implementor.stories.statuses import BY_HAND
from tests.stories.builders import START, Backlog, backlog


def move(here: Backlog, number: int, status: str) -> None:
    with here.working() as session:
        services.move_story(session, here.one(session, number), status=status, by=here.by, at=START)


def change(here: Backlog, number: int, **values: object) -> None:
    with here.working() as session:
        services.change_story(session, here.one(session, number), values, by=here.by, at=START)


def place(here: Backlog, number: int, after: int | None = None, before: int | None = None) -> None:
    with here.working() as session:
        story = here.one(session, number)
        behind = here.one(session, after) if after else None
        ahead = here.one(session, before) if before else None
        services.rank_story(session, story, after=behind, before=ahead, by=here.by, at=START)


def test_stories_are_numbered_in_their_own_project(app: Flask) -> None:
    here, other = backlog(app), backlog(app, "NOR")
    assert [here.story(), here.story(), other.story(), here.story()] == [1, 2, 1, 3]
    assert here.order() == [1, 2, 3]


def test_one_line_is_one_story_and_blank_lines_are_none(app: Flask) -> None:
    here = backlog(app)
    with here.working() as session:
        services.add_stories(session, here.scope, ["One", "", "  ", "Two \t words"], by=here.by, at=START)
    assert here.order() == [1, 2]
    assert here.stored(2).title == "Two words"
    assert here.facts(2, "status") == [(None, "idea")]


@pytest.mark.parametrize("titles", [[], ["", "\n"], ["x"] * 201, ["x" * 251]])
def test_lines_that_cannot_be_added_add_nothing(app: Flask, titles: list[str]) -> None:
    here = backlog(app)
    with pytest.raises(InvalidInput), here.working() as session:
        services.add_stories(session, here.scope, titles, by=here.by, at=START)
    assert here.order() == []


def test_a_story_is_put_first_behind_another_before_another_and_last(app: Flask) -> None:
    here = backlog(app)
    for _ in range(4):
        here.story()
    for number, after, before, expected in (
        (3, None, None, [3, 1, 2, 4]),
        (3, 4, None, [1, 2, 4, 3]),
        (1, 2, None, [2, 1, 4, 3]),
        (3, None, 1, [2, 3, 1, 4]),
        (3, 2, None, [2, 3, 1, 4]),
        (3, 3, None, [2, 3, 1, 4]),
    ):
        place(here, number, after, before)
        assert here.order() == expected


def test_a_place_is_remembered_and_can_be_taken_back(app: Flask) -> None:
    here = backlog(app)
    for _ in range(3):
        here.story()
    place(here, 3)
    here.undo()
    assert here.order() == [1, 2, 3]
    ranks = here.facts(3, "rank")
    assert len(ranks) == 3
    assert ranks[1] == ranks[2][::-1]


@pytest.mark.parametrize("missing", ["value", "points", "criterion"])
def test_what_is_missing_keeps_a_story_from_being_ready_and_is_named(app: Flask, missing: str) -> None:
    here = backlog(app)
    values: dict[str, Any] = {"value": 40, "points": "5"}
    number = here.story(**{name: value for name, value in values.items() if name != missing})
    if missing != "criterion":
        here.part(number, "criterion", text="Holds")
    with pytest.raises(NotReady) as refusal:
        move(here, number, "ready")
    named = {"value": "its value", "points": "its effort", "criterion": "no acceptance criterion"}
    assert named[missing] in str(refusal.value)
    assert here.stored(number).status == "idea"


def test_a_story_moves_along_its_life_and_back_and_each_step_is_a_fact(app: Flask) -> None:
    here = backlog(app)
    number = here.ready_story()
    for status in ("ready", "planned", "doing", "review", "doing", "dropped", "idea"):
        move(here, number, status)
    steps = ["idea", "ready", "planned", "doing", "review", "doing", "dropped", "idea"]
    assert here.facts(number, "status") == list(zip([None, *steps], steps, strict=False))
    move(here, number, "idea")
    assert len(here.facts(number, "status")) == len(steps)


def test_a_story_is_validated_once_everything_before_release_is_done(app: Flask) -> None:
    here = backlog(app)
    number = here.ready_story()
    with pytest.raises(NotDone, match="1 criterion is not met"):
        move(here, number, "validated")
    here.part(number, "criterion", text="Sales rise", phase="value")
    with here.working() as session:
        before_release = session.scalars(select(Criterion).where(Criterion.phase == "release")).one()
        settle(before_release, settled=True, by=here.by, at=START)
    move(here, number, "validated")
    assert here.stored(number).status == "validated"


@pytest.mark.parametrize("status", ["live", "achieved", "missed", "nowhere"])
def test_what_comes_from_waves_and_metrics_is_not_set_by_hand(app: Flask, status: str) -> None:
    here = backlog(app)
    number = here.ready_story()
    with pytest.raises((NotByHand, KeyError)):
        move(here, number, status)


@pytest.mark.sqlite_only("the rule is in Python; one database shows it")
@pytest.mark.parametrize("status", BY_HAND)
def test_a_live_story_stays_live(app: Flask, status: str) -> None:
    here = backlog(app)
    number = here.ready_story(status="live")
    with pytest.raises(NotByHand):
        move(here, number, status)


def test_a_project_states_its_own_definitions(app: Flask) -> None:
    here = backlog(app)
    with here.working() as session:
        ready = ["owner", "nothing"]
        services.set_rules(session, project_id=here.project_id, ready=ready, done=[], by=here.by, at=START)
    number = here.story()
    with pytest.raises(NotReady, match="nobody owns it"):
        move(here, number, "ready")
    change(here, number, owner=here.people[Role.MEMBER].id)
    move(here, number, "validated")


def test_points_are_facts_and_undo_writes_them_too(app: Flask) -> None:
    here = backlog(app)
    number = here.story(points="5")
    change(here, number, points="8.5", title="Another")
    here.undo()
    assert here.facts(number, "points") == [(None, "5"), ("5", "8.5"), ("8.5", "5")]
    assert here.stored(number).title == "See open quotes"


def test_tags_have_one_row_for_each_way_to_say_them_and_follow_every_change(app: Flask) -> None:
    here = backlog(app)
    number = here.story(tags="CRM, crm, Ánimo")
    assert here.tags(number) == {"crm", "animo"}
    change(here, number, tags="Ventas")
    assert here.tags(number) == {"ventas"}
    here.undo()
    assert here.tags(number) == {"crm", "animo"}


def test_the_score_and_the_order_of_priorities_follow_every_change(app: Flask) -> None:
    here = backlog(app)
    number = here.story(value=40, urgency=3, risk_reduction=2, points="8", moscow="could")
    assert here.stored(number).score is not None
    assert (str(here.stored(number).score), here.stored(number).moscow_order) == ("1.1250", 2)
    change(here, number, points=None, moscow="must")
    assert (here.stored(number).score, here.stored(number).moscow_order) == (None, 0)
    here.undo()
    assert str(here.stored(number).score) == "1.1250"


def test_a_story_is_not_part_of_itself_nor_of_its_own_parts(app: Flask) -> None:
    here, other = backlog(app), backlog(app, "NOR")
    top = here.story("Top")
    with here.working() as session:
        top_id = here.one(session, top).id
    middle = here.story("Middle", parent=top_id)
    lower = here.story("Lower", parent=here.stored(middle).id)
    foreign = other.stored(other.story()).id
    for number, parent in ((top, top_id), (top, here.stored(lower).id), (top, foreign), (top, 10**12)):
        with pytest.raises(InvalidInput):
            change(here, number, parent=parent)
    assert here.stored(top).parent_id is None


def test_naming_an_owner_replaces_the_name_an_import_left(app: Flask) -> None:
    here = backlog(app)
    number = here.story()
    with here.working() as session:
        here.one(session, number).owner_text = "Pedro of sales"
    change(here, number, owner=here.lead.id)
    assert here.stored(number).owner_text is None
