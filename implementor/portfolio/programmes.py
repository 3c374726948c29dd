"""What a programme adds up to: the worst of its projects with one sentence why, and their money in its currency."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from implementor.finance.rates import Rates
from implementor.finance.standing import MoneyStanding
from implementor.foundation.words import Phrase, say
from implementor.status.health import SEVERITY, Dimension, Health


@dataclass(frozen=True)
class Worst:
    """The dimension that decides about a programme, and of which project it is."""

    project: Any
    dimension: Dimension

    @property
    def sentence(self) -> Phrase:
        """Why the programme has its colour."""
        return say(
            "%(project)s, %(dimension)s: %(why)s",
            project=self.project.name, dimension=self.dimension.label, why=self.dimension.sentence,
        )  # fmt: skip


def worst_of(projects: Sequence[Any], health: Mapping[int, Health]) -> Worst | None:
    """The worst dimension of the worst project, the first of several; None without projects."""
    known = [Worst(one, health[one.id].worst) for one in projects if one.id in health]
    return max(known, key=lambda one: SEVERITY[one.dimension.colour], default=None)


@dataclass(frozen=True)
class MoneyTotal:
    """Money of several projects in minor units of one currency; `missing` names currencies without a rate.

    `left_out` counts projects whose money is not in the sum, because the reader does not see it or it has no rate.
    """

    currency: str
    budget: int
    actual: int
    committed: int
    forecast: int
    projects: int
    left_out: int
    missing: tuple[str, ...] = ()


def money_total(projects: Sequence[Any], money: Mapping[int, MoneyStanding], currency: str, rates: Rates) -> MoneyTotal:
    """The sum over the projects whose money is known, in the currency of the programme by the rates of a day."""
    known = [money[one.id] for one in projects if one.id in money and money[one.id].budget is not None]
    missing = rates.missing({one.currency for one in known}, currency)
    added = [one for one in known if one.currency == currency or not {one.currency, currency} & set(missing)]

    def sum_of(name: str) -> int:
        return sum(rates.convert(int(getattr(one, name) or 0), one.currency, currency) for one in added)

    return MoneyTotal(
        currency, sum_of("budget"), sum_of("actual"), sum_of("committed"), sum_of("forecast"),
        projects=len(added), left_out=len(projects) - len(added), missing=tuple(missing),
    )  # fmt: skip
