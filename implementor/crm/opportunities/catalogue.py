"""The fields of an opportunity, said once for its list, page, forms, bulk edit, import and export."""

from __future__ import annotations

from decimal import Decimal

from implementor.crm.contacts.pointing import with_fields
from implementor.crm.opportunities import columns
from implementor.crm.opportunities.models import Opportunity
from implementor.crm.opportunities.words import LOSS_REASON, MOTIVE, SOURCE
from implementor.crm.records.fields import noted_fields, owner_field
from implementor.foundation.fields import Choice, Entity, Field, Kind, entity
from implementor.foundation.pipelines import FORECASTS, STAGE_KINDS
from implementor.foundation.words import say

ABOUT, WAY, END, WHY = say("Opportunity"), say("On its way"), say("How it ended"), say("Why they buy")
TONES = {"open": "review", "won": "ok", "lost": "off"}
STATUSES = tuple(Choice(key, label, TONES[key]) for key, label in STAGE_KINDS.items())
CATEGORIES = tuple(Choice(key, label) for key, label in FORECASTS.items())
MOST_AMOUNT = Decimal(1_000_000_000_000)
"""In the currency's main unit; sums of very many stay within 64 bits."""

OPPORTUNITY = entity(
    Entity(
        kind="opportunity",
        label=say("Opportunity"),
        label_plural=say("Opportunities"),
        model=Opportunity,
        default_columns=("name", "account", "stage", "amount", "close_on", "next_step", "owner"),
        default_sort="-updated_at",
        title_field="name",
        unique_order=Opportunity.id,
        search=columns.begins_with,
    )
)

if not OPPORTUNITY.fields:
    OPPORTUNITY.declare(
        (
            Field(
                "name", Kind.LINE, say("Name"), Opportunity.name, required=True, sortable=True, nullable=False,
                sort_column=Opportunity.name_key, width="wide", group=ABOUT,
            ),
            *with_fields(Opportunity, group=ABOUT),
            owner_field(Opportunity, group=ABOUT),
            Field(
                "amount", Kind.MONEY, say("Amount"), Opportunity.amount, currency=Opportunity.currency,
                minimum=Decimal(0), maximum=MOST_AMOUNT, filterable=True, sortable=True, group=ABOUT,
            ),
            Field(
                "currency", Kind.CURRENCY, say("Currency"), Opportunity.currency, filterable=True, part_of="amount",
                group=ABOUT,
            ),
            Field("description", Kind.TEXT, say("Description"), Opportunity.description, longest=20_000, group=ABOUT),
            Field(
                "stage", Kind.REFERENCE, say("Stage"), Opportunity.stage_id, options=columns.stages_on_offer,
                shown=columns.STAGE_LABEL, required=True, nullable=False, filterable=True, groupable=True, bulk=True,
                group=WAY,
            ),
            Field(
                "pipeline", Kind.REFERENCE, say("Pipeline"), Opportunity.pipeline_id,
                options=columns.pipelines_on_offer, shown=columns.PIPELINE_LABEL, editable=False, nullable=False,
                filterable=True, groupable=True, group=WAY,
            ),
            Field(
                "status", Kind.CHOICE, say("Status"), Opportunity.status, choices=STATUSES, editable=False,
                nullable=False, filterable=True, groupable=True, group=WAY,
            ),
            Field(
                "close_on", Kind.DATE, say("Close date"), Opportunity.close_on, filterable=True, sortable=True,
                bulk=True, group=WAY,
            ),
            Field(
                "probability", Kind.PERCENT, say("Probability"), Opportunity.probability_ratio, nullable=False,
                filterable=True, group=WAY,
                hint=say("The stage sets it on every move. What you write here counts until the next one."),
            ),
            Field(
                "forecast", Kind.CHOICE, say("Forecast"), columns.FORECAST, choices=CATEGORIES, editable=False,
                filterable=True, matches=columns.in_forecast, group=WAY,
            ),
            Field(
                "stage_since", Kind.MOMENT, say("In this stage since"), Opportunity.stage_since, editable=False,
                nullable=False, filterable=True, sortable=True, group=WAY,
            ),
            Field("next_step", Kind.LINE, say("Next step"), Opportunity.next_step, group=WAY),
            Field(
                "next_step_on", Kind.DATE, say("Next step on"), Opportunity.next_step_on, filterable=True, group=WAY
            ),
            Field(
                "source", Kind.CHOICE, say("Source"), Opportunity.source, picklist=SOURCE.key, filterable=True,
                groupable=True, bulk=True, group=WHY,
            ),
            Field(
                "motive", Kind.CHOICE, say("Motive of purchase"), Opportunity.motive, picklist=MOTIVE.key,
                filterable=True, groupable=True, bulk=True, group=WHY,
            ),
            Field(
                "loss_reason", Kind.CHOICE, say("Reason for the loss"), Opportunity.loss_reason,
                picklist=LOSS_REASON.key, filterable=True, groupable=True, group=END,
            ),
            Field("loss_note", Kind.TEXT, say("More about the loss"), Opportunity.loss_note, longest=4000, group=END),
            Field(
                "closed_at", Kind.MOMENT, say("Closed"), Opportunity.closed_at, editable=False, filterable=True,
                group=END,
            ),
            Field(
                "base_amount", Kind.MONEY, say("Amount in the base currency"), Opportunity.base_amount,
                currency=Opportunity.base_currency, editable=False, group=END,
            ),
            Field("rate", Kind.DECIMAL, say("Exchange rate at closing"), Opportunity.rate, editable=False, group=END),
            Field(
                "began_at", Kind.MOMENT, say("Begun"), Opportunity.began_at, editable=False, nullable=False,
                filterable=True, sortable=True, group=WAY,
            ),
            Field(
                "late", Kind.YES_NO, say("Late in its stage"), Opportunity.stage_id, editable=False, filterable=True,
                matches=columns.late_here, is_order=True,
            ),
            Field(
                "reached", Kind.REFERENCE, say("Ever came into the stage"), Opportunity.stage_id, editable=False,
                options=columns.stages_on_offer, filterable=True, matches=columns.reached, is_order=True,
            ),
            Field(
                "entered", Kind.LINE, say("Came into a stage on days"), Opportunity.stage_id, editable=False,
                filterable=True, matches=columns.entered, is_order=True,
            ),
            Field(
                "expected_in", Kind.LINE, say("Open, or won on days"), Opportunity.status, editable=False,
                filterable=True, matches=columns.open_or_won, is_order=True,
            ),
            *noted_fields(Opportunity),
        )
    )  # fmt: skip
