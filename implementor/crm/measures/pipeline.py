"""How well the pipeline is kept: activity, all five marks of a healthy sale, and those that nobody looks after."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import ColumnElement, and_, exists

from implementor.crm.interactions.models import Interaction
from implementor.crm.measures.counting import share_measure
from implementor.crm.opportunities.models import OPEN, Opportunity
from implementor.foundation.measures import Question
from implementor.foundation.words import say

ACTIVE_DAYS, NEGLECTED_DAYS = 7, 30
HYGIENE = say("Field practice of CRM adoption: pipeline hygiene, each mark by itself and all together")


def declare_pipeline() -> None:
    """Make them known."""
    share_measure(
        "sales.active", say("Open sales with activity in the last 7 days"),
        say("Open opportunities about which somebody wrote an interaction in the 7 days before ÷ open opportunities."),
        HYGIENE, kind="opportunity", model=Opportunity, among=is_open,
        holds=lambda asked: is_active(asked, ACTIVE_DAYS),
    )  # fmt: skip
    share_measure(
        "sales.healthy", say("Open sales with all five marks"),
        say(
            "Open opportunities with activity in 7 days, a next step with its day, a close date to come, an amount and "
            "a contact ÷ open opportunities."
        ),
        HYGIENE, kind="opportunity", model=Opportunity, among=is_open, holds=is_healthy,
    )  # fmt: skip
    share_measure(
        "sales.neglected", say("Neglected sales"),
        say(
            "Open opportunities that began more than 30 days ago and about which nobody wrote an interaction since ÷ "
            "open opportunities."
        ),
        say("Salesforce guidance on adoption: neglected opportunities, 30 days"), kind="opportunity",
        model=Opportunity, among=is_open, holds=is_neglected, direction="down",
    )  # fmt: skip


def is_open(_asked: Question) -> ColumnElement[bool]:
    """Sales that are neither won nor lost now."""
    return Opportunity.status == OPEN


def is_active(asked: Question, days: int) -> ColumnElement[bool]:
    """Whether somebody wrote an interaction about the sale in so many days before."""
    return exists().where(
        Interaction.about_kind == "opportunity", Interaction.about_id == Opportunity.id,
        Interaction.archived_at.is_(None), Interaction.at >= asked.at - timedelta(days=days), Interaction.at < asked.at,
    )  # fmt: skip


def is_healthy(asked: Question) -> ColumnElement[bool]:
    """All five marks at once."""
    return and_(
        is_active(asked, ACTIVE_DAYS), Opportunity.next_step_on.is_not(None), Opportunity.close_on >= asked.on,
        Opportunity.amount > 0, Opportunity.contact_id.is_not(None),
    )  # fmt: skip


def is_neglected(asked: Question) -> ColumnElement[bool]:
    """Older than the days, and without activity in them."""
    begun = Opportunity.began_at < asked.at - timedelta(days=NEGLECTED_DAYS)
    return and_(begun, ~is_active(asked, NEGLECTED_DAYS))
