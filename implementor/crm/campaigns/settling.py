"""Keeping what stands beside campaigns and members true to what it follows from, whoever writes that."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Table, inspect, update
from sqlalchemy.orm import Session, object_session
from sqlalchemy.orm.attributes import set_committed_value

from implementor.calendars.services.rates import NoRate, base_currency, convert
from implementor.crm.campaigns import queries
from implementor.crm.campaigns.answers import whereabouts
from implementor.crm.campaigns.models import Campaign, CampaignChannel, CampaignEvent, CampaignMember
from implementor.history.note import note_of

MEMBERS: Table = CampaignMember.__table__  # type: ignore[assignment]  # declared tables are tables
SUMS = ("budget", "cost")
FREEZES = ("cost_amount", "cost_currency", "starts_on")


def keep_campaigns(session: Session, _context: Any, _instances: Any) -> None:
    """Before a flush: members stand where what happened brings them, campaigns add up what their channels say."""
    _settle(session, CampaignEvent, "member_id", queries.members_of_ids, queries.events_of, settle_member)
    _settle(session, CampaignChannel, "campaign_id", queries.campaigns_of_ids, queries.channels_of, settle_sums)
    for campaign in _touched(session, Campaign):
        state = inspect(campaign)
        if campaign in session.new or any(state.attrs[name].history.has_changes() for name in FREEZES):
            freeze_cost(session, campaign)


def _settle(session: Session, model: Any, pointer: str, owners: Any, rows: Any, settle: Any) -> None:
    """Let the owners of written rows follow from all their rows in use."""
    ids = _owners(session, model, pointer)
    if not ids:
        return
    with session.no_autoflush:
        known = [*session.scalars(rows(ids)).all(), *(one for one in session.new if type(one) is model)]
        found = session.scalars(owners(ids)).all()
    by_owner: dict[int, list[Any]] = defaultdict(list)
    for row in known:
        if row.archived_at is None:
            by_owner[getattr(row, pointer)].append(row)
    for owner in found:
        settle(owner, by_owner.get(owner.id, []))


def _touched(session: Session, model: Any) -> list[Any]:
    changed = (one for one in session.dirty if type(one) is model and session.is_modified(one))
    return [*(one for one in session.new if type(one) is model), *changed]


def _owners(session: Session, model: Any, pointer: str) -> set[int]:
    owners: set[int] = set()
    for row in _touched(session, model):
        owners.update((getattr(row, pointer), *(inspect(row).attrs[pointer].history.deleted or ())))
    return owners - {None}  # a row that names nobody is refused by the database


def settle_member(member: CampaignMember, events: Collection[CampaignEvent]) -> None:
    """Where all that happened leaves a member."""
    stored = [one for one in events if one.id is not None]
    new = [one for one in events if one.id is None]
    last = max((one.id for one in stored), default=0)
    told = [_Told(one, one.id if one.id is not None else last + 1 + new.index(one)) for one in (*stored, *new)]
    found = whereabouts(member.joined_at, told, tries_before=member.tries_told)
    changed = {name: value for name, value in vars(found).items() if getattr(member, name) != value}
    session = object_session(member)
    if not changed or session is None:
        return
    # written beside the versions: an import that is taken back must still find its members as it left them
    session.connection().execute(update(MEMBERS).where(MEMBERS.c.id == member.id).values(**changed))
    for name, value in changed.items():
        set_committed_value(member, name, value)


class _Told:
    """An event with the id that it has or will have, so that the order of what is not stored yet is known."""

    def __init__(self, event: CampaignEvent, number: int) -> None:
        self.id, self.kind, self.at, self.outcome = number, event.kind, event.at, event.outcome


def sum_of_channels(channels: Iterable[CampaignChannel], name: str) -> tuple[int, str] | None:
    """What channels in use come to, in minor units with its currency; None where none of them says an amount."""
    told = [
        (getattr(one, f"{name}_amount"), getattr(one, f"{name}_currency")) for one in channels if not one.is_archived
    ]
    known = [(amount, currency) for amount, currency in told if amount is not None]
    return (sum(amount for amount, _currency in known), known[0][1]) if known else None


def settle_sums(campaign: Campaign, channels: Sequence[CampaignChannel]) -> None:
    """The sums of the channels; where they say nothing any more the last amount stays."""
    for name in SUMS:
        found = sum_of_channels(channels, name)
        if found is not None and found != (getattr(campaign, f"{name}_amount"), getattr(campaign, f"{name}_currency")):
            setattr(campaign, f"{name}_amount", found[0])
            setattr(campaign, f"{name}_currency", found[1])


def freeze_cost(session: Session, campaign: Campaign) -> None:
    """The cost in the base currency at the rate of the first day; nothing where there is no rate."""
    with session.no_autoflush:
        day = campaign.starts_on or note_of(session).at.date()
        frozen = frozen_cost(
            session, {"cost_amount": campaign.cost_amount, "cost_currency": campaign.cost_currency}, day
        )
    for name, value in frozen.items():
        if getattr(campaign, name) != value:
            setattr(campaign, name, value)


def frozen_cost(session: Session, row: Mapping[str, Any], day: Any) -> dict[str, Any]:
    """The columns of a cost in the base currency."""
    nothing = {"base_cost_amount": None, "base_currency": None}
    if row.get("cost_amount") is None:
        return nothing
    base = base_currency(session)
    try:
        amount = convert(session, row["cost_amount"], row["cost_currency"], base, day=day)
    except NoRate:
        return nothing
    return {"base_cost_amount": amount, "base_currency": base}
