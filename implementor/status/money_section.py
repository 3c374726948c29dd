"""The money of a report: amounts as they are shown, and the same as numbers for its chart."""

from __future__ import annotations

from implementor.adoption.worth_reading import Benefits
from implementor.finance.standing import MoneyStanding
from implementor.foundation.money import digits
from implementor.foundation.words import Phrase, say
from implementor.status.sections import Section
from implementor.web.language import show_money, show_number


def money_section(money: MoneyStanding | None, sentence: str, benefits: Benefits) -> Section | None:
    """Budget, costs and forecast, and what adoption made of benefits; None where nobody keeps a budget or a rate is
    missing."""
    if money is None or money.is_empty or money.missing:
        return None
    amounts: tuple[tuple[Phrase, int | None], ...] = (
        (say("Budget"), money.budget),
        (say("Spent so far"), money.actual),
        (say("Committed"), money.committed),
        (say("Forecast at completion"), money.forecast),
        (say("At completion, if the rest costs what it cost so far"), money.at_completion),
    )
    indices = ((say("Cost index (CPI)"), money.cost_index), (say("Schedule index (SPI)"), money.schedule_index))
    shown = [[str(label), show_money(value, money.currency)] for label, value in amounts if value is not None]
    shown += [[str(label), show_number(value)] for label, value in indices if value is not None]
    if benefits.total is not None:
        worth = benefits.total
        gained = ((say("Benefits planned to date"), worth.planned), (say("Benefits won"), worth.won),
                  (say("Benefits lost to slow adoption"), worth.lost))  # fmt: skip
        shown += [[str(label), show_money(value, benefits.currency)] for label, value in gained]
    unit = 10 ** int(digits(money.currency))
    return {
        "sentence": sentence,
        "currency": money.currency,
        "pairs": shown,
        "bars": [[str(label), round(value / unit, 2)] for label, value in amounts[:4] if value is not None],
    }
