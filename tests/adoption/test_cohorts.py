"""Use in the weeks after training: counted by hand and again from files, and nothing of fewer than five people."""

import random
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta

from flask import Flask
from sqlalchemy import select

from implementor.adoption.cohorts import cohorts
from implementor.adoption.models import PersonDay
from implementor.adoption.services import formula_in_force
from implementor.audiences.models import AffectedPerson
from implementor.auth.models import User
from implementor.foundation.permissions import Role
from implementor.training.figures import Share
from implementor.training.models import Course, Enrolment
from tests.audiences.builders import Affected, affected
from tests.auth.builders import add_people, reading
from tests.training.test_recount import PLACE, rows_of

MARCH, APRIL = date(2026, 3, 10), date(2026, 4, 20)


def test_cohorts_count_who_wrote_by_weeks_after_training() -> None:
    taught = dict.fromkeys(range(1, 7), MARCH) | {7: APRIL, 8: APRIL}
    seen = {(one, MARCH): False for one in range(1, 7)}
    seen |= {(one, MARCH + timedelta(days=14)): one <= 4 for one in range(1, 7)}
    seen |= {(one, MARCH + timedelta(days=28)): True for one in range(1, 4)}
    named = cohorts(taught, seen, named=True)
    assert [(one.months, one.people) for one in named] == [((MARCH.replace(day=1),), 6), ((APRIL.replace(day=1),), 2)]
    assert named[0].active == {
        0: Share(0, 6), 1: None, 2: Share(4, 6), 4: Share(3, 3), 8: None, 12: None,
    }  # fmt: skip
    (told,) = cohorts(taught, seen, named=False)
    assert (len(told.months), told.people) == (2, 8)
    assert (told.active[2], told.active[4]) == (Share(4, 6), None)
    assert cohorts({1: MARCH}, {}, named=False) == []


def trained(app: Flask) -> Affected:
    """Sixteen people with logins who took one course or both in two months, and the facts of some of their days."""
    here, chance = affected(app), random.Random(16)
    users = add_people(app, [(f"P{n:02}", f"p{n}@there.example", (Role.CRM_USER,)) for n in range(16)])
    people = [here.write(AffectedPerson, name=one.name, email=one.email) for one in users]
    courses = [here.write(Course, name=name) for name in ("Basics", "Quotes")]
    with here.working() as session:
        formula = formula_in_force(session, at=datetime.now(UTC))
        for number, person_id in enumerate(people):
            for course_id in courses:
                state = chance.choice(("completed", "completed", "attended"))
                day = chance.choice((MARCH, APRIL)) if number else None
                session.add(Enrolment(project_id=here.project_id, course_id=course_id, person_id=person_id,
                                      state=state, trained_on=day if state == "completed" else None))  # fmt: skip
        for user in users:
            for begin in (MARCH, APRIL):
                for week in (0, 1, 2, 4, 8, 12):
                    if chance.random() < 0.8:
                        session.add(PersonDay(user_id=user.id, day=begin + timedelta(weeks=week), is_new=False,
                                              formula_id=formula.id, was_there=True,
                                              active_7=chance.random() < 0.6))  # fmt: skip
    return here


def test_cohorts_are_found_again_in_the_file_of_results(app: Flask) -> None:
    here = trained(app)
    first: dict[str, str] = {}
    for row in rows_of(here, f"{PLACE}/export.csv", "Training course"):
        if row["State"] == "Completed" and row["Trained on"]:
            first[row["Person"]] = min(row["Trained on"], first.get(row["Person"], "9"))
    with reading(app) as session:
        found = session.execute(select(User.name, PersonDay.day, PersonDay.active_7).join(User))
        wrote = {(name, day): active for name, day, active in found}
    months: dict[str, list[str]] = defaultdict(list)
    for name, on in first.items():
        months[f"{date.fromisoformat(on):%B %Y}"].append(name)
    lines = here.browser().get("/projects/VEN/adoption/cohorts").rows()
    assert {line["Trained in"]: int(line["People"]) for line in lines} == {
        one: len(some) for one, some in months.items()
    }
    for line in lines:
        for column, week in (("before", 0), ("after 1 week", 1), ("after 2 weeks", 2), ("after 12 weeks", 12)):
            days = [
                (name, date.fromisoformat(first[name]) + timedelta(weeks=week)) for name in months[line["Trained in"]]
            ]
            known = [wrote[pair] for pair in days if pair in wrote]
            assert line[column].endswith(f"{sum(known)} of {len(known)}"), (line, column)
