"""What can happen to the charter of a project: begun, changed, signed by sponsor and lead, replaced by an edition."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.discovery.charter_models import Charter
from implementor.discovery.charter_parts import parts_now
from implementor.discovery.charter_queries import charters_of
from implementor.discovery.editions import (
    NotInForce,
    SignedAlready,
    come_into_force,
    refuse_frozen,
    refuse_incomplete,
    refuse_not_in_force,
)
from implementor.discovery.scoreboard import scoreboard
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.permissions import PROJECT_ROLES, Actor, Role
from implementor.foundation.words import Phrase, say
from implementor.governance.role_board import role_board
from implementor.history.services import name_action
from implementor.projects.models import Project

SIDES = {"sponsor": Role.SPONSOR, "lead": Role.PROJECT_LEAD}
COPIED = (
    "title", "purpose", "scope_in", "scope_out", "rules", "budget_amount", "budget_currency", "starts_on", "ends_on",
    "authority",
)  # fmt: skip


class NotYours(Refusal):
    """Only sponsor and project lead sign a charter, each in their own role."""


def begin_charter(session: Session, *, project_id: int, by: Actor, at: datetime) -> Charter:
    """Begin the first edition with what the project says of itself, or go on with the draft. Raises NotInForce."""
    editions = session.scalars(charters_of(project_id=project_id)).all()
    if editions and editions[0].signed_at is None:
        return editions[0]
    if editions:
        raise NotInForce(say("This project has its charter. Begin its next edition there."))
    project = session.get_one(Project, project_id)
    made = Charter(
        project_id=project.id, title=str(say("Charter of %(project)s", project=project.name)), edition=1,
        purpose=project.purpose or None, starts_on=project.starts_on, ends_on=project.ends_on,
    )  # fmt: skip
    session.add(made)
    _name(session, made, "charter.begin", say("Began the charter of the project"))
    session.flush()
    return made


def change_charter(session: Session, charter: Charter, values: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    """Say anew what the project is. Raises Frozen once somebody signed, and InvalidInput."""
    refuse_frozen(charter)
    for name, value in values.items():
        setattr(charter, name, value)
    if charter.starts_on is not None and charter.ends_on is not None and charter.ends_on < charter.starts_on:
        raise InvalidInput({"ends_on": say("It ends before it begins.")})
    _name(session, charter, "charter.change", say("Changed the charter of the project"))
    session.flush()


def restore_charter(session: Session, charter: Charter, values: dict[str, Any], by: Actor, at: datetime) -> None:
    """Give a charter earlier values; signatures neither come nor go that way."""
    refuse_frozen(charter)
    for name, value in values.items():
        setattr(charter, name, value)


def sign(session: Session, charter: Charter, *, by: Actor, at: datetime) -> str:
    """Sign as sponsor or as lead; answers which. The first signature freezes objectives and roles.

    Raises NotYours, SignedAlready, and NotComplete while something is missing.
    """
    if by.user_id is None or by.roles.isdisjoint(SIDES.values()):
        raise NotYours(say("Only the sponsor and the project lead sign the charter."))
    if by.user_id in (charter.sponsor_signed_by_id, charter.lead_signed_by_id):
        raise SignedAlready(say("You signed this charter already. Somebody else signs in the other role."))
    side = side_of(charter, by)
    if side is None:
        raise SignedAlready(say("This charter has the signature of your role already."))
    refuse_incomplete(missing_of(session, charter))
    if not charter.is_touched:
        charter.frozen = parts_of_project(session, charter.project_id, at=at)
    setattr(charter, f"{side}_signed_at", at)
    setattr(charter, f"{side}_signed_by_id", by.user_id)
    come_into_force(session, charter, at)
    _name(session, charter, "charter.sign", say("Signed the charter of the project"))
    session.flush()
    return side


def withdraw(session: Session, charter: Charter, *, by: Actor, at: datetime) -> None:
    """Take the first signature back while the other is missing. Raises Frozen and NotYours."""
    if charter.signed_at is not None:
        refuse_frozen(charter)
    side = next((side for side in SIDES if getattr(charter, f"{side}_signed_by_id") == by.user_id), None)
    if side is None or by.user_id is None:
        raise NotYours(say("Only who signed takes the signature back."))
    setattr(charter, f"{side}_signed_at", None)
    setattr(charter, f"{side}_signed_by_id", None)
    charter.frozen = None
    _name(session, charter, "charter.sign", say("Took the signature under the charter back"))
    session.flush()


def next_edition(session: Session, charter: Charter, *, by: Actor, at: datetime) -> Charter:
    """A draft with the same words, which replaces this one when both signed it. Raises NotInForce."""
    refuse_not_in_force(charter)
    latest = session.scalars(charters_of(project_id=charter.project_id).limit(1)).one()
    if latest.signed_at is None:
        raise NotInForce(say("The next edition of %(title)s is being written already.", title=charter.title))
    values = {name: getattr(charter, name) for name in COPIED}
    made = Charter(project_id=charter.project_id, edition=charter.edition + 1, replaces_id=charter.id, **values)
    session.add(made)
    _name(session, made, "charter.edition", say("Began the next edition of the charter"))
    session.flush()
    return made


def side_of(charter: Charter, by: Actor) -> str | None:
    """The side for which this person may still sign; None for everybody else and for who signed."""
    if by.user_id is None or by.user_id in (charter.sponsor_signed_by_id, charter.lead_signed_by_id):
        return None
    mine = (side for side, role in SIDES.items() if role in by.roles)
    return next((side for side in mine if getattr(charter, f"{side}_signed_at") is None), None)


def parts_of_project(session: Session, project_id: int, *, at: datetime) -> dict[str, Any]:
    """Objectives in figures and roles of a project as they are now."""
    held = {
        str(row.role): [one.row.user_id for one in row.held if not one.is_over]
        for row in role_board(session, project_id=project_id, at=at).rows
        if row.role in PROJECT_ROLES and row.role is not Role.VIEWER
    }
    return parts_now(scoreboard(session, project_id=project_id), held)


def missing_of(session: Session, charter: Charter) -> list[Phrase]:
    """What is missing before somebody can sign, in words."""
    checks: tuple[tuple[bool, Phrase], ...] = (
        (bool(charter.purpose), say("the purpose")),
        (bool(charter.scope_in and charter.scope_out), say("what belongs to it and what does not")),
        (bool(charter.rules), say("the rules of collaboration")),
        (charter.budget_amount is not None, say("the limit of money")),
        (bool(charter.starts_on and charter.ends_on), say("both dates")),
        (bool(charter.authority), say("who decides what alone")),
        (bool(scoreboard(session, project_id=charter.project_id)), say("at least one objective")),
    )
    return [reason for is_there, reason in checks if not is_there]


def _name(session: Session, charter: Charter, verb: str, summary: Phrase) -> None:
    name_action(session, summary, verb=verb, project_id=charter.project_id)
