"""What the notes of a release say of its pilot: who tried it first, and what they found."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from implementor.foundation.words import Phrase, say
from implementor.releases.pilot_models import FIT
from implementor.releases.pilot_queries import standing_pilots, trying


def told_of_pilots(session: Session, *, wave_id: int) -> Sequence[Phrase]:
    """A line for each pilot that a release ends; why it was judged so stays on its page, for it may name stories."""
    pilots = session.scalars(standing_pilots(wave_id=wave_id)).all()
    who = {one.id: [row.name for row in session.execute(trying([one.id]))] for one in pilots}
    return [_line(", ".join(who[one.id]), one.judgement == FIT) for one in pilots]


def _line(names: str, is_fit: bool) -> Phrase:
    if is_fit:
        return say("Tried first by %(teams)s and found fit for all; new for everybody else", teams=names)
    return say("Tried first by %(teams)s; new for everybody else", teams=names)
