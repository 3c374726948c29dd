"""What the fields of a risk are."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement

from implementor.foundation.fields import Choice, Entity, Field, Kind, entity
from implementor.foundation.words import Phrase, say
from implementor.governance.catalogue.shared import ended_field, number_field, opened_field, owner_field
from implementor.governance.models import Risk

CATEGORIES = (
    Choice("scope", say("Scope")),
    Choice("time", say("Time")),
    Choice("money", say("Money")),
    Choice("quality", say("Quality")),
    Choice("people", say("People and adoption")),
    Choice("data", say("Data")),
    Choice("technology", say("Technology")),
    Choice("supplier", say("Supplier")),
    Choice("other", say("Other")),
)
RESPONSES = (
    Choice("avoid", say("Avoid"), "review"),
    Choice("reduce", say("Reduce"), "review"),
    Choice("transfer", say("Transfer"), "review"),
    Choice("accept", say("Accept"), "accepted"),
)
RATED, ANSWERED, ENDED = say("How it is rated"), say("What is done about it"), say("How it ended")
LONGEST_TEXT = 5000


def _holds(words: str) -> ColumnElement[bool]:
    return Risk.title.icontains(words, autoescape=True)


def _level(name: str, label: Phrase, hint: Phrase | None = None, *, now: bool = False) -> Field:
    """A step from 1 to 5; those of `now` are always there."""
    more: dict[str, Any] = {"required": True, "nullable": False, "groupable": True, "sortable": True} if now else {}
    return Field(
        name, Kind.WHOLE, label, getattr(Risk, name), minimum=Decimal(1), maximum=Decimal(5), filterable=True,
        group=RATED, hint=hint, width="narrow", **more,
    )  # fmt: skip


RISK = entity(
    Entity(
        kind="risk",
        label=say("Risk"),
        label_plural=say("Risks"),
        model=Risk,
        default_columns=("number", "title", "category", "score", "response", "owner_id",
                         "review_on", "exposure_amount"),
        default_sort="-score",
        title_field="title",
        unique_order=Risk.id,
        search=_holds,
    )
)  # fmt: skip
if not RISK.fields:
    RISK.declare(
        (
            number_field(Risk),
            Field(
                "title", Kind.LINE, say("What may happen"), Risk.title, required=True, sortable=True, nullable=False,
                width="wide", hint=say("Cause, event and consequence in one sentence."),
            ),
            Field(
                "category", Kind.CHOICE, say("Category"), Risk.category, required=True, choices=CATEGORIES,
                filterable=True, sortable=True, groupable=True, nullable=False, bulk=True,
            ),
            owner_field(Risk, hint=say("Left empty, the project lead answers for it.")),
            Field("description", Kind.MARKDOWN, say("Description"), Risk.description, longest=20000, width="wide"),
            _level(
                "probability", say("Probability"), now=True,
                hint=say("From 1 to 5: under 20, 40, 60, 80 per cent, and above."),
            ),
            _level(
                "impact", say("Impact"), now=True,
                hint=say("From 1, hardly felt, to 5: more than a fifth of cost or time, or the goal is missed."),
            ),
            Field(
                "score", Kind.WHOLE, say("Score"), Risk.score, editable=False, filterable=True, sortable=True,
                nullable=False, group=RATED, width="narrow",
            ),
            _level("inherent_probability", say("Probability at the start"),
                   hint=say("Before anything was done about it; left empty, as it is now.")),
            _level("inherent_impact", say("Impact at the start")),
            _level("residual_probability", say("Probability that remains"),
                   hint=say("What is left once the response has worked.")),
            _level("residual_impact", say("Impact that remains")),
            Field(
                "response", Kind.CHOICE, say("Response"), Risk.response, choices=RESPONSES, filterable=True,
                sortable=True, groupable=True, bulk=True, group=ANSWERED,
            ),
            Field("response_plan", Kind.TEXT, say("Measures"), Risk.response_plan, longest=LONGEST_TEXT,
                  group=ANSWERED),
            Field("trigger", Kind.LINE, say("Trigger"), Risk.trigger, longest=300, group=ANSWERED,
                  hint=say("By what it is noticed that it is happening.")),
            Field("review_on", Kind.DATE, say("Review on"), Risk.review_on, filterable=True, sortable=True, bulk=True,
                  group=ANSWERED),
            Field("exposure_amount", Kind.MONEY, say("At stake"), Risk.exposure_amount,
                  currency=Risk.exposure_currency, minimum=Decimal(0), filterable=True, sortable=True,
                  group=ANSWERED, hint=say("What it would cost if it happened.")),
            opened_field(Risk),
            ended_field("closed_at", say("Closed"), Risk.closed_at, ENDED),
            Field("closing_reason", Kind.TEXT, say("Why it was closed"), Risk.closing_reason, editable=False,
                  longest=LONGEST_TEXT, group=ENDED),
        )
    )  # fmt: skip
