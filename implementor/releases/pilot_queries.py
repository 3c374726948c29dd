"""Finding pilots, the teams and people that try them, and who is of those."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, literal, or_, select, union_all

from implementor.auth.models import Team, TeamMember, User
from implementor.foundation.model import Rows
from implementor.releases.pilot_models import ConfigPilot, PilotPerson, PilotTeam


def standing_pilots(*, wave_id: int | None = None) -> Select[ConfigPilot]:
    """The pilots that people work with now, of whatever project or of one wave, the eldest first."""
    found = select(ConfigPilot).where(ConfigPilot.ended_at.is_(None)).order_by(ConfigPilot.id)
    return found if wave_id is None else found.where(ConfigPilot.wave_id == wave_id)


def pilots_of_wave(*, wave_id: int) -> Rows:
    """Rows (ConfigPilot, starter, ender, judge) of a wave, the latest first."""
    starter, ender, judge = (User.__table__.alias(name) for name in ("starter", "ender", "judge"))
    return (
        select(
            ConfigPilot, starter.c.name.label("starter"), ender.c.name.label("ender"), judge.c.name.label("judge")
        )
        .outerjoin(starter, starter.c.id == ConfigPilot.started_by_id)
        .outerjoin(ender, ender.c.id == ConfigPilot.ended_by_id)
        .outerjoin(judge, judge.c.id == ConfigPilot.judged_by_id)
        .where(ConfigPilot.wave_id == wave_id)
        .order_by(ConfigPilot.id.desc())
    )  # fmt: skip


def trying(pilot_ids: list[int]) -> Rows:
    """(pilot id, name) of the teams that try them, by name, and after these of the people chosen one by one."""
    teams = select(PilotTeam.pilot_id, Team.name.label("name"), Team.name_key.label("key"))
    teams = teams.join(Team, Team.id == PilotTeam.team_id).where(PilotTeam.pilot_id.in_(pilot_ids))
    people = select(PilotPerson.pilot_id, User.name.label("name"), User.name_key.label("key"))
    people = people.join(User, User.id == PilotPerson.user_id).where(PilotPerson.pilot_id.in_(pilot_ids))
    both = union_all(teams.add_columns(_place(0)), people.add_columns(_place(1))).subquery()
    return select(both.c.pilot_id, both.c.name).order_by(both.c.place, both.c.key)


def memberships(user_id: int) -> Select[int]:
    """Ids of the standing pilots that somebody tries now: chosen, or in or leading one of their teams."""
    joined = select(TeamMember.team_id).where(TeamMember.user_id == user_id, TeamMember.left_at.is_(None))
    of_team = (
        select(PilotTeam.pilot_id)
        .join(Team, Team.id == PilotTeam.team_id)
        .where(Team.archived_at.is_(None), or_(Team.manager_id == user_id, Team.id.in_(joined)))
    )
    chosen = select(PilotPerson.pilot_id).where(PilotPerson.user_id == user_id)
    found = select(ConfigPilot.id).where(ConfigPilot.ended_at.is_(None))
    return found.where(or_(ConfigPilot.id.in_(of_team), ConfigPilot.id.in_(chosen)))


def people_of(pilot_id: int) -> Select[int]:
    """Ids of the people in the teams of a pilot now, and of those chosen one by one."""
    teams = select(PilotTeam.team_id).where(PilotTeam.pilot_id == pilot_id)
    members = select(TeamMember.user_id).where(TeamMember.team_id.in_(teams), TeamMember.left_at.is_(None))
    chosen = select(PilotPerson.user_id).where(PilotPerson.pilot_id == pilot_id)
    return select(User.id).where(or_(User.id.in_(members), User.id.in_(chosen)))


def last_pilot(*, wave_id: int) -> Select[ConfigPilot]:
    """The latest pilot of a wave, over or not."""
    return select(ConfigPilot).where(ConfigPilot.wave_id == wave_id).order_by(ConfigPilot.id.desc()).limit(1)


def _place(number: int) -> Any:
    return literal(number).label("place")
