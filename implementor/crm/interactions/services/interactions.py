"""What can happen to an interaction: it is logged, changed, and what follows from it is done or not done after all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from implementor.crm.interactions import queries
from implementor.crm.interactions.catalogue import INTERACTION
from implementor.crm.interactions.events import Answered
from implementor.crm.interactions.models import Interaction
from implementor.crm.records import services as records
from implementor.crm.records.concerning import complete_concern, pointing_at
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.events import publish
from implementor.foundation.fields import Scope
from implementor.foundation.permissions import Actor
from implementor.foundation.records import RecordRef
from implementor.foundation.words import say
from implementor.history.services import name_action

CLOCKS_DIFFER = timedelta(minutes=10)
"""How far a moment may lie ahead: the clocks of people's machines are not ours."""


class NothingToFollow(Refusal):
    """No follow-up is due after this interaction."""


def add_interaction(session: Session, scope: Scope, values: Mapping[str, Any], by: Actor, at: datetime) -> Interaction:
    """Log what happened, now unless a moment is given, with whoever the values name."""
    return log_interaction(session, values, by=by, at=at)


def log_interaction(
    session: Session, values: Mapping[str, Any], *, by: Actor, at: datetime, about: RecordRef | None = None
) -> Interaction:
    """Log what happened with or about a record. Accounts and contacts that are not named come from that record."""
    given = {name: value for name, value in values.items() if name != "at" or value not in (None, "")}
    pointed = pointing_at(about) if about is not None else {}
    interaction: Interaction = records.new_record(session, INTERACTION, {"at": at, **given}, by=by, at=at, **pointed)
    _complete(session, interaction, by, at)
    if interaction.direction == "out" and interaction.about_kind is not None and interaction.about_id is not None:
        publish(session, Answered(RecordRef(interaction.about_kind, interaction.about_id), interaction.at))
    return interaction


def change_interaction(
    session: Session, interaction: Interaction, values: Mapping[str, Any], by: Actor, at: datetime
) -> None:
    """Give an interaction other values."""
    if "at" in values and values["at"] in (None, ""):
        raise InvalidInput({"at": say("Say when it happened.")})
    records.change_record(session, INTERACTION, interaction, values, by=by, at=at)
    _complete(session, interaction, by, at)


def restore_interaction(
    session: Session, interaction: Interaction, values: Mapping[str, Any], by: Actor, at: datetime
) -> None:
    """Give an interaction earlier values by attribute."""
    for name, value in values.items():
        setattr(interaction, name, value)
    _complete(session, interaction, by, at)


def finish_follow_up(session: Session, interaction: Interaction, *, by: Actor, at: datetime) -> None:
    """Note that what was to follow is done. Raises NothingToFollow where nothing is due any more."""
    records.refuse_beyond_reach(session, INTERACTION, interaction, by)
    if not interaction.is_to_follow:
        raise NothingToFollow(say("Nothing is left to follow up after “%(title)s”.", title=interaction.subject))
    interaction.follow_up_done_at, interaction.follow_up_done_by_id = at, by.user_id
    name_action(session, say("Followed up %(title)s", title=interaction.subject), verb="interaction.follow_up")


def reopen_follow_up(session: Session, interaction: Interaction, *, by: Actor) -> None:
    """Note that what was to follow is to be done after all."""
    records.refuse_beyond_reach(session, INTERACTION, interaction, by)
    if interaction.follow_up_done_at is None:
        raise NothingToFollow(say("The follow-up of “%(title)s” is not done yet.", title=interaction.subject))
    interaction.follow_up_done_at = interaction.follow_up_done_by_id = None
    name_action(session, say("Reopened the follow-up of %(title)s", title=interaction.subject))


def _complete(session: Session, interaction: Interaction, by: Actor, at: datetime) -> None:
    if interaction.at > at + CLOCKS_DIFFER:
        raise InvalidInput({"at": say("This has not happened yet. Make an appointment for it instead.")})
    if interaction.follow_up and interaction.follow_up_on is None:
        raise InvalidInput({"follow_up_on": say("Give the day by which the next step is due.")})
    if interaction.follow_up_on is None:
        interaction.follow_up_done_at = interaction.follow_up_done_by_id = None
        interaction.follow_up_owner_id = None
    elif interaction.follow_up_owner_id is None:
        interaction.follow_up_owner_id = interaction.owner_id or by.user_id
    complete_concern(session, interaction, by)
    _refuse_known(session, interaction)


def _refuse_known(session: Session, interaction: Interaction) -> None:
    """Stop where the channel's own name is another interaction's already."""
    if interaction.external_id is None:
        return
    with session.no_autoflush:
        known = session.scalar(queries.named_in_channel(interaction.channel, interaction.external_id))
    if known is not None and known != interaction.id:
        raise InvalidInput({"external_id": say("Another interaction of this channel has this name already.")})
