"""Whom a campaign may approach: what people agreed to and refused, asked for many at once, with the reason against."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from sqlalchemy.orm import Session

from implementor.crm.campaigns import queries
from implementor.crm.campaigns.words import CONSENT_CHANNELS, PURPOSE
from implementor.crm.consents.asking import may_contact, standings
from implementor.foundation.words import Phrase, say

SAID_NO, NOT_AGREED, NO_ADDRESS = "said_no", "not_agreed", "no_address"
REASONS: Mapping[str, Phrase] = {
    SAID_NO: say("asked for no advertising"),
    NOT_AGREED: say("never agreed to advertising on this channel, or no longer"),
    NO_ADDRESS: say("have no address or number open for it"),
}
"""Why people are left out, as their sentence goes on: 3 people …"""
TO_ONE: Mapping[str, Phrase] = {
    SAID_NO: say("They asked for no advertising."),
    NOT_AGREED: say("They did not agree to advertising on this channel, or no longer do."),
    NO_ADDRESS: say("They have no address or number that is open for it."),
}
AT_ONCE = 500
EVERY_CHANNEL = ""
"""No channel is called so: what was said of all channels is what counts."""


def reasons_against(
    session: Session, kind: str, ids: Collection[int], channel: str | None, *, on: date
) -> dict[int, str]:
    """Those of the contacts or leads (`kind`) whom nobody may approach on a channel, with the reason.

    Contacts must have agreed where we go to them; where they come to us (or no channel is said) only a no counts. Of
    leads the no is known.
    """
    if kind == "lead":
        return _leads_against(session, sorted(ids), channel)
    if channel not in CONSENT_CHANNELS:
        said = standings(session, ids, PURPOSE, EVERY_CHANNEL, on=on)
        return {contact_id: SAID_NO for contact_id, standing in said.items() if standing.is_opt_out}
    said = standings(session, ids, PURPOSE, channel, on=on)
    open_to_us = may_contact(session, ids, PURPOSE, channel, on=on)
    return {
        contact_id: SAID_NO if standing.is_opt_out else NO_ADDRESS if standing.may_contact else NOT_AGREED
        for contact_id, standing in said.items()
        if contact_id not in open_to_us
    }


def _leads_against(session: Session, ids: Sequence[int], channel: str | None) -> dict[int, str]:
    against: dict[int, str] = {}
    for start in range(0, len(ids), AT_ONCE):
        for row in session.execute(queries.lead_flags(ids[start : start + AT_ONCE])):
            if row.is_opted_out or (row.do_not_call and channel in ("phone", "chat")):
                against[row.id] = SAID_NO
    return against
