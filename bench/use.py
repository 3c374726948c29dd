"""Two thousand people of the CRM in a hundred teams with four weeks of facts of their use, for the bench."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from implementor.adoption.models import FactDay, PersonDay, TeamDay
from implementor.adoption.services import formula_in_force
from implementor.auth.models import InstallationRole, Team, TeamMember, User
from implementor.foundation.permissions import Role

TEAMS, PEOPLE_OF_TEAM, DAYS = 100, 20, 28
SUMS = {
    "writes": 4, "present": 18, "writing": 12, "entered": 40, "on_time": 35, "records": 60, "wanted": 300,
    "filled": 240, "checked": 200, "valid": 190, "open_sales": 12, "healthy": 9, "access": 8_000, "process": 7_500,
    "quality": 7_800, "outcome": 6_900,
}  # fmt: skip


def add_people(session: Session, manager_id: int | None, at: datetime) -> Iterator[tuple[Team, list[User]]]:
    """Two thousand people who are to use the CRM, team by team."""
    for number in range(TEAMS):
        team = Team(name=f"Team {number}", manager_id=manager_id)
        people = [User(name=f"Person {number}.{place}", email=f"p{number}.{place}@bench.example")
                  for place in range(PEOPLE_OF_TEAM)]  # fmt: skip
        session.add_all((team, *people))
        session.flush()
        for one in people:
            session.add(TeamMember(team_id=team.id, user_id=one.id, joined_at=at - timedelta(days=90)))
            session.add(InstallationRole(user_id=one.id, role=Role.CRM_USER, granted_at=at - timedelta(days=90)))
        yield team, people


def add_use(session: Session, manager_id: int | None, at: datetime) -> int:
    """Write it down as the hourly job would; returns the id of a team, which this person manages as all of them."""
    formula_id = formula_in_force(session, at=at).id
    days = [at.date() - timedelta(days=back) for back in range(DAYS)]
    session.execute(insert(FactDay), [{"day": day, "written_at": at, "first_change_id": 0} for day in days])
    first = 0
    for number, (team, people) in enumerate(add_people(session, manager_id, at)):
        first = first or team.id
        session.execute(insert(TeamDay), [_of_team(team.id, day, formula_id, number) for day in days])
        facts = [_of_person(one.id, team.id, day, formula_id, number) for one in people for day in days]
        session.execute(insert(PersonDay), facts)
    return first


def _of_team(team_id: int, day: date, formula_id: int, number: int) -> dict[str, Any]:
    sums = {name: value if name in ("access", "process", "quality", "outcome") else value * PEOPLE_OF_TEAM
            for name, value in SUMS.items()}  # fmt: skip
    return {
        **sums, "day": day, "team_id": team_id, "formula_id": formula_id, "people": PEOPLE_OF_TEAM, "newcomers": 1,
        "active_1": 9, "active_7": 14, "active_28": 17, "score": 6_000 + number * 30,
    }  # fmt: skip


def _of_person(user_id: int, team_id: int, day: date, formula_id: int, number: int) -> dict[str, Any]:
    return {
        **SUMS, "user_id": user_id, "team_id": team_id, "day": day, "formula_id": formula_id, "is_new": False,
        "was_there": True, "active_7": True, "score": 6_000 + number * 30,
    }  # fmt: skip
