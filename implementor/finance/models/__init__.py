"""Tables of money: budgets, what was approved of them, and contracts."""

from implementor.finance.models.baselines import BaselineAmount, BaselineStory, BudgetBaseline, VarianceLimit
from implementor.finance.models.budget import BudgetAmount, BudgetFact, BudgetLine
from implementor.finance.models.contracts import Contract, LicenceCount

__all__ = [
    "BaselineAmount",
    "BaselineStory",
    "BudgetAmount",
    "BudgetBaseline",
    "BudgetFact",
    "BudgetLine",
    "Contract",
    "LicenceCount",
    "VarianceLimit",
]
