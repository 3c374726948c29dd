"""Who takes part in an incentive, and what training and teams earn."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from implementor.audiences.models import AffectedPerson
from implementor.duplicates.models import DuplicatePair
from implementor.duplicates.services.pairs import dismiss_pair
from implementor.history.models import Action
from implementor.history.services import CannotUndo, undo_action
from implementor.incentives.models import Incentive, IncentivePeriod
from implementor.incentives.reading import people_of
from implementor.incentives.services import ClosedAlready, close_period, team_points
from implementor.training.models import Course, Enrolment
from tests.adoption.builders import NOW
from tests.auth.builders import reading, working
from tests.duplicates.builders import merge_of, pair_id_of
from tests.incentives.builders import NAMES, PLACE, TODAY, World, counted, over


@pytest.fixture
def world(app: Flask) -> World:
    """Its people and rules."""
    return World(app)


def test_only_an_audience_takes_part_where_one_is_named(world: World) -> None:
    with reading(world.here.app) as session:
        listed = session.scalars(select(AffectedPerson.id).where(AffectedPerson.name == "Mate")).one()
    audience = world.here.audience("Half")
    world.here.list(audience, listed)
    with working(world.here.app) as session:
        session.execute(update(Incentive).values(audience_id=audience))
    world.accounts("mate", *NAMES)
    assert {who: row.counted for who, row in world.earned(counted(world)).items()} == {"mate": 3}


def test_a_second_copy_of_ones_own_does_not_count_until_they_are_two(world: World) -> None:
    first, second, third, merged_one = world.accounts("seller", *NAMES, "Dune")
    (other,) = world.accounts("mate", "Elm")
    pairs = [pair_id_of(world.crm, one, another) for one, another in ((first, second), (first, third), (third, other))]
    merge_of(world.crm, first, merged_one)
    with world.crm.working() as session:
        pair = session.get_one(DuplicatePair, pairs[1])
        dismiss_pair(session, pair, reason="Two plants", by=world.crm.by(), at=NOW)
    found = world.earned(counted(world))
    assert (found["seller"].counted, found["seller"].left_out) == (2, {"duplicate": 2})
    assert (found["mate"].counted, found["mate"].left_out) == (1, {}), "whose copy it is says who made both"


def test_a_closed_period_is_not_taken_back(world: World) -> None:
    period_id = over(world)
    with working(world.here.app) as session:
        planned = session.scalars(select(Action).where(Action.verb == "incentive_period.create")).one()
        planned.at = NOW
    world.here.browser().get(f"{PLACE}/periods/{period_id}").form("form[action$='/close']").submit()
    with world.here.working(at=NOW) as session, pytest.raises(CannotUndo, match="is closed"):
        undo_action(session, session.get_one(Action, planned.id), by=world.here.by(), at=NOW)


def test_closed_twice_at_once_it_is_closed_once(world: World) -> None:
    period_id = over(world)
    ready, zone = Barrier(2), ZoneInfo("UTC")

    def close(_number: int) -> bool:
        ready.wait()
        try:
            with world.here.working(at=NOW) as session:
                period = session.get_one(IncentivePeriod, period_id, options=[joinedload(IncentivePeriod.incentive)])
                close_period(session, period, people_of(session, period, zone), zone=zone, by=world.here.by(), at=NOW)
        except ClosedAlready:
            return False
        return True

    with ThreadPoolExecutor(2) as both:
        done = sorted(both.map(close, (0, 1)))
    assert done == [False, True]
    assert len(world.awards(period_id)) == 1


def test_training_counts_when_all_that_was_due_is_completed_in_time(world: World) -> None:
    world.rule(name="Trained", figure="trained", points=7)
    with reading(world.here.app) as session:
        people = dict(session.execute(select(AffectedPerson.name, AffectedPerson.id)).all())
    first, second = (world.here.write(Course, name=name) for name in ("Accounts", "Quotes"))
    parts = (("Seller", first, 0), ("Seller", second, 0), ("Mate", first, 0), ("Mate", second, None),
             ("Manager", first, -30))  # fmt: skip
    with world.here.working(at=NOW - timedelta(days=40)) as session:
        for who, course, day in parts:
            done = {} if day is None else {"state": "completed", "trained_on": TODAY + timedelta(days=day)}
            session.add(Enrolment(project_id=world.here.project_id, course_id=course, person_id=people[who], **done))
    found = world.earned(counted(world))
    given = {who: row.earned[-1] for who, row in found.items()}
    assert {who: one["points"] for who, one in given.items() if one["points"]} == {"seller": 7}
    assert [(given[who]["amount"], given[who]["whole"]) for who in ("seller", "mate", "manager")] == [
        (2, 2), (1, 2), (0, 0),
    ]  # fmt: skip


def test_teams_win_by_points_per_person_and_small_ones_are_not_told_of() -> None:
    points = [(1, 4), (1, 6), (1, 5), (1, 5), (1, 9), *[(2, 3)] * 7, (None, 99)]
    assert team_points(points) == {2: 3}, "one of no team is told of together with the smaller team"
    assert team_points(points[:-1]) == {1: 5, 2: 3}
    assert team_points([(1, 9)] * 4) == {}
