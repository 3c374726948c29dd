"""The dimension of adoption counts people trained and people using the CRM by the thresholds of their waves."""

from datetime import date, timedelta

from flask import Flask
from sqlalchemy import select, update

from implementor.adoption.models import FactDay, PersonDay
from implementor.adoption.services import formula_in_force
from implementor.audiences.models import AffectedPerson
from implementor.status.figures import health_of_projects
from implementor.status.health import AMBER, GREEN, NOT_MEASURED, RED, Dimension
from implementor.training.models import Course, Enrolment
from implementor.waves.models import Wave
from tests.audiences.builders import AT, Affected, affected
from tests.auth.builders import add_person, reading

NAMES = ("Eva Eco", "Ivo Ida", "Uma Ulm", "Leo Lux", "Ana Aas", "Rui Rey")
LATER = AT.date() + timedelta(days=20)


def adoption(here: Affected, on: date = LATER) -> Dimension:
    with reading(here.app) as session:
        return health_of_projects(session, [here.project_id], on=on)[here.project_id].of("adoption")


def with_people(here: Affected, names: tuple[str, ...], **wave: object) -> int:
    wave_id = here.wave(**wave)
    here.impact(here.audience("Sellers", *names), wave_id)
    return wave_id


def train(here: Affected, count: int) -> None:
    course_id = here.write(Course, name="Selling with the CRM")
    with here.working() as session:
        for person in session.scalars(select(AffectedPerson).order_by(AffectedPerson.id).limit(count)):
            session.add(Enrolment(project_id=here.project_id, course_id=course_id, person_id=person.id,
                                  state="completed", trained_on=AT.date()))  # fmt: skip


def measure(here: Affected, using: int) -> None:
    people = [add_person(here.app, name) for name in NAMES]
    with here.working() as session:
        terms_id = formula_in_force(session, at=AT).id
        session.add(FactDay(day=LATER, written_at=AT, first_change_id=1))
        session.execute(update(Wave).values(closed_at=AT))
        for place, one in enumerate(people):
            session.execute(update(AffectedPerson).where(AffectedPerson.name == one.name).values(user_id=one.id))
            session.add(PersonDay(user_id=one.id, day=LATER, formula_id=terms_id, is_new=False, was_there=True,
                                  active_7=place < using))  # fmt: skip


def test_training_is_asked_of_a_wave_that_goes_live_within_days(app: Flask) -> None:
    here = affected(app)
    wave_id = with_people(here, NAMES)
    train(here, 5)
    with here.working() as session:
        session.get_one(Wave, wave_id).ends_on = LATER + timedelta(days=22)
    assert adoption(here).colour == NOT_MEASURED
    found = adoption(here, LATER + timedelta(days=1))
    assert (found.colour, [figure.value for figure in found.figures]) == (GREEN, [6, 5])
    assert (str(found.sentence), found.endpoint) == ("5 of 6 people are trained.", "adoption.index")
    assert adoption(here, AT.date() - timedelta(days=1)).colour == NOT_MEASURED
    with here.working() as session:
        session.get_one(Wave, wave_id).training_threshold = 95
    assert adoption(here, LATER + timedelta(days=1)).colour == AMBER


def test_use_is_asked_of_a_live_wave_and_the_worse_of_both_counts(app: Flask) -> None:
    here = affected(app)
    with_people(here, NAMES)
    train(here, 6)
    measure(here, 2)
    found = adoption(here)
    assert (found.colour, [figure.value for figure in found.figures]) == (RED, [6, 6, 6, 2])
    assert str(found.sentence) == "2 of 6 people use the CRM."


def test_of_four_people_nothing_is_told(app: Flask) -> None:
    here = affected(app)
    with_people(here, NAMES[:4])
    train(here, 4)
    measure(here, 4)
    found = adoption(here)
    assert (found.colour, found.figures) == (NOT_MEASURED, ())
    assert "Too few" in str(found.sentence)
