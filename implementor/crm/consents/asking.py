"""May we contact them? The one place that answers it, for one contact or many, on a purpose, a channel and a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from implementor.crm.consents import queries
from implementor.crm.consents.standing import NOTHING_SAID, Standing, standing_on, weight

AT_ONCE = 1000


def may_contact(session: Session, contact_ids: Collection[int], purpose: str, channel: str, *, on: date) -> set[int]:
    """Those of the contacts who may be contacted for a purpose on a channel.

    They agreed and it still holds; nobody who had the same mail address said no; and for mail and telephone at least
    one address of theirs is not closed.
    """
    found = standings(session, contact_ids, purpose, channel, on=on)
    agreed = [contact_id for contact_id, standing in found.items() if standing.may_contact]
    return set(agreed) - _unreachable(session, agreed, channel)


def standings(
    session: Session, contact_ids: Collection[int], purpose: str, channel: str, *, on: date
) -> dict[int, Standing]:
    """Where each contact stands; an opt-out of somebody with the same mail address counts for mail, so that a person
    who was put away and came in again is still left in peace."""
    ids = sorted(set(contact_ids))
    found: dict[int, Standing] = {}
    for start in range(0, len(ids), AT_ONCE):
        found |= _standings(session, ids[start : start + AT_ONCE], purpose, channel, on)
    return found


def _standings(session: Session, ids: Sequence[int], purpose: str, channel: str, on: date) -> dict[int, Standing]:
    others = _others(session, ids) if channel == "email" else {}
    said: dict[int, list[Any]] = defaultdict(list)
    everybody = {*ids, *(other for each in others.values() for other in each)}
    for row in session.execute(queries.said_by(sorted(everybody), purpose)):
        said[row.contact_id].append(row)
    found = {contact_id: standing_on(said[contact_id], channel, on) for contact_id in everybody}
    return {contact_id: _strictest(found, contact_id, others.get(contact_id, ())) for contact_id in ids}


def _others(session: Session, ids: Sequence[int]) -> dict[int, list[int]]:
    others: dict[int, list[int]] = defaultdict(list)
    for contact_id, other_id in session.execute(queries.sharing_a_mailbox(ids)):
        others[contact_id].append(other_id)
    return others


def _strictest(found: dict[int, Standing], contact_id: int, others: Collection[int]) -> Standing:
    """One's own standing, or the opt-out of somebody else with the same mailbox where that is more restrictive."""
    standing = found.get(contact_id, NOTHING_SAID)
    for other in (found[other_id] for other_id in others if found[other_id].is_opt_out):
        if standing.status is None or weight(str(other.status)) > weight(standing.status):
            standing = other
    return standing


def _unreachable(session: Session, ids: Sequence[int], channel: str) -> set[int]:
    """Those of whom every address on this channel is closed, or who have none."""
    addresses = {"email": queries.mail_addresses, "phone": queries.telephones, "chat": queries.telephones}.get(channel)
    if addresses is None:
        return set()
    closed = set(ids)
    for start in range(0, len(ids), AT_ONCE):
        rows = session.execute(addresses(ids[start : start + AT_ONCE]))
        closed -= {row.contact_id for row in rows if not row.is_closed}
    return closed
