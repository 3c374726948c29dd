"""Papers that two people sign: frozen with the first name, in force with both, replaced by their next edition."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar, Protocol

from sqlalchemy.orm import Session

from implementor.foundation.errors import Refusal
from implementor.foundation.words import Phrase, say


class Frozen(Refusal):
    """Somebody signed it, so its words stay; a next edition can say something else."""


class NotComplete(Refusal):
    """There is not enough to sign yet."""


class SignedAlready(Refusal):
    """The side signed before."""


class NotInForce(Refusal):
    """Only what both signed, and nothing replaced, is reviewed or replaced."""


class InEditions:
    """What such a paper is, by the moments of its two signatures, which `SIGNATURES` names."""

    SIGNATURES: ClassVar[tuple[str, str]]

    @property
    def is_touched(self) -> bool:
        """Whether somebody put a name under it, so that its words stay."""
        return any(getattr(self, name) is not None for name in self.SIGNATURES)

    @property
    def state(self) -> str:
        """draft, half signed, signed or replaced."""
        paper: Any = self
        if paper.ended_at is not None:
            return "replaced"
        if paper.signed_at is not None:
            return "signed"
        return "half" if self.is_touched else "draft"


class Paper(Protocol):
    """The columns that every paper in editions has."""

    title: Any
    signed_at: Any
    ended_at: Any
    replaces_id: Any

    @property
    def is_touched(self) -> bool: ...

    @property
    def is_archived(self) -> bool: ...

    @property
    def state(self) -> str: ...


def why_frozen(paper: Any) -> Phrase:
    """Why its words stay."""
    return say("%(title)s is signed, so its words stay. Begin its next edition.", title=paper.title)


def refuse_frozen(paper: Paper) -> None:
    """Stop what would change words that somebody signed."""
    if paper.is_touched:
        raise Frozen(why_frozen(paper))


def refuse_not_in_force(paper: Paper) -> None:
    """Stop what only makes sense for a paper that both signed."""
    if paper.state != "signed" or paper.is_archived:
        raise NotInForce(say("%(title)s is not in force: both sides sign it first.", title=paper.title))


def refuse_incomplete(missing: Sequence[Phrase]) -> None:
    """Stop a signature while something is missing."""
    if missing:
        reasons = "; ".join(str(one) for one in missing)
        raise NotComplete(say("This cannot be signed yet: %(reasons)s.", reasons=reasons))


def come_into_force(session: Session, paper: Any, at: datetime) -> bool:
    """With both signatures it is in force and ends the edition it replaces; says whether that happened now."""
    if paper.signed_at is not None or any(getattr(paper, name) is None for name in paper.SIGNATURES):
        return False
    paper.signed_at = at
    if paper.replaces_id is not None:
        session.get_one(type(paper), paper.replaces_id).ended_at = at
    return True
