"""Adding many people to a campaign at once: who would join, who is in it already, and who is left out and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.crm.campaigns import queries
from implementor.crm.campaigns.answers import LISTED
from implementor.crm.campaigns.consenting import REASONS, reasons_against
from implementor.crm.campaigns.models import Campaign, CampaignMember
from implementor.crm.records import services as records
from implementor.crm.records.kinds import crm_kinds
from implementor.foundation import live
from implementor.foundation.fields import entities
from implementor.foundation.permissions import Actor
from implementor.foundation.words import Phrase, say
from implementor.history.services import name_action

BATCH = 500
IN_A_REQUEST = 500
"""More people than this are added by a job, so that no request is slow."""
MOST = 100_000
"""People added at once."""


@dataclass
class Joining:
    """What adding people did, or would do. `left_out` counts them by reason."""

    added: int = 0
    known: int = 0
    left_out: Counter[str] = field(default_factory=Counter)

    def add(self, other: Joining) -> None:
        """Count another part into this one."""
        self.added += other.added
        self.known += other.known
        self.left_out += other.left_out

    @property
    def total(self) -> int:
        return self.added + self.known + self.left_out.total()

    def reasons(self) -> list[tuple[int, Phrase]]:
        """How many are left out for what, the most first."""
        return [(count, REASONS[reason]) for reason, count in self.left_out.most_common()]


def sorted_out(
    session: Session, campaign_id: int, kind: str, ids: Collection[int], channel: str | None, *, at: datetime
) -> tuple[list[int], Joining]:
    """Those of the contacts or leads who can join, in order of their ids, and the count of all."""
    known = set(session.scalars(queries.members_among(campaign_id, kind, ids)))
    others = sorted(set(ids) - known)
    against = reasons_against(session, kind, others, channel, on=at.date())
    willing = [one for one in others if one not in against]
    return willing, Joining(len(willing), len(known), Counter(against.values()))


def look_ahead(
    session: Session, campaign_id: int, kind: str, ids: Sequence[int], channel: str | None, *, at: datetime
) -> Joining:
    """What adding them would do."""
    whole = Joining()
    for part in _parts(ids):
        whole.add(sorted_out(session, campaign_id, kind, part, channel, at=at)[1])
    return whole


def join_many(
    session: Session, campaign: Campaign, kind: str, ids: Sequence[int], channel: str | None, *, by: Actor, at: datetime
) -> Joining:
    """Let contacts or leads join a campaign, as far as they may be approached and are not in it.

    Raises BeyondReach for who adds no members.
    """
    refuse_who_adds_nobody(by)
    name_action(session, summary_of(campaign, kind), verb="campaign.add_members")
    session.execute(queries.locked(campaign.id))
    whole = Joining()
    for part in _parts(ids):
        willing, done = sorted_out(session, campaign.id, kind, part, channel, at=at)
        session.add_all(_member(campaign.id, kind, one, channel, at) for one in willing)
        session.flush()
        whole.add(done)
    return whole


def refuse_who_adds_nobody(by: Actor) -> None:
    """Stop whom the access rules let edit no member of a campaign."""
    if not live.present().access.may(by, "campaign_member", "edit"):
        kinds = entities["campaign_member"].label_plural
        raise records.BeyondReach(say("%(kinds)s are for others to add. Ask a manager.", kinds=kinds))


def summary_of(campaign: Campaign, kind: str) -> Phrase:
    """How history calls it."""
    label = crm_kinds[kind].entity.label_plural
    return say("Added members to %(title)s: %(kinds)s", title=campaign.name, kinds=label)


def _parts(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]


def _member(campaign_id: int, kind: str, record_id: int, channel: str | None, at: datetime) -> CampaignMember:
    whom: dict[str, Any] = {f"{kind}_id": record_id}
    return CampaignMember(
        campaign_id=campaign_id, channel=channel, joined_at=at, status=LISTED, status_at=at, tries=0, tries_told=0,
        **whom,
    )  # fmt: skip
