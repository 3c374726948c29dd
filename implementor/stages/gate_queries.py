"""How methods, gates and what is known of their lines are found."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import aliased

from implementor.auth.models import User
from implementor.foundation.model import Rows
from implementor.foundation.permissions import Actor
from implementor.governance.models import Obstacle
from implementor.projects.models import Membership, Project
from implementor.projects.queries import is_visible_to
from implementor.stages.models import (
    Gate,
    GateItem,
    GateReading,
    GateSignature,
    GateWaiver,
    MethodVersion,
    Stage,
)

Kept = TypeVar("Kept", Gate, GateWaiver, GateSignature)

# --- methods ----------------------------------------------------------------------------------------------------------


def method_versions() -> Select[MethodVersion]:
    """Every version that this installation made, drafts too, the oldest first."""
    return select(MethodVersion).order_by(MethodVersion.key, MethodVersion.number)


def published_version(*, key: str, number: int) -> Select[MethodVersion]:
    """A version that projects can hold on to."""
    return select(MethodVersion).where(
        MethodVersion.key == key, MethodVersion.number == number, MethodVersion.published_at.is_not(None)
    )


def draft_of(*, key: str) -> Select[MethodVersion]:
    """The version of a method that is being written."""
    return select(MethodVersion).where(MethodVersion.key == key, MethodVersion.published_at.is_(None))


def projects_by_method() -> Rows:
    """Rows (method_key, method_version, count) of projects in use."""
    return (
        select(Project.method_key, Project.method_version, func.count().label("count"))
        .where(Project.archived_at.is_(None))
        .group_by(Project.method_key, Project.method_version)
    )


# --- gates ------------------------------------------------------------------------------------------------------------


def gates_of_project(*, project_id: int) -> Select[Gate]:
    """Every gate of a project that was ever touched, those of its waves too."""
    return select(Gate).where(Gate.project_id == project_id).order_by(Gate.id)


def gate_named(*, project_id: int, name: str) -> Select[Gate]:
    """One gate by what addresses call it."""
    return select(Gate).where(Gate.project_id == project_id, Gate.name == name)


def by_decision(model: type[Kept], decision_id: int) -> Select[Kept]:
    """What a decision brought about at gates: gates that it opened, waivers or signatures."""
    return select(model).where(model.decision_id == decision_id)


def items_of_gate(*, gate_id: int) -> Rows:
    """Rows (GateItem, owner, done_by) of a gate: what is known of its lines, with names."""
    owner, doer = aliased(User), aliased(User)
    return (
        select(GateItem, owner.name.label("owner"), doer.name.label("done_by"))
        .outerjoin(owner, owner.id == GateItem.owner_id)
        .outerjoin(doer, doer.id == GateItem.done_by_id)
        .where(GateItem.gate_id == gate_id)
    )


def item_of_gate(*, gate_id: int, item_key: str) -> Select[GateItem]:
    """What is known of one line."""
    return select(GateItem).where(GateItem.gate_id == gate_id, GateItem.item_key == item_key)


def waivers_of_gate(*, gate_id: int) -> Rows:
    """Rows (GateWaiver, waived_by) of a gate that were not withdrawn, expired ones too."""
    return (
        select(GateWaiver, User.name.label("waived_by"))
        .join(User, User.id == GateWaiver.waived_by_id)
        .where(GateWaiver.gate_id == gate_id, GateWaiver.withdrawn_at.is_(None))
    )


def waiver_of_line(*, gate_id: int, item_key: str) -> Select[GateWaiver]:
    """The waiver of a line that was not withdrawn."""
    return select(GateWaiver).where(
        GateWaiver.gate_id == gate_id, GateWaiver.item_key == item_key, GateWaiver.withdrawn_at.is_(None)
    )


def signatures_of_gate(*, gate_id: int) -> Rows:
    """Rows (GateSignature, signer) of a gate that stand."""
    return (
        select(GateSignature, User.name.label("signer"))
        .join(User, User.id == GateSignature.signed_by_id)
        .where(GateSignature.gate_id == gate_id, GateSignature.voided_at.is_(None))
        .order_by(GateSignature.id)
    )


def standing_signatures(*, gate_id: int) -> Select[GateSignature]:
    """The signatures of a gate that stand, to be changed."""
    return select(GateSignature).where(GateSignature.gate_id == gate_id, GateSignature.voided_at.is_(None))


def readings_of_gate(*, gate_id: int) -> Select[GateReading]:
    """What the lines of a gate measured, day by day."""
    return select(GateReading).where(GateReading.gate_id == gate_id).order_by(GateReading.on, GateReading.id)


def titles_of_gates(actor: Actor, ids: Iterable[int]) -> Rows:
    """Visible gates of these ids as rows (id, title, project_key, number), where the number is the gate's name."""
    return (
        select(Gate.id, Gate.title, Project.key.label("project_key"), Gate.name.label("number"))
        .join(Project, Project.id == Gate.project_id)
        .where(Gate.id.in_(list(ids)), is_visible_to(actor))
    )


def roles_held(*, project_id: int, roles: Iterable[str]) -> Rows:
    """Rows (role, user_id, name) of who holds these roles in a project and can sign in."""
    return (
        select(Membership.role, User.id.label("user_id"), User.name)
        .join(User, User.id == Membership.user_id)
        .where(
            Membership.project_id == project_id,
            Membership.role.in_(list(roles)),
            Membership.removed_at.is_(None),
            User.disabled_at.is_(None),
        )
        .order_by(User.name_key, User.id)
    )


def open_obstacles(*, project_id: int, severities: Iterable[str]) -> Rows:
    """Rows (number, title, resolved_at) of obstacles of these severities, solved ones too."""
    return select(Obstacle.number, Obstacle.title, Obstacle.resolved_at).where(
        Obstacle.project_id == project_id, Obstacle.archived_at.is_(None), Obstacle.severity.in_(list(severities))
    )


def gates_waiting_for(actor: Actor, limit: int) -> Rows:
    """Gates in review that ask for a role the person holds, that nobody signed in it and they in none.

    Rows (id, name, title, project_key, role); which roles a gate asks for is for the caller to say.
    """
    signed = select(GateSignature.id).where(
        GateSignature.gate_id == Gate.id,
        or_(GateSignature.role == Membership.role, GateSignature.signed_by_id == actor.user_id),
        GateSignature.voided_at.is_(None),
    )
    return (
        select(
            Gate.id, Gate.name, Gate.title, Gate.proposed_at, Membership.role, Project.key.label("project_key"),
            Project.method_key, Project.method_version, Stage.key.label("stage_key"),
        )
        .join(Project, Project.id == Gate.project_id)
        .join(Stage, Stage.id == Gate.stage_id)
        .join(Membership, Membership.project_id == Gate.project_id)
        .where(
            Gate.state == "in_review",
            Membership.user_id == actor.user_id,
            Membership.removed_at.is_(None),
            Project.archived_at.is_(None),
            or_(Gate.proposed_by_id.is_(None), Gate.proposed_by_id != actor.user_id),
            ~signed.exists(),
        )
        .order_by(Gate.proposed_at, Gate.id)
        .limit(limit)
    )  # fmt: skip


def last_own_number(*, key: str) -> Select[int | None]:
    """The highest number that this installation gave a version of a method."""
    return select(func.max(MethodVersion.number)).where(MethodVersion.key == key)
