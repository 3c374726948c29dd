"""The fields of a lead, said once for its list, page, forms, bulk edit, import and export."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy.orm import aliased

from implementor.crm.contacts.pointing import with_fields
from implementor.crm.contacts.words import LANGUAGE
from implementor.crm.leads import columns
from implementor.crm.leads.models import Lead
from implementor.crm.leads.words import STAGES, URGENCY
from implementor.crm.opportunities.models import Opportunity
from implementor.crm.opportunities.words import SOURCE
from implementor.crm.records.fields import noted_fields, owner_field
from implementor.foundation.fields import Entity, Field, Kind, entity
from implementor.foundation.words import Phrase, say

WHO, WANTS, REACHED, ADDRESS, WAY, WHOM = (
    say("Who it is"), say("What they want"), say("How to reach them"), say("Address"), say("On its way"),
    say("Whom it belongs to"),
)  # fmt: skip
INDUSTRY = "account.industry"
MOST_AMOUNT = Decimal(1_000_000_000_000)
"""In the currency's main unit; sums of very many stay within 64 bits."""
PERSONAL: dict[str, Any] = {"personal": True}
Became = aliased(Opportunity, name="lead_opportunity")

LEAD = entity(
    Entity(
        kind="lead",
        label=say("Lead"),
        label_plural=say("Leads"),
        model=Lead,
        default_columns=("name", "company", "stage", "source", "urgency", "potential", "owner", "updated_at"),
        default_sort="-updated_at",
        title_field="name",
        unique_order=Lead.id,
        search_for=columns.lead_like,
    )
)


def _line(name: str, label: Phrase, column: Any, group: Phrase, longest: int = 100, **more: Any) -> Field:
    return Field(name, Kind.LINE, label, column, longest=longest, group=group, **more)


def _word(name: str, label: Phrase, column: Any, list_of_words: str, group: Phrase) -> Field:
    """A choice among the words of a list."""
    return Field(
        name, Kind.CHOICE, label, column, picklist=list_of_words, filterable=True, groupable=True, bulk=True,
        group=group,
    )  # fmt: skip


def _moment(name: str, label: Phrase, column: Any, **more: Any) -> Field:
    """When the lead came into a stage in its present cycle; its facts set it."""
    common: dict[str, Any] = {"editable": False, "filterable": True, "sortable": True, "group": WAY}
    return Field(name, Kind.MOMENT, label, column, **{**common, **more})


if not LEAD.fields:
    LEAD.declare(
        (
            Field(
                "name", Kind.LINE, say("Name"), Lead.name, editable=False, sortable=True, nullable=False,
                sort_column=Lead.name_key, width="wide", group=WHO, **PERSONAL,
            ),
            _line("first_name", say("First name"), Lead.first_name, WHO, **PERSONAL),
            _line("last_name", say("Last name"), Lead.last_name, WHO, **PERSONAL),
            _line("company", say("Company"), Lead.company, WHO, 200),
            _line("job_title", say("Job title"), Lead.job_title, WHO, 120),
            _word("industry", say("Industry"), Lead.industry, INDUSTRY, WHO),
            _word("language", say("Language"), Lead.language, LANGUAGE, WHO),
            _word("source", say("Source"), Lead.source, SOURCE.key, WANTS),
            _line("campaign", say("Campaign"), Lead.campaign, WANTS, 200, filterable=True, bulk=True),
            Field("need", Kind.TEXT, say("Need"), Lead.need, longest=4000, group=WANTS),
            _word("urgency", say("Urgency"), Lead.urgency, URGENCY.key, WANTS),
            Field(
                "potential", Kind.MONEY, say("Potential"), Lead.potential_amount, currency=Lead.currency,
                minimum=Decimal(0), maximum=MOST_AMOUNT, filterable=True, sortable=True, group=WANTS,
            ),
            Field(
                "score", Kind.WHOLE, say("Score"), Lead.score, minimum=Decimal(0), maximum=Decimal(1_000_000),
                filterable=True, sortable=True, group=WANTS, width="narrow",
            ),
            Field(
                "description", Kind.TEXT, say("Description"), Lead.description, longest=20_000, group=WANTS, **PERSONAL,
            ),
            Field(
                "email", Kind.EMAIL, say("E-mail"), Lead.email, filterable=True, compared=Lead.email_key,
                group=REACHED, **PERSONAL,
            ),
            Field("opted_out", Kind.YES_NO, say("No advertising"), Lead.is_opted_out, nullable=False, group=REACHED),
            Field(
                "phone", Kind.PHONE, say("Telephone"), Lead.phone, filterable=True, compared=Lead.phone_key,
                group=REACHED, **PERSONAL,
            ),
            Field("do_not_call", Kind.YES_NO, say("Do not call"), Lead.do_not_call, nullable=False, group=REACHED),
            Field("website", Kind.URL, say("Website"), Lead.website, group=REACHED),
            _line("street", say("Street"), Lead.street, ADDRESS, 250, **PERSONAL),
            _line("postcode", say("Postcode"), Lead.postcode, ADDRESS, 20, **PERSONAL),
            _line("city", say("City"), Lead.city, ADDRESS, **PERSONAL),
            _line("region", say("Region"), Lead.region, ADDRESS, **PERSONAL),
            _line("country", say("Country"), Lead.country, ADDRESS, filterable=True, bulk=True, **PERSONAL),
            owner_field(Lead, group=WHOM),
            *with_fields(Lead, group=WHOM),
            Field(
                "opportunity", Kind.REFERENCE, say("Opportunity"), Lead.opportunity_id, target="opportunity",
                shown=Became.name, join=lambda found: found.outerjoin(Became, Became.id == Lead.opportunity_id),
                editable=False, filterable=True, group=WHOM,
            ),
            Field(
                "stage", Kind.CHOICE, say("Stage"), Lead.stage, choices=STAGES, editable=False, nullable=False,
                filterable=True, groupable=True, group=WAY,
            ),
            _moment("stage_since", say("In this stage since"), Lead.stage_since, nullable=False),
            _moment("began_at", say("Begun"), Lead.began_at, nullable=False),
            _moment("mql_at", say("Marketing qualified"), Lead.mql_at),
            _moment("sal_at", say("Accepted by sales"), Lead.sal_at),
            _moment("sql_at", say("Sales qualified"), Lead.sql_at),
            _moment("converted_at", say("Converted"), Lead.converted_at),
            Field(
                "entered", Kind.LINE, say("Came into a stage on days"), Lead.stage, editable=False, filterable=True,
                matches=columns.entered, is_order=True,
            ),
            Field(
                "reached", Kind.LINE, say("Came so far after qualification"), Lead.stage, editable=False,
                filterable=True, matches=columns.reached, is_order=True,
            ),
            Field(
                "handed_over", Kind.LINE, say("Handed over on days"), Lead.stage, editable=False, filterable=True,
                matches=columns.handed_over, is_order=True,
            ),
            Field(
                "about", Kind.LINE, say("Came out of"), Lead.about_kind, editable=False, filterable=True,
                matches=columns.out_of, is_order=True,
            ),
            *noted_fields(Lead),
        )
    )  # fmt: skip
