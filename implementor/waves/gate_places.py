"""How gates find the waves of a project."""

from __future__ import annotations

from sqlalchemy.orm import Session

from implementor.projects.models import Project
from implementor.stages.checks import GatePlace
from implementor.waves.models import Wave
from implementor.waves.queries import wave_by_number, waves_of_project


def place_of_wave(session: Session, wave: Wave) -> GatePlace:
    """A wave as gates know it."""
    return _place(wave, session.get_one(Project, wave.project_id).key)


def find_place(session: Session, project_id: int, project_key: str, number: int) -> GatePlace | None:
    """The place of the wave of that number in a project."""
    wave = session.scalars(wave_by_number(project_id=project_id, number=number)).one_or_none()
    return _place(wave, project_key) if wave is not None else None


def places_of_project(session: Session, project_id: int, project_key: str) -> list[GatePlace]:
    """The places of a project's waves in their order."""
    return [_place(wave, project_key) for wave in session.scalars(waves_of_project(project_id=project_id))]


def _place(wave: Wave, project_key: str) -> GatePlace:
    return GatePlace(wave.project_id, project_key, wave.id, wave.number, wave.name)
