"""How handovers are found, and what of a project goes on after its end: open records with who keeps them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from implementor.auth.models import User
from implementor.committees.models import Committee, CommitteeMember, Handover, Meeting
from implementor.foundation.model import Rows
from implementor.projects.models import Project
from implementor.waves.models import Wave


def handovers_of(*, project_id: int) -> Select[Handover]:
    """Every handover of a project with its committee and keeper, the latest first."""
    return (
        select(Handover)
        .where(Handover.project_id == project_id)
        .options(joinedload(Handover.keeper), joinedload(Handover.committee))
        .order_by(Handover.id.desc())
        .limit(20)
    )


def project_to_wait(*, project_id: int) -> Select[Project]:
    """A project as it stands, locked: who hands it on waits for whoever does, since it stands handed on once."""
    return select(Project).where(Project.id == project_id).with_for_update().execution_options(populate_existing=True)


def standing_handover(*, project_id: int) -> Select[Handover]:
    """The handover of a project that was not taken back."""
    return select(Handover).where(Handover.project_id == project_id, Handover.ended_at.is_(None))


def kept_by(*, user_id: int) -> Rows:
    """Rows (id, project_id) of the handovers, of projects in use, that a person answers for."""
    return (
        select(Handover.id, Handover.project_id)
        .join(Project, Project.id == Handover.project_id)
        .where(Handover.keeper_id == user_id, Handover.ended_at.is_(None), Project.archived_at.is_(None))
        .order_by(Handover.project_id)
    )


def chaired_committees(*, project_id: int) -> Rows:
    """Rows (id, name, chair, user_id, starts_on, ends_on, disabled_at) of a project's committees in use, by name.

    The columns of the chair are empty where a committee has none.
    """
    return (
        select(
            Committee.id, Committee.name, User.name.label("chair"), CommitteeMember.starts_on,
            CommitteeMember.ends_on, User.disabled_at, User.id.label("user_id"),
        )
        .outerjoin(
            CommitteeMember,
            (CommitteeMember.committee_id == Committee.id)
            & (CommitteeMember.part == "chair")
            & CommitteeMember.removed_at.is_(None),
        )
        .outerjoin(User, User.id == CommitteeMember.user_id)
        .where(Committee.project_id == project_id, Committee.archived_at.is_(None))
        .order_by(Committee.name, Committee.id)
    )  # fmt: skip


def committees_that_met(*, project_id: int) -> Select[int]:
    """Ids of the committees of a project that closed a meeting."""
    return (
        select(Meeting.committee_id)
        .where(Meeting.project_id == project_id, Meeting.closed_at.is_not(None), Meeting.archived_at.is_(None))
        .distinct()
    )


def waves_with_stage(*, project_id: int) -> Rows:
    """Rows (name, stage) of the waves in use, in their order."""
    return (
        select(Wave.name, Wave.stage)
        .where(Wave.project_id == project_id, Wave.archived_at.is_(None))
        .order_by(Wave.rank, Wave.id)
    )


def records_with_owners(model: type[Any], title: Any, open_if: Any, *, project_id: int) -> Rows:
    """Rows (id, title, owner_id, owner, disabled_at) of a kind's open records in use, by owner and title."""
    return (
        select(model.id, title.label("title"), model.owner_id, User.name.label("owner"), User.disabled_at)
        .outerjoin(User, User.id == model.owner_id)
        .where(model.project_id == project_id, model.archived_at.is_(None), open_if)
        .order_by(User.name_key, model.owner_id, title, model.id)
    )


def records_by_id(model: type[Any], ids: Collection[int], *, project_id: int) -> Select[Any]:
    """Records of a kind in a project by their ids."""
    return select(model).where(model.project_id == project_id, model.id.in_(list(ids))).order_by(model.id)
