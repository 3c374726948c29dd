"""The fields of an account, said once for its list, page, forms, bulk edit, import and export."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import aliased

from implementor.auth.models import Area
from implementor.crm.accounts.models import Account
from implementor.crm.records.fields import noted_fields, owner_field
from implementor.foundation.choices import Choice, Picklist, picklist
from implementor.foundation.fields import Entity, Field, Kind, Scope, entity
from implementor.foundation.model import Rows
from implementor.foundation.text import folded
from implementor.foundation.words import say

picklist(
    Picklist(
        "account.type",
        say("Types of account"),
        (
            Choice("prospect", say("Prospect"), "review"),
            Choice("customer", say("Customer"), "ok"),
            Choice("former", say("Former customer")),
            Choice("partner", say("Partner")),
            Choice("supplier", say("Supplier")),
            Choice("other", say("Other")),
        ),
    )
)
picklist(
    Picklist(
        "account.industry",
        say("Industries"),
        (
            Choice("agriculture", say("Agriculture")),
            Choice("manufacturing", say("Manufacturing")),
            Choice("energy", say("Energy and water")),
            Choice("construction", say("Construction")),
            Choice("retail", say("Retail")),
            Choice("transport", say("Transport and logistics")),
            Choice("hospitality", say("Hotels and restaurants")),
            Choice("telecommunications", say("Telecommunications")),
            Choice("technology", say("Technology and software")),
            Choice("finance", say("Finance and insurance")),
            Choice("real_estate", say("Real estate")),
            Choice("services", say("Professional services")),
            Choice("employment", say("Employment services")),
            Choice("marketing", say("Marketing and advertising")),
            Choice("entertainment", say("Entertainment and media")),
            Choice("education", say("Education")),
            Choice("health", say("Health and social care")),
            Choice("public", say("Public administration")),
            Choice("other", say("Other")),
        ),
    )
)
picklist(
    Picklist(
        "account.segment",
        say("Segments of accounts"),
        (
            Choice("strategic", say("Strategic")),
            Choice("large", say("Large")),
            Choice("medium", say("Medium")),
            Choice("small", say("Small")),
        ),
    )
)

Parent = aliased(Account, name="account_parent")
AccountArea = aliased(Area, name="account_area")
ABOUT, CLASSES, REACHED, ADDRESS = say("Account"), say("Classification"), say("How to reach it"), say("Address")


def areas_in_use(_scope: Scope) -> Rows:
    """The areas of the company, by name."""
    return select(Area.id, Area.name).where(Area.archived_at.is_(None)).order_by(Area.name_key, Area.id)


def named_like(words: str) -> ColumnElement[bool]:
    """Accounts whose name begins with these words."""
    return Account.name_key.startswith(folded(words), autoescape=True)


ACCOUNT = entity(
    Entity(
        kind="account",
        label=say("Account"),
        label_plural=say("Accounts"),
        model=Account,
        default_columns=("name", "type", "industry", "segment", "city", "owner", "updated_at"),
        default_sort="name",
        title_field="name",
        unique_order=Account.id,
        search=named_like,
    )
)

if not ACCOUNT.fields:
    ACCOUNT.declare(
        (
            Field(
                "name", Kind.LINE, say("Name"), Account.name, required=True, sortable=True, nullable=False,
                sort_column=Account.name_key, width="wide", group=ABOUT,
            ),
            Field(
                "parent", Kind.REFERENCE, say("Belongs to"), Account.parent_id, target="account", shown=Parent.name,
                join=lambda found: found.outerjoin(Parent, Parent.id == Account.parent_id), filterable=True,
                group=ABOUT,
                hint=say("The account above it, such as the group a company is part of."),
            ),
            owner_field(Account, group=ABOUT),
            Field("tax_id", Kind.LINE, say("Tax number"), Account.tax_id, longest=40, filterable=True, group=ABOUT),
            Field("description", Kind.TEXT, say("Description"), Account.description, longest=20_000, group=ABOUT),
            Field(
                "type", Kind.CHOICE, say("Type"), Account.type, picklist="account.type", filterable=True,
                groupable=True, bulk=True, group=CLASSES,
            ),
            Field(
                "industry", Kind.CHOICE, say("Industry"), Account.industry, picklist="account.industry",
                filterable=True, groupable=True, bulk=True, group=CLASSES,
            ),
            Field(
                "segment", Kind.CHOICE, say("Segment"), Account.segment, picklist="account.segment",
                filterable=True, groupable=True, bulk=True, group=CLASSES,
            ),
            Field("zone", Kind.LINE, say("Zone"), Account.zone, longest=80, filterable=True, bulk=True, group=CLASSES),
            Field(
                "area", Kind.REFERENCE, say("Area"), Account.area_id, options=areas_in_use, shown=AccountArea.name,
                join=lambda found: found.outerjoin(AccountArea, AccountArea.id == Account.area_id),
                filterable=True, groupable=True, bulk=True, group=CLASSES,
            ),
            Field(
                "employees", Kind.WHOLE, say("Employees"), Account.employees, minimum=Decimal(0),
                maximum=Decimal(100_000_000), filterable=True, sortable=True, group=CLASSES, width="narrow",
            ),
            Field(
                "founded", Kind.WHOLE, say("Founded in"), Account.founded, minimum=Decimal(1000), maximum=Decimal(2100),
                group=CLASSES, width="narrow", is_year=True,
            ),
            Field(
                "revenue", Kind.MONEY, say("Turnover of a year"), Account.revenue_amount, currency=Account.currency,
                group=CLASSES,
            ),
            Field("email", Kind.EMAIL, say("E-mail"), Account.email, group=REACHED),
            Field("phone", Kind.PHONE, say("Telephone"), Account.phone, group=REACHED),
            Field("website", Kind.URL, say("Website"), Account.website, group=REACHED),
            Field("street", Kind.LINE, say("Street"), Account.street, longest=250, group=ADDRESS),
            Field("postcode", Kind.LINE, say("Postcode"), Account.postcode, longest=20, group=ADDRESS),
            Field("city", Kind.LINE, say("City"), Account.city, longest=100, group=ADDRESS),
            Field("region", Kind.LINE, say("Region"), Account.region, longest=100, group=ADDRESS),
            Field(
                "country", Kind.LINE, say("Country"), Account.country, longest=100, filterable=True, bulk=True,
                group=ADDRESS,
            ),
            *noted_fields(Account),
        )
    )  # fmt: skip
