"""Scenarios stand beside the present plan, change nothing until one is adopted, and stay with who decided and why."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from implementor.foundation.errors import InvalidInput
from implementor.history.models import Action
from implementor.history.services import undo_action
from implementor.planning import scenario_services as services
from implementor.planning.comparing import Comparison, compare, posed_now
from implementor.planning.scenario_models import Scenario
from implementor.planning.scenario_services import IsDecided
from implementor.stories.part_services import add_dependency
from implementor.waves.capacity_services import ShareWanted, kept_of, write_capacity
from implementor.waves.models import Wave, WaveStory
from implementor.waves.scope import put_in_wave
from tests.auth.builders import reading
from tests.machinery.statements import counting
from tests.waves.builders import START, Rollout, add_story, add_wave, rollout, stories_of, wave_in, wave_now


def planned(app: Flask) -> tuple[Rollout, dict[str, int]]:
    """Two waves of ten points: one full of a weak story, one with a story that waits for one of the backlog."""
    here = rollout(app)
    ids = {
        "weak": add_story(here, "Weak", points="8", value="10"),
        "best": add_story(here, "Best", points="6", value="60"),
        "waits": add_story(here, "Waits", points="5", value="20", moscow="must"),
        "first": add_story(here, "First", points="3", value="15"),
    }
    with here.working() as session:
        waits, first = stories_of(session, [ids["waits"], ids["first"]])
        add_dependency(session, waits, first, kind="waits", by=here.actor(), at=START)
    add_wave(here, "One", [ids["weak"]], capacity_points="10")
    add_wave(here, "Two", [ids["waits"]], capacity_points="10")
    return here, ids


def scenario(here: Rollout, name: str, *changes: dict[str, Any], fills: bool = False) -> int:
    """A scenario with these changes; waves are given by number."""
    with here.working() as session:
        made = services.write_scenario(session, project_id=here.project_id, name=name, fills=fills, by=here.actor(),
                                       at=START)  # fmt: skip
        posed = posed_now(session, here.project_id, at=START, zone=UTC)
        assert posed is not None
        for change in changes:
            wave_id = wave_in(session, here, change["wave"]).id if "wave" in change else None
            services.add_change(session, made, posed, {**change, "wave_id": wave_id}, by=here.actor(), at=START)
        return made.id


def compared(here: Rollout, *ids: int) -> Comparison:
    with reading(here.app) as session:
        made = compare(session, here.project_id, [session.get_one(Scenario, one) for one in ids], at=START, zone=UTC)
        assert made is not None
        return made


def places(here: Rollout) -> dict[int, int]:
    """Story id -> number of its wave."""
    with reading(here.app) as session:
        rows = session.execute(select(WaveStory.story_id, Wave.number).join(Wave, Wave.id == WaveStory.wave_id))
        return {row.story_id: row.number for row in rows}


def test_each_is_reckoned_beside_the_present_plan(app: Flask) -> None:
    here, ids = planned(app)
    less = scenario(here, "Half of One", {"kind": "capacity", "wave": 1, "amount": Decimal(50)})
    other = scenario(here, "Other stories", {"kind": "out", "story_id": ids["weak"]},
                     {"kind": "story", "wave": 1, "story_id": ids["best"]},
                     {"kind": "story", "wave": 2, "story_id": ids["first"]})  # fmt: skip
    filled = scenario(here, "Filled", fills=True)
    present, half, moved, full = compared(here, less, other, filled).columns
    assert (present.weight.value, present.weight.points, present.weight.musts_in) == (30, 1300, 1)
    assert [one.kind for one in present.weight.broken] == ["early", "musts"]
    assert half.weight.loads[0] == [("points", 800, 500)]
    assert next((one.kind, one.place) for one in half.weight.broken) == ("over", 0)
    assert half.made.plan == present.made.plan
    assert (moved.weight.value, [one.kind for one in moved.weight.broken]) == (95, ["musts"])
    assert moved.made.plan == {ids["best"]: 0, ids["waits"]: 1, ids["first"]: 1}
    assert full.weight.value == 95
    assert full.made.plan == {ids["waits"]: 0, ids["first"]: 0, ids["best"]: 1}
    assert compared(here, other).stories == {ids["weak"]: [0, None], ids["best"]: [None, 0], ids["first"]: [None, 1]}


def test_a_moved_end_brings_room_and_moves_the_promise(app: Flask) -> None:
    here, _ids = planned(app)
    made = scenario(here, "Longer", {"kind": "end", "wave": 1, "on_date": date(2026, 5, 22)})
    column = compared(here, made).columns[1]
    # in Venezuela 2 March to 10 April are 28 working days without Holy Thursday and Friday, to 22 May 56
    assert column.weight.loads[0] == [("points", 800, 2000)]
    assert column.made.ends[0] == date(2026, 5, 22)
    closer = scenario(here, "Two weeks more", {"kind": "end", "wave": 1, "on_date": date(2026, 4, 24)})
    assert compared(here, closer).columns[1].weight.loads[0] == [("points", 800, round(1000 * 38 / 28))]


def staffed(app: Flask) -> Rollout:
    """A wave in which the lead has all days as an analyst, the member half of them as a trainer."""
    here = rollout(app)
    add_story(here, "First", points="3")
    add_wave(here, "One")
    shares = [ShareWanted(100, "Analyst", user_id=here.lead.id), ShareWanted(50, "Trainer", user_id=here.member.id)]
    with here.working() as session:
        wave = wave_in(session, here)
        seen = kept_of(session, wave).version
        write_capacity(session, wave, shares, [], Decimal(3), seen=seen, by=here.actor(), at=START)
    return here


def test_people_bring_and_take_points_and_hours(app: Flask) -> None:
    """Ana has all days as an analyst, Miguel half of them as a trainer: three parts of points, two of them hers."""
    here = staffed(app)
    ana = f"u{here.lead.id}"

    def person(per_cent: int) -> dict[str, Any]:
        return {"kind": "person", "wave": 1, "person_key": ana, "amount": Decimal(per_cent)}

    def people(heads: int) -> dict[str, Any]:
        return {"kind": "people", "wave": 1, "profile": "analyst", "amount": Decimal(heads)}

    half = {"kind": "capacity", "wave": 1, "amount": Decimal(50)}
    wanted: list[tuple[list[dict[str, Any]], str, str, str]] = [
        ([person(100)], "1", "1", "1"), ([person(0)], "1/3", "0", "1"), ([person(50)], "2/3", "1/2", "1"),
        ([person(150)], "4/3", "3/2", "1"), ([people(2)], "2", "5/2", "1"), ([people(0)], "1", "1", "1"),
        ([person(50), half], "1/3", "1/4", "1/2"), ([person(0), people(1)], "5/6", "3/4", "1"),
    ]  # fmt: skip
    made = [scenario(here, f"Case {place}", *changes) for place, (changes, *_held) in enumerate(wanted)]
    with reading(app) as session:
        rooms = [
            compare(session, here.project_id, [session.get_one(Scenario, one)], at=START, zone=UTC) for one in made
        ]
    for (changes, *parts), found in zip(wanted, rooms, strict=True):
        assert found is not None
        present, column = ({key: held for key, _taken, held in one.weight.loads[0]} for one in found.columns)
        told = [Fraction(column[key], present[key]) for key in ("points", "profile:analyst", "profile:trainer")]
        assert told == pytest.approx([float(Fraction(part)) for part in parts], abs=0.001), changes


def test_adopting_moves_stories_and_ends_as_one_change_with_one_undo(app: Flask) -> None:
    here, ids = planned(app)
    before = places(here)
    made = scenario(here, "Chosen", {"kind": "end", "wave": 1, "on_date": date(2026, 5, 22)}, fills=True)
    page = here.browser().get(here.url(f"/scenarios/{made}"))
    assert "Say why" in page.form("decision").submit(status=422).text
    told = page.form("decision").submit(reason="More value for the same money.")
    assert "Chosen is adopted." in told.text
    assert places(here) != before
    assert ids["best"] in places(here)
    assert wave_now(here).ends_on == date(2026, 5, 22)
    assert "More value for the same money." in here.browser(here.viewer).get(here.url("/scenarios")).text
    with reading(app) as session:
        action_id = session.scalars(select(func.max(Action.id)).where(Action.verb == "wave.plan")).one()
    with here.working() as session:
        undo_action(session, session.get_one(Action, action_id), by=here.actor(), at=datetime.now(UTC))
    assert (places(here), wave_now(here).ends_on) == (before, date(2026, 4, 10))
    with reading(app) as session:
        assert session.get_one(Scenario, made).is_open


def test_it_is_refused_where_somebody_planned_meanwhile(app: Flask) -> None:
    here, ids = planned(app)
    made = scenario(here, "Chosen", fills=True)
    page = here.browser().get(here.url(f"/scenarios/{made}"))
    with here.working() as session:
        put_in_wave(session, wave_in(session, here, 2), stories_of(session, [ids["best"]]), by=here.actor(), at=START)
    before = places(here)
    told = page.form("decision").submit(status=409, reason="Best")
    assert "nothing was moved" in told.text
    assert places(here) == before


def test_they_are_written_copied_discarded_and_kept(app: Flask) -> None:
    here, ids = planned(app)
    browser = here.browser()
    page = browser.get(here.url("/scenarios")).form("scenario_new").submit(name="  Fewer people ", note="If Ana leaves")
    assert page.heading == "Fewer people"
    for never in ("NaN", "Infinity"):
        page.form("change_new").submit(status=422, kind="capacity", amount=never)
    wrong = page.form("change_new").submit(status=422, kind="capacity", amount="-5")
    assert "Write a number from 0 to 1000." in wrong.text
    page = page.form("change_new").submit(kind="capacity", amount="80")
    page = page.form("change_new").submit(kind="story", story=f"VEN-{ids['best'] - ids['weak'] + 1}")
    assert page.texts("#supposed li")[:2] != []
    assert "One has 80 % of its capacity" in page.text
    assert "Best comes into One" in page.text
    with reading(app) as session:
        first = session.scalars(select(Scenario.id)).one()
    copy = page.form(f"{here.url('/scenarios')}/{first}/copy").submit()
    assert copy.heading == "Copy of Fewer people"
    assert "One has 80 % of its capacity" in copy.text
    told = browser.post(here.url(f"/scenarios/{first}/discard"), {"reason": "She stays"})
    assert "is discarded and kept" in told.text
    with here.working() as session, pytest.raises(IsDecided):
        services.discard_scenario(session, session.get_one(Scenario, first), reason="x", by=here.actor(), at=START)
    side = browser.get(here.url(f"/scenarios/compare?with={first}&with={first + 1}"))
    assert side.texts("#columns thead th") == ["What", "Present plan", "Copy of Fewer people", "Fewer people"]
    assert here.browser(here.viewer).get(here.url(f"/scenarios/{first}")).all("form[method=post] #reason") == []


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"kind": "magic"}, "kind"),
    ({"kind": "capacity", "wave": 1, "amount": None}, "amount"),
    ({"kind": "capacity", "wave": 1, "amount": Decimal("1001")}, "amount"),
    ({"kind": "capacity", "amount": Decimal(50)}, "wave_id"),
    ({"kind": "end", "wave": 1, "on_date": date(2026, 3, 1)}, "on_date"),
    ({"kind": "person", "wave": 1, "amount": Decimal(50), "person_key": "u999999"}, "person_key"),
    ({"kind": "people", "wave": 1, "amount": Decimal(2)}, "kind"),
    ({"kind": "story", "wave": 1, "story_id": 999_999}, "story"),
]


def test_what_cannot_be_supposed_is_refused_beside_its_field(app: Flask) -> None:
    here, _ids = planned(app)
    for change, field in WRONG:
        with pytest.raises(InvalidInput) as refused:
            scenario(here, "Wrong", change)
        assert list(refused.value.errors) == [field], change
    for name in ("", "x" * 121):
        with pytest.raises(InvalidInput):
            scenario(here, name)


def test_four_scenarios_cost_no_more_statements_than_one(app: Flask) -> None:
    here, ids = planned(app)
    change = {"kind": "story", "wave": 1, "story_id": ids["best"]}
    made = [scenario(here, f"Scenario {number}", change) for number in range(4)]
    counts = []
    for chosen in (made[:1], made):
        with reading(app) as session:
            found = [session.get_one(Scenario, one) for one in chosen]
            with counting() as asked:
                compare(session, here.project_id, found, at=START, zone=UTC)
        counts.append(asked)
    few, many = counts
    assert len(many) == len(few), many.beyond(few)
