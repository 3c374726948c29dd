"""What can happen to governance roles: appointed for a term with a deputy, handed over for some days."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.permissions import ROLE_LABELS, Actor, Role
from implementor.foundation.words import say
from implementor.governance.delegation import LONGEST
from implementor.governance.models import RoleDelegation, RoleTerm
from implementor.governance.queries.roles import delegations_of, term_of
from implementor.governance.services.owners import owner_inside
from implementor.governance.services.reasons import sentence
from implementor.history.services import name_action
from implementor.projects.models import Membership
from implementor.projects.permissions import PEOPLE
from implementor.projects.queries import roles_in_project


class NotYours(Refusal):
    """Only who holds a role hands it over, or ends that."""


class HandedOverAlready(Refusal):
    """Somebody carries the role in those days."""


def appoint(
    session: Session, membership: Membership, *, starts_on: date | None, ends_on: date | None, deputy_id: int | None,
    mandate: str, by: Actor, at: datetime,
) -> RoleTerm:  # fmt: skip
    """Say for how long somebody holds a role and who stands in. Raises InvalidInput."""
    errors = {}
    if starts_on and ends_on and ends_on < starts_on:
        errors["ends_on"] = say("The end must not come before the start.")
    if deputy_id is not None and deputy_id == membership.user_id:
        errors["deputy_id"] = say("Nobody is their own deputy.")
    elif deputy_id is not None and owner_inside(session, membership.project_id, deputy_id) is None:
        errors["deputy_id"] = say("Choose somebody who has a role in this project.")
    if errors:
        raise InvalidInput(errors)
    term = session.scalars(term_of(membership_id=membership.id)).one_or_none()
    if term is None:
        term = RoleTerm(project_id=membership.project_id, membership_id=membership.id)
        session.add(term)
    term.starts_on, term.ends_on, term.deputy_id, term.mandate = starts_on, ends_on, deputy_id, mandate.strip() or None
    name_action(
        session, say("Appointed %(person)s as %(role)s", person=membership.user.name, role=_label(membership.role)),
        verb="role.appoint", project_id=membership.project_id,
    )  # fmt: skip
    session.flush()
    return term


def hand_over(
    session: Session, *, project_id: int, role: Role, to_id: int, starts_on: date, ends_on: date, reason: str,
    by: Actor, at: datetime,
) -> RoleDelegation:  # fmt: skip
    """Let somebody of the project carry a role of one's own from one day to another.

    Raises NotYours for a role one does not hold by appointment, HandedOverAlready, or InvalidInput.
    """
    if str(role) not in session.scalars(roles_in_project(user_id=by.user_id, project_id=project_id)).all():
        raise NotYours(say("You do not hold this role yourself, so you cannot hand it over."))
    _refuse_days(starts_on, ends_on, at)
    if to_id == by.user_id or owner_inside(session, project_id, to_id) is None:
        raise InvalidInput({"to_id": say("Choose somebody else who has a role in this project.")})
    text = sentence(reason, field="reason", missing=say("Say in a sentence why, such as a holiday."))
    for one in session.scalars(delegations_of(project_id=project_id)):
        is_same = (one.role, one.from_id, one.ended_at) == (str(role), by.user_id, None)
        if is_same and one.starts_on <= ends_on and starts_on <= one.ends_on:
            raise HandedOverAlready(say("%(person)s carries this role in those days.", person=one.bearer.name))
    made = RoleDelegation(
        project_id=project_id, role=str(role), from_id=by.user_id, to_id=to_id, starts_on=starts_on, ends_on=ends_on,
        reason=text,
    )  # fmt: skip
    session.add(made)
    name_action(
        session, say("Handed over the role %(role)s", role=_label(role)), verb="role.hand_over", project_id=project_id
    )
    session.flush()
    return made


def take_back(session: Session, found: RoleDelegation, *, by: Actor, at: datetime) -> None:
    """End it now. Raises NotYours for anybody but the two and who manages the people of the project."""
    if by.user_id not in (found.from_id, found.to_id) and not by.may(PEOPLE):
        raise NotYours(say("Only the two of them, or who manages the people of the project, can end this."))
    if found.ended_at is not None:
        return
    found.ended_at, found.ended_by_id = at, by.user_id
    name_action(
        session, say("Ended the handing over of the role %(role)s", role=_label(found.role)), verb="role.take_back",
        project_id=found.project_id,
    )  # fmt: skip
    session.flush()


def refuse_return(session: Session, found: RoleDelegation, values: dict[str, Any], by: Actor, at: datetime) -> None:
    """A role comes back on the page of roles alone, so that nobody regains one by undoing. Raises NotYours."""
    raise NotYours(say("What was handed over is ended on the page of roles, and handed over anew there."))


def _refuse_days(starts_on: date, ends_on: date, at: datetime) -> None:
    if ends_on < starts_on:
        raise InvalidInput({"ends_on": say("The end must not come before the start.")})
    if ends_on < at.date():
        raise InvalidInput({"ends_on": say("These days are over.")})
    if (ends_on - starts_on).days >= LONGEST:
        raise InvalidInput({"ends_on": say("Up to %(most)s days; who is away longer is succeeded.", most=LONGEST)})


def _label(role: Any) -> Any:
    return ROLE_LABELS[Role(role)]
