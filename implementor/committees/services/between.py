"""What is decided between meetings: refused beyond the limits of a role, with the meeting that takes it up."""

from __future__ import annotations

from sqlalchemy.orm import Session

from implementor.committees.authority import may_alone
from implementor.committees.models import Committee
from implementor.committees.queries.committees import limits_in_project, limits_of
from implementor.foundation.errors import Refusal
from implementor.foundation.permissions import Actor
from implementor.foundation.words import say


class BeyondAuthority(Refusal):
    """It costs or delays more than the person's roles decide alone."""


def refuse_beyond(
    session: Session, project_id: int, *, amount: int | None, currency: str | None, days: int | None, by: Actor,
    committee: Committee | None = None,
) -> None:  # fmt: skip
    """Raise BeyondAuthority for money (minor units) or delay (days) that none of the person's roles decides alone.

    By the limits of one committee; without one by those of all of the project, and by none where none are set.
    What costs nothing more and delays nothing is everybody's.
    """
    found = limits_of(committee_id=committee.id) if committee is not None else limits_in_project(project_id=project_id)
    limits = session.scalars(found).all()
    is_free = (amount or 0) <= 0 and (days or 0) <= 0
    if is_free or (committee is None and not limits):
        return
    if not may_alone(limits, by.roles, amount=amount, currency=currency, days=days):
        raise BeyondAuthority(
            say(
                "This is beyond what your role decides between meetings. "
                "Put it to the committee: the agenda of its next meeting takes it up by itself."
            )
        )
