"""The blueprint of releases, and finding the wave, the plan and the release that an address names."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g

from implementor.foundation.errors import NotFound
from implementor.foundation.permissions import Permission
from implementor.releases import release_queries as queries
from implementor.releases.release_models import ConfigRelease
from implementor.releases.release_plan import Step, Verdict
from implementor.releases.release_planning import verdict_of
from implementor.waves.catalogue import STAGES
from implementor.waves.models import Wave
from implementor.waves.queries import wave_by_id, wave_by_number
from implementor.waves.tabs import tabs_of
from implementor.web.guard import actor
from implementor.web.unit_of_work import session

blueprint = Blueprint("config_releases", __name__)
OF_WAVE = "/projects/<project_key>/waves/<int:number>/release"
OF_PROJECT = "/projects/<project_key>/releases"


def wave_or_404(number: int) -> Wave:
    """The wave of that number in this project."""
    wave = session().scalars(wave_by_number(project_id=g.project.id, number=number)).one_or_none()
    if wave is None:
        raise NotFound("wave")
    return wave


def wave_of(release: ConfigRelease) -> Wave:
    """The wave that a release is of."""
    return session().scalars(wave_by_id(project_id=release.project_id, wave_id=release.wave_id)).one()


def verdict_and_step(wave: Wave, item_id: int) -> tuple[Verdict, Step]:
    """How the release of a wave stands, and the step of one of its items."""
    verdict = verdict_of(session(), wave)
    step = next((one for one in verdict.plan.steps if one.item.id == item_id), None)
    if step is None:
        raise NotFound("config_item")
    return verdict, step


def release_or_404(release_number: int) -> ConfigRelease:
    """The release of that number, if it is of this project."""
    found = session().scalars(queries.release_by_number(project_id=g.project.id, number=release_number)).one_or_none()
    if found is None:
        raise NotFound("config_release")
    return found


def may(permission: Permission) -> bool:
    """Whether the reader may do this here, in a project that is in use."""
    return actor().may(permission) and not g.project.is_archived


def frame_of(wave: Wave) -> dict[str, Any]:
    """What every page of a wave shows around its content."""
    stage = next(one for one in STAGES if one.key == wave.stage)
    return {"wave": wave, "stage": stage, "tabs": tabs_of(wave.number)}
