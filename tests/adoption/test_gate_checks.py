"""What gates ask of change and use: each change of work is rated and answered, and use measured since going live."""

from dataclasses import replace
from datetime import timedelta

from flask import Flask
from sqlalchemy import update

from implementor.adoption.gate_checks import use_measured
from implementor.adoption.models import PersonDay
from implementor.adoption.services import formula_in_force
from implementor.audiences.gate_checks import impact_known
from implementor.audiences.models import AffectedPerson, ChangeImpact
from implementor.stages.checks import GatePlace
from implementor.waves.models import Wave
from tests.audiences.builders import AT, Affected, affected
from tests.auth.builders import add_person, reading, working

LATER = AT.date() + timedelta(days=20)


def test_a_change_of_work_counts_when_it_is_rated_and_says_how_people_are_prepared(app: Flask) -> None:
    here = affected(app)
    wave_id, sales = here.wave(), here.audience("Sellers", "Eva Eco")
    place = GatePlace(here.project_id, "VEN", wave_id, 1, on=LATER)
    with reading(app) as session:
        assert not impact_known(session, place, {}).passes(100)
    shared = {"audience_id": sales, "wave_id": wave_id}
    here.write(
        ChangeImpact, name="Visits are written at once", processes=3, response="A course and a champion.", **shared
    )
    here.write(ChangeImpact, name="Prices come from the list", processes=2, response="", **shared)
    here.write(ChangeImpact, name="Elsewhere", processes=0, response="", audience_id=sales, wave_id=here.wave())
    with reading(app) as session:
        told = impact_known(session, place, {})
        assert (int(told.value), int(told.target)) == (1, 2)
        assert told.missing == ("Sellers: Prices come from the list",)
    with working(app) as session:
        session.execute(update(ChangeImpact).values(response="Said in the team meeting."))
    with reading(app) as session:
        assert impact_known(session, place, {}).passes(100)


def test_use_counts_for_who_has_an_account_on_days_after_the_wave_went_live(app: Flask) -> None:
    here = affected(app)
    wave_id = here.wave()
    place = GatePlace(here.project_id, "VEN", wave_id, 1, on=LATER)
    people = [add_person(app, name) for name in ("Eva Eco", "Ivo Ida", "Uma Ulm")]
    sales = here.audience("Sellers", "Eva Eco", "Ivo Ida", "Nobody Signs")
    here.write(ChangeImpact, name="Visits", processes=3, audience_id=sales, wave_id=wave_id)
    with working(app) as session:
        for person in people:
            session.execute(update(AffectedPerson).where(AffectedPerson.name == person.name).values(user_id=person.id))
        session.execute(update(Wave).values(closed_at=AT))
        formula_id = formula_in_force(session, at=AT).id
        for person, days in ((people[0], 3), (people[1], -3), (people[2], 3)):
            day = AT.date() + timedelta(days=days)
            session.add(
                PersonDay(
                    user_id=person.id, day=day, formula_id=formula_id, is_new=False, was_there=True, active_7=True
                )
            )
    with reading(app) as session:
        for one in (place, replace(place, wave_id=None, wave_number=None)):
            told = use_measured(session, one, {})
            assert (int(told.value), int(told.target)) == (1, 2)
            assert not told.missing
            assert told.passes(50)
            assert not told.passes(95)
        assert not use_measured(session, replace(place, on=AT.date()), {}).value
        assert not use_measured(session, replace(place, wave_id=0), {}).passes(1)


def test_without_a_wave_that_is_live_nothing_is_measured(app: Flask) -> None:
    here: Affected = affected(app)
    with reading(app) as session:
        told = use_measured(session, GatePlace(here.project_id, "VEN", here.wave(), 1, on=LATER), {})
        assert not told.passes(1)
