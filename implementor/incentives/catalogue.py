"""What the fields of incentives, their rules and their periods are."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import select

from implementor.audiences.catalogue.shared import LONGEST_TEXT, audience_field, joined, name_field, named_entity
from implementor.foundation.fields import Choice, Field, Kind, Scope
from implementor.foundation.model import Rows
from implementor.foundation.words import Phrase, say
from implementor.incentives.models import MOST_POINTS, Incentive, IncentivePeriod, IncentiveRule

TO_WHOM = (Choice("people", say("People")), Choice("teams", say("Teams, by points per person")))
WAYS = (
    Choice("points", say("All who reach the points")),
    Choice("first", say("Those with most points")),
)
FIGURES = (
    Choice("complete", say("Wanted fields that are filled")),
    Choice("valid", say("Values that are valid")),
    Choice("prompt", say("Talks written down in time")),
    Choice("healthy", say("Open opportunities that are kept up")),
    Choice("trained", say("Training completed in time")),
    Choice("first_ten", say("The first ten correct records")),
    Choice("records", say("New correct records")),
    Choice("days", say("Days with work of one's own")),
)
of_incentive, of_rule, of_period = Incentive.__table__.c, IncentiveRule.__table__.c, IncentivePeriod.__table__.c


def incentives_offered(scope: Scope) -> Rows:
    """The (id, name) rows of the incentives in use."""
    found = select(Incentive.id, Incentive.name).where(
        Incentive.project_id == scope.project_id, Incentive.archived_at.is_(None)
    )
    return found.order_by(Incentive.name_key, Incentive.id)


INCENTIVE = named_entity(
    Incentive, say("Incentive"), say("Incentives"), ("name", "audience_id", "award", "award_to", "award_by")
)
INCENTIVE_RULE = named_entity(
    IncentiveRule, say("Rule of an incentive"), say("Rules of incentives"),
    ("name", "incentive_id", "figure", "points", "target", "cap"),
)  # fmt: skip
INCENTIVE_PERIOD = named_entity(
    IncentivePeriod, say("Period of an incentive"), say("Periods of incentives"),
    ("name", "incentive_id", "starts_on", "ends_on", "closed_at"), "-starts_on",
)  # fmt: skip


def _choice(name: str, label: Phrase, column: Any, choices: tuple[Choice, ...], begins: str) -> Field:
    return Field(
        name, Kind.CHOICE, label, column, choices=choices, required=True, nullable=False, filterable=True,
        groupable=True, begins=lambda _scope: begins,
    )  # fmt: skip


def _whole(name: str, label: Phrase, column: Any, most: int, **more: Any) -> Field:
    return Field(name, Kind.WHOLE, label, column, minimum=Decimal(1), maximum=Decimal(most), **more)


def _incentive_field(model: Any) -> Field:
    return joined(model, Incentive, "incentive_id", say("Incentive"), incentives_offered, required=True, nullable=False)


if not INCENTIVE.fields:
    INCENTIVE.declare(
        (
            name_field(Incentive, say("Name")),
            audience_field(Incentive, say("Audience"), hint=say("Without one, everybody affected who uses the CRM.")),
            Field("body", Kind.TEXT, say("What it is for"), of_incentive.body, longest=LONGEST_TEXT, nullable=False),
            Field("award", Kind.LINE, say("Award"), of_incentive.award, required=True, nullable=False, longest=160),
            _choice("award_to", say("Goes to"), of_incentive.award_to, TO_WHOM, "people"),
            _choice("award_by", say("Given to"), of_incentive.award_by, WAYS, "points"),
            _whole("award_from", say("Points, or how many are awarded"), of_incentive.award_from, MOST_POINTS,
                   required=True, nullable=False, begins=lambda _scope: 100,
                   hint=say("For those with most points: how many, and who ties with the last.")),
        )
    )  # fmt: skip
    INCENTIVE_RULE.declare(
        (
            name_field(IncentiveRule, say("Name")),
            _incentive_field(IncentiveRule),
            _choice("figure", say("Figure"), of_rule.figure, FIGURES, "complete"),
            _whole("points", say("Points"), of_rule.points, MOST_POINTS, required=True, nullable=False,
                   begins=lambda _scope: 10,
                   hint=say("For reaching the target, for each record or day, or once.")),
            _whole("target", say("Target in per cent"), of_rule.target, 100, hint=say("For figures that are shares.")),
            _whole("cap", say("Most points in a period"), of_rule.cap, MOST_POINTS,
                   hint=say("For records and days.")),
            _whole("complete", say("Floor of filled fields in per cent"), of_rule.complete, 100,
                   hint=say("Below it the rule gives nothing. Rules on counts need a floor.")),
            _whole("valid", say("Floor of valid values in per cent"), of_rule.valid, 100),
        )
    )  # fmt: skip
    INCENTIVE_PERIOD.declare(
        (
            name_field(IncentivePeriod, say("Name")),
            _incentive_field(IncentivePeriod),
            Field("starts_on", Kind.DATE, say("First day"), of_period.starts_on, required=True, nullable=False,
                  sortable=True, filterable=True),
            Field("ends_on", Kind.DATE, say("Last day"), of_period.ends_on, required=True, nullable=False,
                  sortable=True, filterable=True),
            Field("closed_at", Kind.MOMENT, say("Closed"), of_period.closed_at, editable=False, filterable=True),
            Field("announced_at", Kind.MOMENT, say("Awards announced"), of_period.announced_at, editable=False),
        )
    )  # fmt: skip
