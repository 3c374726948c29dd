"""What timelines tell of campaigns: on the page of a campaign and its members, and of the contact or lead they are."""

from __future__ import annotations

from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from implementor.crm.campaigns import permissions, queries
from implementor.crm.campaigns.answers import ACCEPTED, BOUNCED, DECLINED, OPTED_OUT, RESPONDED, SENT
from implementor.crm.campaigns.words import LABELS, OUTCOME
from implementor.foundation import live
from implementor.foundation.words import Phrase, say
from implementor.history.timeline import Asked, Entry

ICONS = {
    SENT: "arrow-right", RESPONDED: "comment", ACCEPTED: "ok", DECLINED: "octagon", BOUNCED: "triangle",
    OPTED_OUT: "octagon",
}  # fmt: skip


def answers_as_entries(session: Session, asked: Asked) -> list[Entry]:
    """The source: one entry for each thing that happened with a member, in one statement."""
    kind, person = asked.record.kind, asked.scope.actor
    if kind not in queries.MEMBER_OF or not person.may(permissions.VIEW_MEMBERS):
        return []
    found = queries.latest_events(asked.record, person, before=asked.before, limit=asked.limit)
    return [_entry(row, kind) for row in session.execute(found)]


def _entry(row: Any, of_kind: str) -> Entry:
    event = row.CampaignEvent
    is_own = of_kind == "campaign_member"
    says_more = not is_own or event.outcome or event.note
    return Entry(
        at=event.at,
        key=f"campaign-event-{event.id}",
        who=row.who,
        text=_text(row, of_kind),
        icon=ICONS.get(event.kind, "check"),
        template="crm/campaigns/_timeline_body.html" if says_more else None,
        data={
            "url": None if is_own else url_for("campaign_members.show", record_id=event.member_id),
            "outcome": outcome_label(event.outcome),
            "note": event.note,
        },
    )


def _text(row: Any, of_kind: str) -> Phrase | str:
    what = LABELS[row.CampaignEvent.kind]
    if of_kind == "campaign":
        return say("%(member)s: %(what)s", member=row.member, what=what)
    return say("campaign %(campaign)s: %(what)s", campaign=row.campaign, what=what)


def outcome_label(key: str | None) -> Phrase | str | None:
    """What an outcome is called; the key itself for a word that the list has lost."""
    if key is None:
        return None
    word = live.present().picklist(OUTCOME.key).by_key.get(key)
    return word.label if word is not None else key
