"""Taking down what contacts say, once and for good, and writing new versions of the words they are shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.crm.consents import queries
from implementor.crm.consents.models import BASES, CAPTURES, CHANNELS, Consent, ConsentWording
from implementor.crm.consents.standing import GIVEN, STATUSES, Said, standing_on
from implementor.crm.consents.vocabulary import choice_of
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.permissions import Actor
from implementor.foundation.text import clean, clean_line
from implementor.foundation.words import Phrase, say
from implementor.history.services import name_action

LONGEST = 500
LONGEST_WORDING = 20_000
WITHOUT_ASKING = frozenset({"import", "conversion", "third_party"})
"""Ways on which nobody spoke with the contact: they may add a no, never turn a no into a yes."""


class OptOutStands(Refusal):
    """The contact said no, and only they themselves can take that back."""


@dataclass(frozen=True)
class NewConsent:
    """Something a contact said, to be taken down; the names are those of the columns of `Consent`."""

    contact_id: int
    purpose: str
    status: str
    captured_at: datetime
    capture: str
    channel: str | None = None
    basis: str | None = None
    source: str | None = None
    proof: str | None = None
    wording_id: int | None = None
    expires_on: date | None = None


def record_consent(session: Session, said: NewConsent, *, by: Actor, at: datetime) -> Consent:
    """Take down one thing that a contact said. The caller has checked that the actor may change the contact.

    Raises InvalidInput, and OptOutStands where it would turn a no into a yes without the contact having been asked.
    """
    known = session.execute(queries.said_by([said.contact_id], said.purpose)).all()
    checked = _checked(said, known, at)
    consent = _row(checked, by, at)
    session.add(consent)
    purpose = choice_of("purpose", said.purpose)
    name_action(session, say("Took down a consent: %(purpose)s", purpose=purpose.label if purpose else said.purpose))
    return consent


def bring_consents(
    session: Session, brought: Sequence[NewConsent], *, by: Actor, at: datetime
) -> tuple[list[Consent], list[tuple[NewConsent, Refusal]]]:
    """Take down many things that contacts said, as an import or the conversion of a lead brings them.

    Answers what was taken down and what was not, with the reason. One statement for each purpose.
    """
    good, refused = sorted_out(session, brought, at=at)
    taken = [_row(one, by, at) for one in good]
    session.add_all(taken)
    return taken, refused


def sorted_out(
    session: Session, brought: Sequence[NewConsent], *, at: datetime
) -> tuple[list[NewConsent], list[tuple[NewConsent, Refusal]]]:
    """What of this may be taken down, oldest first, and what may not, with the reason. Writes nothing."""
    known: dict[tuple[int, str], list[Any]] = defaultdict(list)
    for purpose in sorted({one.purpose for one in brought}):
        ids = {one.contact_id for one in brought if one.purpose == purpose}
        for row in session.execute(queries.said_by(sorted(ids), purpose)):
            known[row.contact_id, purpose].append(row)
    taken: list[NewConsent] = []
    refused: list[tuple[NewConsent, Refusal]] = []
    for one in sorted(brought, key=lambda each: each.captured_at):
        before = known[one.contact_id, one.purpose]
        try:
            checked = _checked(one, before, at)
        except Refusal as refusal:
            refused.append((one, refusal))
            continue
        before.append(checked)
        taken.append(checked)
    return taken, refused


def write_wording(
    session: Session, *, purpose: str, language: str, text: str, by: Actor, at: datetime
) -> ConsentWording:
    """The next version of the words for a purpose in a language; earlier ones stay with those who agreed to them."""
    text = clean(text).strip()
    if choice_of("purpose", purpose) is None:
        raise InvalidInput({"purpose": say("Choose a purpose of the list.")})
    if not text or len(text) > LONGEST_WORDING:
        longest = LONGEST_WORDING
        raise InvalidInput({"text": say("Write the words, up to %(longest)s characters.", longest=longest)})
    number = (session.scalar(queries.latest_number(purpose, language)) or 0) + 1
    wording = ConsentWording(
        purpose=purpose, language=language, number=number, text=text, written_at=at, written_by_id=by.user_id
    )
    session.add(wording)
    name_action(session, say("Wrote version %(number)s of the words of a consent", number=number))
    return wording


def _row(said: NewConsent, by: Actor, at: datetime) -> Consent:
    return Consent(**vars(said), noted_at=at, noted_by_id=by.user_id)


def _checked(said: NewConsent, known: Iterable[Said], at: datetime) -> NewConsent:
    cleaned = {
        "source": clean_line(said.source or "") or None,
        "proof": clean_line(said.proof or "") or None,
        "basis": said.basis or ("consent" if said.status == GIVEN else None),
    }
    checked = NewConsent(**{**vars(said), **cleaned})
    errors = _errors(checked, at)
    if errors:
        raise InvalidInput(errors)
    _refuse_weakening(checked, list(known), at.date())
    return checked


def _errors(said: NewConsent, at: datetime) -> dict[str, Phrase]:
    choose = say("Choose one of the list.")
    found = {
        "purpose": choose if choice_of("purpose", said.purpose) is None else None,
        "status": choose if said.status not in STATUSES else None,
        "channel": choose if said.channel is not None and said.channel not in CHANNELS else None,
        "basis": choose if said.basis is not None and said.basis not in BASES else None,
        "capture": choose if said.capture not in CAPTURES else None,
        "captured_at": say("Nobody can have said this later than now.") if said.captured_at > at else None,
        "expires_on": _expiry_error(said),
        "source": _length_error(said.source),
        "proof": _length_error(said.proof),
    }
    return {name: reason for name, reason in found.items() if reason is not None}


def _expiry_error(said: NewConsent) -> Phrase | None:
    if said.expires_on is None:
        return None
    if said.status != GIVEN:
        return say("Only what was given can end on a day.")
    return say("It ends before it was said.") if said.expires_on < said.captured_at.date() else None


def _length_error(text: str | None) -> Phrase | None:
    return say("Up to %(longest)s characters, please.", longest=LONGEST) if text and len(text) > LONGEST else None


def _refuse_weakening(said: NewConsent, known: list[Said], on: date) -> None:
    channels = CHANNELS if said.channel is None else (said.channel,)
    lifted = [
        channel
        for channel in channels
        if standing_on(known, channel, on).is_opt_out and standing_on([*known, said], channel, on).may_contact
    ]
    if not lifted:
        return
    if said.capture in WITHOUT_ASKING:
        raise OptOutStands(say("The contact said no. Only what they say themselves can take that back."))
    if said.proof is None and said.wording_id is None:
        raise InvalidInput(
            {"proof": say("The contact said no before. Say where the proof is that they agree now, or which words.")}
        )
