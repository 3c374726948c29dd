"""The fields of an amount of a budget, as files fill them."""

from __future__ import annotations

from decimal import Decimal

from implementor.finance.catalogue import AMOUNT_KINDS, BUDGET_LINE
from implementor.finance.models import BudgetAmount
from implementor.finance.queries.lines import lines_offered
from implementor.foundation.fields import Entity, Field, Kind
from implementor.foundation.words import say

LARGEST = Decimal(10) ** 13
columns = BudgetAmount.__table__.c

BUDGET_AMOUNT = Entity(
    kind="budget_amount",
    label=say("Amount of the budget"),
    label_plural=say("Amounts of the budget"),
    model=BudgetAmount,
    default_columns=("line", "kind", "month", "amount"),
    default_sort="month",
    title_field="line",
    unique_order=columns.id,
).declare(
    (
        Field(
            "line", Kind.REFERENCE, BUDGET_LINE.label, columns.line_id, options=lines_offered, required=True,
            nullable=False,
        ),
        Field("kind", Kind.CHOICE, say("Kind of amount"), columns.kind, choices=AMOUNT_KINDS, nullable=False),
        Field("month", Kind.DATE, say("Month"), columns.month, required=True, nullable=False),
        Field(
            "amount", Kind.DECIMAL, say("Amount"), columns.amount, required=True, minimum=-LARGEST, maximum=LARGEST,
        ),
    )
)  # fmt: skip
"""It has no list of its own: amounts stand in the grid of the budget and on the page of their line."""
