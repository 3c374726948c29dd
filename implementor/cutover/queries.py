"""Steps of going live and rehearsals as their pages and gates read them."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Select, func, select

from implementor.auth.models import User
from implementor.cutover.models import PASSED, CutoverRehearsal, CutoverStep
from implementor.foundation.model import Rows
from implementor.waves.models import Wave


def steps_of_wave(*, project_id: int, wave_id: int) -> Select[CutoverStep]:
    """The steps of a plan in use, by number."""
    found = select(CutoverStep).where(
        CutoverStep.project_id == project_id, CutoverStep.wave_id == wave_id, CutoverStep.archived_at.is_(None)
    )
    return found.order_by(CutoverStep.number, CutoverStep.id)


def names_of_owners(*, project_id: int, wave_id: int) -> Rows:
    """Rows (id, name) of those who have steps of a plan."""
    owners = select(CutoverStep.owner_id).where(CutoverStep.project_id == project_id, CutoverStep.wave_id == wave_id)
    return select(User.id, User.name).where(User.id.in_(owners))


def waves_with_plans(*, project_id: int) -> Rows:
    """Rows (id, number, name, steps, over) of waves with steps, those not over first, then in their order."""
    over = func.count().filter(CutoverStep.state.in_(PASSED))
    return (
        select(Wave.id, Wave.number, Wave.name, func.count().label("steps"), over.label("over"))
        .join(CutoverStep, CutoverStep.wave_id == Wave.id)
        .where(Wave.project_id == project_id, Wave.archived_at.is_(None), CutoverStep.archived_at.is_(None))
        .group_by(Wave.id, Wave.number, Wave.name, Wave.rank)
        .order_by(func.count() == over, Wave.rank, Wave.id)
    )


def rehearsals_of_wave(*, project_id: int, wave_id: int) -> Select[CutoverRehearsal]:
    """The rehearsals of a wave in use, the latest first."""
    found = select(CutoverRehearsal).where(
        CutoverRehearsal.project_id == project_id, CutoverRehearsal.wave_id == wave_id,
        CutoverRehearsal.archived_at.is_(None),
    )  # fmt: skip
    return found.order_by(CutoverRehearsal.held_on.desc(), CutoverRehearsal.id.desc())


def waits_of(*, project_id: int, wave_ids: Collection[int]) -> Rows:
    """Rows (wave_id, number, after) of the steps of these plans in use."""
    return select(CutoverStep.wave_id, CutoverStep.number, CutoverStep.after).where(
        CutoverStep.project_id == project_id, CutoverStep.wave_id.in_(wave_ids), CutoverStep.archived_at.is_(None)
    )


def numbers_of(*, project_id: int, wave_ids: Collection[int]) -> Rows:
    """Rows (id, wave_id, number) of the steps of these plans in use."""
    return select(CutoverStep.id, CutoverStep.wave_id, CutoverStep.number).where(
        CutoverStep.project_id == project_id, CutoverStep.wave_id.in_(wave_ids), CutoverStep.archived_at.is_(None)
    )


def addresses_of_owners(*, project_id: int) -> Rows:
    """Rows (id, email) of those who have steps in use, also where they are not in the project any more."""
    owners = select(CutoverStep.owner_id).where(CutoverStep.project_id == project_id, CutoverStep.archived_at.is_(None))
    return select(User.id, User.email).where(User.id.in_(owners))


def waves_by_name(*, project_id: int) -> Rows:
    """Rows (id, number, name) of the waves of a project."""
    return select(Wave.id, Wave.number, Wave.name).where(Wave.project_id == project_id, Wave.archived_at.is_(None))


def steps_of_waves(*, project_id: int, wave_ids: Collection[int]) -> Select[CutoverStep]:
    """The steps of these plans in use, wave by wave and by number."""
    found = select(CutoverStep).join(Wave, Wave.id == CutoverStep.wave_id)
    found = found.where(
        CutoverStep.project_id == project_id, CutoverStep.wave_id.in_(wave_ids), CutoverStep.archived_at.is_(None)
    )
    return found.order_by(Wave.rank, Wave.id, CutoverStep.number, CutoverStep.id)
