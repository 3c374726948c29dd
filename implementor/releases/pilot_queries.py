"""Finding pilots, the teams that try them, and who is of those."""

from __future__ import annotations

from sqlalchemy import Select, or_, select

from implementor.auth.models import Team, TeamMember, User
from implementor.foundation.model import Rows
from implementor.releases.pilot_models import ConfigPilot, PilotTeam


def standing_pilot() -> Select[ConfigPilot]:
    """The pilot that people work with now, of whatever project."""
    return select(ConfigPilot).where(ConfigPilot.ended_at.is_(None)).order_by(ConfigPilot.id).limit(1)


def pilots_of_wave(*, wave_id: int) -> Rows:
    """Rows (ConfigPilot, starter, ender) of a wave, the latest first."""
    starter, ender = User.__table__.alias("starter"), User.__table__.alias("ender")
    return (
        select(ConfigPilot, starter.c.name.label("starter"), ender.c.name.label("ender"))
        .outerjoin(starter, starter.c.id == ConfigPilot.started_by_id)
        .outerjoin(ender, ender.c.id == ConfigPilot.ended_by_id)
        .where(ConfigPilot.wave_id == wave_id)
        .order_by(ConfigPilot.id.desc())
    )


def teams_of_pilots(pilot_ids: list[int]) -> Select[int, str]:
    """(pilot id, name) of the teams that try them."""
    found = select(PilotTeam.pilot_id, Team.name).join(Team, Team.id == PilotTeam.team_id)
    return found.where(PilotTeam.pilot_id.in_(pilot_ids)).order_by(Team.name_key)


def teams_trying(*, wave_id: int) -> Select[str]:
    """The names of the teams that try the settings of a wave now."""
    found = select(Team.name).join(PilotTeam, PilotTeam.team_id == Team.id)
    found = found.join(ConfigPilot, ConfigPilot.id == PilotTeam.pilot_id)
    return found.where(ConfigPilot.wave_id == wave_id, ConfigPilot.ended_at.is_(None)).order_by(Team.name_key)


def membership(pilot_id: int, user_id: int) -> Select[int]:
    """A team of the pilot that somebody is in or leads now; nothing for others."""
    joined = select(TeamMember.team_id).where(TeamMember.user_id == user_id, TeamMember.left_at.is_(None))
    return (
        select(PilotTeam.team_id)
        .join(Team, Team.id == PilotTeam.team_id)
        .where(PilotTeam.pilot_id == pilot_id, Team.archived_at.is_(None))
        .where(or_(Team.manager_id == user_id, Team.id.in_(joined)))
        .limit(1)
    )


def people_of(pilot_id: int) -> Select[int]:
    """Ids of the people in the teams of a pilot now."""
    teams = select(PilotTeam.team_id).where(PilotTeam.pilot_id == pilot_id)
    return select(TeamMember.user_id).where(TeamMember.team_id.in_(teams), TeamMember.left_at.is_(None))


def last_pilot(*, wave_id: int) -> Select[ConfigPilot]:
    """The latest pilot of a wave, over or not."""
    return select(ConfigPilot).where(ConfigPilot.wave_id == wave_id).order_by(ConfigPilot.id.desc()).limit(1)
