"""The plan of going live: written, run in the night on one page, rehearsed and measured, asked for at the gate."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.cutover import services
from implementor.cutover.gate_checks import cutover_planned, way_back_rehearsed
from implementor.cutover.models import CutoverRehearsal, CutoverStep
from implementor.cutover.running import run_of
from implementor.foundation.errors import InvalidInput
from implementor.stages.checks import GatePlace
from tests.audiences.builders import AT, Affected, affected
from tests.auth.builders import reading

PLACE = "/projects/VEN/going-live"


@pytest.fixture
def here(app: Flask) -> Affected:
    """A project with a wave."""
    return affected(app)


def plan(here: Affected, wave_id: int) -> list[int]:
    """Freeze (the member), load after it, open the CRM after that: the point of no return."""
    given: list[dict[str, Any]] = [
        {"name": "Freeze the old system", "minutes": 30, "starts_at": AT, "way_back": "Unlock it.",
         "owner_id": here.people["member"].id},
        {"name": "Load accounts", "minutes": 60, "after": "1", "way_back": "Empty the tables.",
         "owner_id": here.people["lead"].id},
        {"name": "Let people in", "minutes": 10, "after": "2;1", "point_of_no_return": True,
         "owner_id": here.people["lead"].id},
    ]  # fmt: skip
    return [here.write(CutoverStep, wave_id=wave_id, number=place, **one) for place, one in enumerate(given, start=1)]


def states(here: Affected) -> list[str]:
    with reading(here.app) as session:
        return list(session.scalars(select(CutoverStep.state).order_by(CutoverStep.number)))


@pytest.mark.parametrize(
    ("values", "field"),
    [({"after": "9"}, "after"), ({"after": "4"}, "after"), ({"after": "first"}, "after"), ({"number": 1}, "number")],
)
def test_a_step_waits_for_steps_of_its_plan_and_never_in_a_circle(
    here: Affected, values: dict[str, Any], field: str
) -> None:
    wave_id = here.wave()
    plan(here, wave_id)
    with pytest.raises(InvalidInput) as refused:
        here.write(CutoverStep, **{"name": "Tell people", "wave_id": wave_id, "number": 4, "minutes": 5} | values)
    assert set(refused.value.errors) == {field}


def test_a_step_that_others_wait_for_keeps_its_number_and_closes_no_circle(here: Affected) -> None:
    first, *_others = plan(here, here.wave())
    browser = here.browser("change")
    for field, value, said in (("number", "7", "wait for it by its number: 2, 3"), ("after", "3", "in a circle")):
        page = browser.get(f"/projects/VEN/records/cutover_step/{first}/edit").form("main form")
        assert said in page.submit({field: value}, status=422).text


def test_in_the_night_each_says_how_far_the_own_steps_are(here: Affected) -> None:
    wave_id = here.wave()
    first, second, third = plan(here, wave_id)
    member, lead = here.browser("member"), here.browser("lead")
    page = member.get(PLACE)
    assert "0 of 3 steps are over" in page.text
    page.form(f"form[action$='/steps/{first}/begin']").submit()
    lead.get(PLACE)
    member.post(f"{PLACE}/steps/{second}/begin", status=409)
    assert "Freeze the old system" in lead.post(f"{PLACE}/steps/{second}/begin", status=409).text
    page = member.get(PLACE).form(f"form[action$='/steps/{first}/finish']").submit()
    assert "1 of 3 steps are over" in page.text
    lead.get(PLACE).form(f"form[action$='/steps/{second}/begin']").submit()
    lead.post(f"{PLACE}/steps/{second}/fail", {"reason": " "}, status=409)
    page = lead.post(f"{PLACE}/steps/{second}/fail", {"reason": "The file is empty."})
    assert states(here) == ["done", "failed", "open"]
    page = lead.get(PLACE)
    assert page.text.index("Empty the tables.") < page.text.index("Unlock it.")
    lead.get(PLACE).form(f"form[action$='/steps/{second}/reopen']").submit()
    lead.post(f"{PLACE}/steps/{second}/skip", {"reason": "Loaded yesterday."})
    lead.post(f"{PLACE}/steps/{third}/begin")
    page = lead.get(PLACE)
    assert "The point of no return is passed" in page.text
    assert "Loaded yesterday." in page.text
    viewer = here.browser("viewer")
    viewer.get(PLACE)
    viewer.post(f"{PLACE}/steps/{third}/finish", status=403)
    assert states(here) == ["done", "skipped", "running"]


def test_what_has_begun_keeps_its_plan_and_what_waited_for_it_holds_it(here: Affected) -> None:
    first, second, _third = plan(here, here.wave())
    with here.working("lead") as session:
        one, two = session.get_one(CutoverStep, first), session.get_one(CutoverStep, second)
        services.begin(session, one, by=here.by("lead"), at=AT)
        services.finish(session, one, by=here.by("lead"), at=AT + timedelta(minutes=45))
        services.begin(session, two, by=here.by("lead"), at=AT + timedelta(minutes=45))
    with reading(here.app) as session:
        steps = session.scalars(select(CutoverStep).order_by(CutoverStep.number)).all()
        run = run_of(steps, AT + timedelta(minutes=50))
        assert run.plan_ends_at == AT + timedelta(minutes=100)
        assert (run.ends_at, run.late) == (AT + timedelta(minutes=115), 0)
        assert [one.step.number for one in run.waiting] == [3]
    lead = here.browser("lead")
    lead.get(PLACE)
    lead.post(f"{PLACE}/steps/{first}/reopen", status=409)
    page = lead.get(f"/projects/VEN/records/cutover_step/{second}/edit")
    page.form("main form").submit(minutes="90", status=409)


def test_rehearsals_measure_the_plan_and_show_the_way_back(here: Affected) -> None:
    wave_id = here.wave()
    first, *_others = plan(here, wave_id)
    with pytest.raises(InvalidInput):
        here.write(CutoverRehearsal, name="Dry run", wave_id=wave_id, held_on=AT.date(), went_back=True)
    rehearsal = here.write(CutoverRehearsal, name="Dry run", wave_id=wave_id, held_on=AT.date())
    browser = here.browser("change")
    page = browser.get(f"{PLACE}/rehearsals/{rehearsal}")
    page = page.form("form[action$='/times']").submit(minutes_1="45", minutes_2="0")
    assert "90 minutes planned, 45 minutes measured" in page.text
    page.form("form[action$='/times']").submit(minutes_1="soon", status=409)
    assert "45 minutes" in browser.get(f"{PLACE}/steps/{first}").text
    viewer = here.browser("viewer")
    assert "Rehearsed on" in viewer.get(PLACE).text
    viewer.post(f"{PLACE}/rehearsals/{rehearsal}/times", {"minutes_1": "1"}, status=403)


def test_gates_ask_for_a_whole_plan_and_a_rehearsed_way_back(here: Affected) -> None:
    wave_id = here.wave()
    place = GatePlace(here.project_id, "VEN", wave_id, 1, on=AT.date())
    with reading(here.app) as session:
        assert not cutover_planned(session, place, {}).passes(100)
        assert not way_back_rehearsed(session, place, {}).passes(100)
    plan(here, wave_id)
    rehearsal = here.write(CutoverRehearsal, name="Dry run", wave_id=wave_id, held_on=AT.date())
    here.write(CutoverStep, name="Tell people", wave_id=wave_id, number=4)
    with reading(here.app) as session:
        assert cutover_planned(session, place, {}).missing == ("Tell people",)
        assert way_back_rehearsed(session, place, {}).missing == ("Dry run",)
    with here.working() as session:
        session.delete(session.scalars(select(CutoverStep).where(CutoverStep.number == 4)).one())
        held = session.get_one(CutoverRehearsal, rehearsal)
        held.went_back, held.evidence = True, "Minutes of the night."
    with reading(here.app) as session:
        assert cutover_planned(session, place, {}).passes(100)
        assert way_back_rehearsed(session, place, {}).passes(100)
