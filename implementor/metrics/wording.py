"""Values of metrics in the reader's words: with their unit, and what a standing says in a sentence."""

from __future__ import annotations

import copy
from decimal import Decimal

from babel.numbers import format_compact_decimal

from implementor.foundation.money import digits
from implementor.foundation.words import Phrase, say
from implementor.metrics.models import Metric
from implementor.metrics.standing import NOT_MEASURED, ON_TARGET, Standing
from implementor.web.language import locale, show_date, show_number

DECIMALS = 2
COMPACT_FROM, SHORT_MONEY_FROM = 10_000, 1_000_000


def shown_value(metric: Metric, value: Decimal | None) -> str:
    """A value with its unit, to two decimals. No value is a dash."""
    if value is None:
        return "–"
    number = show_number(round(value, DECIMALS))
    match metric.unit:
        case "money":
            return _amount(value, metric.currency or "EUR")
        case "percent":
            return f"{number}\u00a0%"
        case "days":
            return str(say("%(number)s days", number=number))
        case "hours":
            return str(say("%(number)s hours", number=number))
    return number


def short_value(metric: Metric, value: Decimal | None) -> str:
    """The same for tiles and lines of a board: large amounts as 1.85B COP."""
    if value is None or metric.unit != "money" or abs(value) < SHORT_MONEY_FROM:
        return shown_value(metric, value)
    short = format_compact_decimal(value, locale=locale(), fraction_digits=2)
    return f"{short}\u00a0{metric.currency}"


def _amount(value: Decimal, currency: str) -> str:
    """An amount in main units, with decimals only where it has any."""
    pattern = copy.copy(locale().currency_formats["standard"])
    places = 0 if value == value.to_integral_value() else digits(currency)
    pattern.frac_prec = (places, places)
    return str(pattern.apply(value, locale(), currency=currency, currency_digits=False))


def short_number(value: Decimal) -> str:
    """A number for an axis: large ones as 120K."""
    if abs(value) < COMPACT_FROM:
        return show_number(value)
    return str(format_compact_decimal(value, locale=locale(), fraction_digits=1))


def target_text(metric: Metric, *, short: bool = False) -> str:
    """The target as people say it: a value, or the two it should stay between."""
    show = short_value if short else shown_value
    if metric.target is None:
        return "–"
    if metric.direction != "range":
        return show(metric, metric.target)
    both = {"low": show(metric, metric.target), "high": show(metric, metric.target_top)}
    return str(say("%(low)s to %(high)s", **both))


def finding(metric: Metric, found: Standing) -> Phrase:
    """What the figures say in one sentence."""
    if found.latest is None:
        return say("Nothing is measured yet.")
    said = {"value": shown_value(metric, found.latest.value), "day": show_date(found.latest.day)}
    if found.expected is None:
        return say("It was %(value)s on %(day)s. There is no target to compare it with.", **said)
    said["expected"] = shown_value(metric, found.expected)
    if metric.direction == "range":
        if found.state == ON_TARGET:
            return say("It was %(value)s on %(day)s, within what is right today.", **said)
        return say("It was %(value)s on %(day)s; today %(expected)s would be right.", **said)
    if found.state == ON_TARGET:
        return say(
            "It was %(value)s on %(day)s, at least as good as the line to the target says: %(expected)s.", **said
        )
    return say("It was %(value)s on %(day)s; the line to the target says %(expected)s today.", **said)


def forecast(metric: Metric, found: Standing) -> Phrase | None:
    """Where the trend leads by the due day; None without a trend or a due day to come."""
    if found.projected is None or found.projected_state == NOT_MEASURED or metric.due_on is None:
        return None
    said = {
        "value": shown_value(metric, found.projected),
        "day": show_date(metric.due_on),
        "target": target_text(metric),
    }
    if found.projected_state == ON_TARGET:
        return say("If it goes on like this, it reaches %(value)s by %(day)s: the target of %(target)s is met.", **said)
    return say("If it goes on like this, it reaches %(value)s by %(day)s and misses the target of %(target)s.", **said)
