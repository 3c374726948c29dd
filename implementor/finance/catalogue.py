"""The fields of budget lines and contracts, said once for their lists, forms, export and history."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, cast, func, select
from sqlalchemy.orm import aliased

from implementor.auth.models import Area, User
from implementor.finance.models import BudgetAmount, BudgetLine, Contract
from implementor.finance.models.budget import ACTUAL, COMMITTED, PLANNED
from implementor.finance.queries.lines import lines_offered
from implementor.foundation.fields import Choice, Entity, Field, Kind, Scope, entity
from implementor.foundation.model import Rows
from implementor.foundation.words import say
from implementor.metrics.catalogue import people_offered
from implementor.projects.queries import areas_of_project
from implementor.waves.models import Wave

CATEGORIES = (
    Choice("licence", say("Licences")),
    Choice("services", say("Services")),
    Choice("people", say("People")),
    Choice("training", say("Training")),
    Choice("integration", say("Integration")),
    Choice("other", say("Other")),
)
AMOUNT_KINDS = (
    Choice("planned", say("Planned amounts")),
    Choice("committed", say("Committed")),
    Choice("actual", say("Spent")),
    Choice("forecast", say("Forecast")),
)
VERDICTS = (Choice("go", say("Go"), "ok"), Choice("no_go", say("No-go"), "off"))
columns, of_contract = BudgetLine.__table__.c, Contract.__table__.c
LineOwner, ContractOwner = aliased(User, name="line_owner"), aliased(User, name="contract_owner")
LineArea, LineWave = aliased(Area, name="line_area"), aliased(Wave, name="line_wave")
PayingLine = aliased(BudgetLine, name="paying_line")
TERM, COST = say("Term"), say("Cost and licences")

BUDGET_LINE = entity(
    Entity(
        kind="budget_line",
        label=say("Budget line"),
        label_plural=say("Budget lines"),
        model=BudgetLine,
        default_columns=("title", "category", "owner_id", "planned", "committed", "actual"),
        default_sort="title",
        title_field="title",
        unique_order=columns.id,
        search=lambda words: columns.title.icontains(words, autoescape=True),
    )
)
CONTRACT = entity(
    Entity(
        kind="contract",
        label=say("Contract"),
        label_plural=say("Contracts"),
        model=Contract,
        default_columns=("title", "supplier", "verdict", "amount", "ends_on", "owner_id"),
        default_sort="ends_on",
        title_field="title",
        unique_order=of_contract.id,
        search=lambda words: (
            of_contract.title.icontains(words, autoescape=True) | of_contract.supplier.icontains(words, autoescape=True)
        ),
    )
)


def waves_offered(scope: Scope) -> Rows:
    """The (id, name) rows of the waves of the project, for choices."""
    found = select(Wave.id, Wave.name).where(Wave.project_id == scope.project_id, Wave.archived_at.is_(None))
    return found.order_by(Wave.rank, Wave.id)


def areas_offered(scope: Scope) -> Rows:
    """The (id, name) rows of the areas the project is for."""
    return areas_of_project(project_id=scope.project_id or 0)


def _sum_of(kind: str) -> ColumnElement[Any]:
    """What stands in all months of a line."""
    found = select(cast(func.sum(BudgetAmount.amount), BigInteger)).where(
        BudgetAmount.line_id == BudgetLine.id, BudgetAmount.kind == kind
    )
    return found.correlate(BudgetLine).scalar_subquery().label(kind)


def _joined(other: Any, key: Any) -> Any:
    return lambda statement: statement.outerjoin(other, other.id == key)


if not BUDGET_LINE.fields:
    BUDGET_LINE.declare(
        (
            Field(
                "title", Kind.LINE, say("Title"), columns.title, required=True, longest=160, sortable=True,
                sort_column=columns.title_key, nullable=False, width="wide",
            ),
            Field(
                "category", Kind.CHOICE, say("Category"), columns.category, required=True, choices=CATEGORIES,
                nullable=False, filterable=True, groupable=True, bulk=True, begins=lambda _scope: "licence",
            ),
            Field(
                "currency", Kind.CURRENCY, say("Currency"), columns.currency, nullable=False, width="narrow",
                hint=say("The project's, when left empty. It stays once there are amounts."),
            ),
            Field(
                "area_id", Kind.REFERENCE, say("Area"), columns.area_id, options=areas_offered, shown=LineArea.name,
                join=_joined(LineArea, BudgetLine.area_id), filterable=True, groupable=True, bulk=True,
            ),
            Field(
                "wave_id", Kind.REFERENCE, say("Wave"), columns.wave_id, options=waves_offered, shown=LineWave.name,
                join=_joined(LineWave, BudgetLine.wave_id), filterable=True, groupable=True, bulk=True,
            ),
            Field(
                "owner_id", Kind.REFERENCE, say("Owner"), columns.owner_id, options=people_offered,
                shown=LineOwner.name, join=_joined(LineOwner, BudgetLine.owner_id), filterable=True, groupable=True,
                bulk=True, is_person=True,
            ),
            Field("note", Kind.TEXT, say("What is behind it"), columns.note, longest=4000),
            *(
                Field(
                    kind, Kind.MONEY, label, _sum_of(kind), currency=columns.currency, editable=False, width="narrow"
                )
                for kind, label in (
                    (PLANNED, say("Planned amounts")), (COMMITTED, say("Committed")), (ACTUAL, say("Spent"))
                )
            ),
        )
    )  # fmt: skip
    CONTRACT.declare(
        (
            Field(
                "title", Kind.LINE, say("Title"), of_contract.title, required=True, longest=160, sortable=True,
                sort_column=of_contract.title_key, nullable=False, width="wide",
            ),
            Field("supplier", Kind.LINE, say("Supplier"), of_contract.supplier, required=True, nullable=False),
            Field("purpose", Kind.TEXT, say("What it is for"), of_contract.purpose, longest=4000),
            Field(
                "owner_id", Kind.REFERENCE, say("Owner"), of_contract.owner_id, options=people_offered,
                shown=ContractOwner.name, join=_joined(ContractOwner, Contract.owner_id), filterable=True,
                groupable=True, is_person=True,
            ),
            Field(
                "verdict", Kind.CHOICE, say("Purchase"), of_contract.verdict, choices=VERDICTS, editable=False,
                filterable=True, groupable=True,
            ),
            Field("starts_on", Kind.DATE, say("Begins"), of_contract.starts_on, group=TERM),
            Field(
                "ends_on", Kind.DATE, say("Ends"), of_contract.ends_on, group=TERM, filterable=True, sortable=True
            ),
            Field(
                "warn_days", Kind.WHOLE, say("Warn before the end"), of_contract.warn_days, group=TERM,
                minimum=Decimal(0), maximum=Decimal(730), nullable=False, begins=lambda _scope: 60, width="narrow",
                hint=say("Days before the end of the term on which its owner hears of it; 60 when empty."),
            ),
            Field(
                "amount", Kind.MONEY, say("Cost"), of_contract.amount, currency=of_contract.currency,
                minimum=Decimal(0), group=COST, hint=say("Of the whole term; spread over its months once bought."),
            ),
            Field(
                "line_id", Kind.REFERENCE, say("Budget line"), of_contract.line_id, options=lines_offered,
                shown=PayingLine.title, join=_joined(PayingLine, Contract.line_id), filterable=True, group=COST,
            ),
            Field(
                "licences", Kind.WHOLE, say("Licences bought"), of_contract.licences, minimum=Decimal(0),
                maximum=Decimal(10_000_000), group=COST, width="narrow",
            ),
        )
    )  # fmt: skip
