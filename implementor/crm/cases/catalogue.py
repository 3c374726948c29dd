"""The fields of a case, said once for its list, page, forms, bulk edit, import and export."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy.orm import aliased

from implementor.auth.models import Area, Team, User
from implementor.crm.cases import columns, words
from implementor.crm.cases.models import Case
from implementor.crm.cases.time_left import terms_of_limit, told_until
from implementor.crm.contacts.pointing import with_fields
from implementor.crm.products.models import Product
from implementor.crm.records.fields import noted_fields, owner_field, people_of_crm
from implementor.foundation.fields import Entity, Field, Kind, entity
from implementor.foundation.words import Phrase, say

WHAT, WHOM, WORK, LIMITS, END = (
    say("What it is about"), say("Of whom"), say("Who works on it"), say("Time"), say("How it ended"),
)  # fmt: skip
CaseArea, CaseTeam = aliased(Area, name="case_area"), aliased(Team, name="case_team")
CaseProduct, Original = aliased(Product, name="case_product"), aliased(Case, name="case_original")
Resolver = aliased(User, name="case_resolver")

CASE = entity(
    Entity(
        kind="case",
        label=say("Case"),
        label_plural=say("Cases"),
        model=Case,
        default_columns=(
            "number",
            "subject",
            "account",
            "status",
            "priority",
            "limit",
            "time_left",
            "owner",
            "opened_at",
        ),
        default_sort="-opened_at",
        title_field="subject",
        unique_order=Case.id,
        search=columns.case_like,
    )
)


def _moment(name: str, label: Phrase, column: Any, **more: Any) -> Field:
    """A moment that follows from what happens to a case."""
    common: dict[str, Any] = {"editable": False, "filterable": True, "sortable": True, "group": LIMITS}
    return Field(name, Kind.MOMENT, label, column, **{**common, **more})


def _among(name: str, label: Phrase, column: Any, other: Any, options: Any) -> Field:
    """Which area or team works on it."""
    return Field(
        name, Kind.REFERENCE, label, column, options=options, shown=other.name,
        join=lambda found: found.outerjoin(other, other.id == column), filterable=True, groupable=True, bulk=True,
        group=WORK,
    )  # fmt: skip


if not CASE.fields:
    CASE.declare(
        (
            Field(
                "number", Kind.LINE, say("Number"), Case.code, editable=False, filterable=True, sortable=True,
                sort_column=Case.number, nullable=False, width="narrow", group=WHAT,
            ),
            Field(
                "subject", Kind.LINE, say("Subject"), Case.subject, required=True, sortable=True, nullable=False,
                sort_column=Case.subject_key, width="wide", group=WHAT,
            ),
            Field("description", Kind.TEXT, say("Description"), Case.description, longest=50_000, group=WHAT),
            Field(
                "category", Kind.CHOICE, say("Category"), Case.category, picklist=words.CATEGORY.key, filterable=True,
                groupable=True, bulk=True, group=WHAT,
            ),
            Field(
                "channel", Kind.CHOICE, say("Channel"), Case.channel, picklist=words.CHANNEL.key, filterable=True,
                groupable=True, bulk=True, group=WHAT,
            ),
            Field(
                "product", Kind.REFERENCE, say("Product"), Case.product_id, target="product", shown=CaseProduct.name,
                join=lambda found: found.outerjoin(CaseProduct, CaseProduct.id == Case.product_id), filterable=True,
                group=WHAT,
            ),
            *with_fields(Case, group=WHOM),
            Field(
                "status", Kind.CHOICE, say("Status"), Case.status, choices=words.STATUSES, required=True,
                nullable=False, filterable=True, groupable=True, bulk=True, group=WORK,
            ),
            Field(
                "priority", Kind.CHOICE, say("Priority"), Case.priority, choices=words.PRIORITIES, required=True,
                nullable=False, filterable=True, groupable=True, bulk=True, group=WORK,
            ),
            owner_field(Case, group=WORK),
            _among("area", say("Area"), Case.area_id, CaseArea, columns.areas_in_use),
            _among("team", say("Team"), Case.team_id, CaseTeam, columns.teams_in_use),
            Field(
                "open", Kind.YES_NO, say("Still open"), Case.status, editable=False, filterable=True,
                matches=columns.still_open, is_order=True,
            ),
            Field(
                "limit", Kind.CHOICE, say("Limit"), columns.LIMIT.label("limit"), choices=words.LIMITS, editable=False,
                filterable=True, nullable=False, matches=columns.near_limit, group=LIMITS,
            ),
            _moment("due_at", say("Next limit"), Case.due_at),
            Field(
                "time_left", Kind.LINE, say("Time left"), Case.due_at, shown=terms_of_limit(), told=told_until,
                editable=False, sortable=True, sort_column=Case.due_at, group=LIMITS, hint=say("In open hours."),
            ),
            _moment(
                "opened_at", say("Opened"), Case.opened_at, nullable=False, editable=True, hint=say("Left empty: now.")
            ),
            _moment("status_since", say("In this status since"), Case.status_since, nullable=False),
            _moment("first_response_at", say("First answered"), Case.first_response_at),
            _moment("resolved_at", say("Resolved on"), Case.resolved_at, group=END),
            _moment("closed_at", say("Closed on"), Case.closed_at, group=END),
            Field("resolution", Kind.TEXT, say("Resolution"), Case.resolution, longest=20_000, group=END),
            Field(
                "resolved_by", Kind.REFERENCE, say("Resolved by"), Case.resolved_by_id, options=people_of_crm,
                shown=Resolver.name, join=lambda found: found.outerjoin(Resolver, Resolver.id == Case.resolved_by_id),
                is_person=True, editable=False, group=END,
            ),
            Field(
                "duplicate_of", Kind.REFERENCE, say("Duplicate of"), Case.duplicate_of_id, target="case",
                shown=Original.code, join=lambda found: found.outerjoin(Original, Original.id == Case.duplicate_of_id),
                filterable=True, group=END, hint=say("A duplicate is closed, and nothing is promised for it any more."),
            ),
            Field(
                "satisfaction", Kind.WHOLE, say("Satisfaction"), Case.satisfaction, minimum=Decimal(1),
                maximum=Decimal(5), filterable=True, width="narrow", group=END, hint=say("1 is bad, 5 is good."),
            ),
            Field(
                "satisfaction_comment", Kind.TEXT, say("What the customer said about it"), Case.satisfaction_comment,
                longest=4000, personal=True, group=END,
            ),
            *noted_fields(Case),
        )
    )  # fmt: skip
