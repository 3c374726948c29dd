"""What the figures of money say in plain sentences, for people who never heard of earned value."""

from __future__ import annotations

import copy
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.numbers import NumberPattern, format_compact_decimal

from implementor.finance.earned_value import EarnedValue
from implementor.finance.standing import MoneyStanding
from implementor.foundation.money import decimal_mark, plain_amount, show_amount, typed_amount
from implementor.foundation.numbers import typed_number
from implementor.foundation.words import Phrase, say, speech

LARGE, MILLION = Decimal(100_000), Decimal(1_000_000)
LONGEST_SHORT = 6
ABOUT_ONE = Decimal("0.005")
"""Indices this near to 1 are spoken of as on plan."""


def amount_text(minor: int | None, currency: str) -> str:
    """An amount for reading, large ones without the decimals that nobody compares; a dash for none."""
    if minor is None:
        return "–"
    value = plain_amount(minor, currency)
    if abs(value) < LARGE:
        return show_amount(minor, currency, speech().language)
    language = speech().language
    return str(_whole(language).apply(value, Locale.parse(language), currency=currency, currency_digits=False))


def short_amount(minor: int | None, currency: str) -> str:
    """An amount as a tile shows it: millions and more in three or four figures; a dash for none."""
    if minor is None or abs(plain_amount(minor, currency)) < MILLION:
        return amount_text(minor, currency)
    value, language = plain_amount(minor, currency), speech().language
    written = (format_compact_decimal(value, locale=language, fraction_digits=decimals) for decimals in (2, 1, 0))
    shortest = next((one for one in written if len(one) <= LONGEST_SHORT), None)
    return f"{shortest or format_compact_decimal(value, locale=language)} {currency}"


def input_amount(minor: int, currency: str) -> str:
    """An amount as an input shows it, without decimals that are zero."""
    whole, mark, fraction = typed_amount(minor, currency, speech().language).partition(decimal_mark(speech().language))
    return whole + mark + fraction if fraction.strip("0") else whole


@lru_cache(maxsize=8)
def _whole(language: str) -> NumberPattern:
    """The language's pattern of money, without decimals."""
    pattern: NumberPattern = copy.copy(Locale.parse(language).currency_formats["standard"])
    pattern.frac_prec = (0, 0)
    return pattern


def index_text(index: Decimal | None) -> str:
    """An index with two decimals; a dash where it cannot be measured."""
    return "–" if index is None else typed_number(index.quantize(Decimal("0.01")), speech().language)


def share_text(share: Decimal | None) -> str:
    """A share as a percentage with its sign; a dash for none."""
    if share is None:
        return "–"
    return f"{typed_number((share * 100).quantize(Decimal('0.1')), speech().language)} %"


def readings(standing: MoneyStanding) -> list[Phrase]:
    """What a sponsor reads before any figure: the budget, the work for the money, the time, and the end."""
    if standing.missing:
        return []
    said = [_budget(standing)]
    if standing.value is None or standing.value.earned is None:
        return [*said, _why_not_measured(standing)]
    value = standing.value
    return said + [one for one in (_cost(value), _schedule(value), _end(value, standing), _rest(value)) if one]


def _budget(standing: MoneyStanding) -> Phrase:
    over, currency = standing.variance or 0, standing.currency
    if standing.is_empty:
        return say("Nothing is written down of this project's money yet.")
    forecast, budget = amount_text(standing.forecast, currency), amount_text(standing.budget, currency)
    if over > 0:
        return say(
            "By what is written down everything will cost %(forecast)s: %(over)s more than the budget of %(budget)s.",
            forecast=forecast, over=amount_text(over, currency), budget=budget,
        )  # fmt: skip
    if over < 0:
        return say(
            "By what is written down everything will cost %(forecast)s: %(under)s less than the budget of %(budget)s.",
            forecast=forecast, under=amount_text(-over, currency), budget=budget,
        )  # fmt: skip
    return say("By what is written down everything will cost what the budget says: %(budget)s.", budget=budget)


def _why_not_measured(standing: MoneyStanding) -> Phrase:
    if not standing.is_approved:
        return say("What the work done is worth cannot be measured before the budget is approved.")
    return say(
        "What the work done is worth cannot be measured: when the budget was approved no story with points was in a "
        "wave. Approve it anew once the waves are planned."
    )


def _cost(value: EarnedValue) -> Phrase | None:
    index = value.cost_index
    if index is None:
        return say("Nothing was paid yet, so the work cannot be held against its cost.")
    if abs(index - 1) <= ABOUT_ONE:
        return say("For each unit of money that was spent, as much work is validated as was planned for it.")
    return say(
        "For each unit of money that was spent, work planned at %(index)s is validated (1 is on plan).",
        index=index_text(index),
    )


def _schedule(value: EarnedValue) -> Phrase | None:
    index = value.schedule_index
    if index is None:
        return say("Nothing was due yet.")
    if abs(index - 1) <= ABOUT_ONE:
        return say("Of the work that was due by now, all is validated.")
    if index > 1:
        return say("More is validated than was due by now: %(share)s of it.", share=share_text(index))
    return say("Of the work that was due by now, %(share)s is validated.", share=share_text(index))


def _end(value: EarnedValue, standing: MoneyStanding) -> Phrase | None:
    if value.at_completion is None or value.variance_at_completion is None:
        return None
    end, gap = value.at_completion, value.variance_at_completion
    if gap < 0:
        return say(
            "If the rest goes as it went so far, everything will cost %(end)s, %(gap)s over the budget.",
            end=amount_text(end, standing.currency), gap=amount_text(-gap, standing.currency),
        )  # fmt: skip
    return say(
        "If the rest goes as it went so far, everything will cost %(end)s, within the budget.",
        end=amount_text(end, standing.currency),
    )


def _rest(value: EarnedValue) -> Phrase | None:
    index = value.to_complete_index
    if index is None or index <= 1 + ABOUT_ONE:
        return None
    return say(
        "For the budget to last, each further unit of money has to bring work planned at %(index)s.",
        index=index_text(index),
    )
