"""How a project stands in the words of one line: its next gate, its milestones against promises, its money."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from implementor.finance.standing import MoneyStanding
from implementor.finance.wording import short_amount
from implementor.foundation.words import say
from implementor.portfolio.next_gate import NextGate
from implementor.portfolio.standings import Slip
from implementor.web.language import show_date

NOTHING = "–"


def gate_words(gate: NextGate | None, today: date) -> str:
    """A gate with its day, and whether that is over."""
    if gate is None:
        return NOTHING
    name = str(gate.stage.label)
    if gate.wave_number is not None:
        name = str(say("%(stage)s, wave %(number)s", stage=name, number=gate.wave_number))
    if gate.on is None:
        return str(say("%(gate)s: no day yet", gate=name))
    if gate.is_late(today):
        return str(say("%(gate)s: late since %(day)s", gate=name, day=show_date(gate.on)))
    return f"{name}: {show_date(gate.on)}"


def promise_words(found: Sequence[Slip]) -> str:
    """The milestone that slips most, or where none does the next one; `found` has the latest first."""
    if not found:
        return NOTHING
    worst = found[0]
    if worst.days > 0:
        return str(say("%(title)s: %(days)s days later than promised", title=worst.title, days=worst.days))
    soonest = min(found, key=lambda one: one.promised_on)
    return str(say("%(title)s: as promised, %(day)s", title=soonest.title, day=show_date(soonest.expected_on)))


def money_words(found: MoneyStanding | None) -> str:
    """The forecast beside the budget, or why they cannot be said."""
    if found is None or found.is_empty:
        return NOTHING
    if found.why_missing is not None:
        return str(found.why_missing)
    forecast, budget = (short_amount(one, found.currency) for one in (found.forecast, found.budget))
    return str(say("%(forecast)s forecast, %(budget)s budget", forecast=forecast, budget=budget))
