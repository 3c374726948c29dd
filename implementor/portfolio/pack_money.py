"""The money of a consolidated pack: added up in one currency by the rates of the day, and project by project."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from implementor.calendars.services.rates import base_currency
from implementor.finance.rates import known_rates
from implementor.finance.standing import MoneyStanding
from implementor.foundation.money import digits
from implementor.foundation.words import say, say_n
from implementor.portfolio.programmes import MoneyTotal, money_total
from implementor.portfolio.standings import Standings
from implementor.projects.models import Programme
from implementor.status.sections import Section
from implementor.web.language import show_money


def money_part(
    session: Session, programme: Programme | None, projects: Sequence[Any], known: Standings
) -> Section | None:
    """What the projects cost together, of those whose money is seen; None where no budget is kept or none is seen."""
    currency = programme.currency if programme is not None else base_currency(session)
    rates = known_rates(session, known.on)
    total = money_total(projects, known.money, currency, rates)
    if not total.projects and not total.missing:
        return None
    rows = [_row(one, known.money[one.id]) for one in projects if one.id in known.money]
    return {
        "sentence": _sentence(total),
        "currency": currency,
        "pairs": [[str(label), show_money(value, currency)] for label, value in _amounts(total)],
        "rows": [row for row in rows if row is not None],
        "bars": [_bar(one, known.money[one.id], total, rates) for one in projects if _is_added(one, known, total)],
    }


def _amounts(total: MoneyTotal) -> list[tuple[Any, int]]:
    return [
        (say("Budget"), total.budget), (say("Spent"), total.actual), (say("Committed"), total.committed),
        (say("Forecast"), total.forecast),
    ]  # fmt: skip


def _sentence(total: MoneyTotal) -> str:
    parts = [str(say("%(forecast)s forecast, %(budget)s budget", forecast=show_money(total.forecast, total.currency),
                     budget=show_money(total.budget, total.currency)))]  # fmt: skip
    if total.missing:
        parts.append(str(say("There is no exchange rate of %(currencies)s, so those projects are left out.",
                             currencies=", ".join(total.missing))))  # fmt: skip
    if total.left_out:
        parts.append(str(say_n("%(count)s project is not in the sum.", "%(count)s projects are not in the sum.",
                               total.left_out)))  # fmt: skip
    return ". ".join(part.rstrip(".") for part in parts) + "."


def _is_added(project: Any, known: Standings, total: MoneyTotal) -> bool:
    money = known.money.get(project.id)
    if money is None or money.budget is None or money.forecast is None:
        return False
    return money.currency == total.currency or not {money.currency, total.currency} & set(total.missing)


def _bar(project: Any, money: MoneyStanding, total: MoneyTotal, rates: Any) -> list[Any]:
    unit = 10 ** int(digits(total.currency))
    budget, forecast = (
        round(rates.convert(int(value or 0), money.currency, total.currency) / unit, 2)
        for value in (money.budget, money.forecast)
    )
    return [project.key, budget, forecast]


def _row(project: Any, money: MoneyStanding) -> list[str] | None:
    """A project's amounts in its own currency."""
    if money.is_empty or money.missing:
        return None
    amounts = (money.budget, money.actual, money.committed, money.forecast)
    return [project.key, *("" if value is None else show_money(value, money.currency) for value in amounts)]
