"""Figures by the months, quarters and years of a time, in the days of a zone, the same on both databases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from sqlalchemy import case

from implementor.foundation.measures import Measurable
from implementor.foundation.parting import Split
from implementor.foundation.words import Phrase, say
from implementor.metrics.compiling import split_of, time_called
from implementor.metrics.conditions import AsOf
from implementor.metrics.definitions import Window
from implementor.metrics.windows import began, days_of, midnight

WITHIN = ":"
"""What stands between a period and a time in the key of a part, such as `month:created_at`."""
MONTHS: Mapping[str, int] = {"month": 1, "quarter": 3, "year": 12}
BEHIND, AHEAD = 24, 12
"""Periods that are told apart before and after the day where the window has no bounds; the rest are two parts."""
EARLIER, LATER = "0", "later"
NAMES: Mapping[str, Phrase] = {EARLIER: say("Earlier"), LATER: say("Later")}


def periods_of(known: Measurable) -> dict[str, Phrase]:
    """Key and label of every period that records of a kind are parted by."""
    times = known.times_known().items()
    return {f"{period}{WITHIN}{key}": label_of(period, one.label) for key, one in times for period in MONTHS}


def label_of(period: str, time: Phrase | str) -> Phrase:
    """What a way to part by a time is called."""
    match period:
        case "month":
            return say("Month of %(time)s", time=time)
        case "quarter":
            return say("Quarter of %(time)s", time=time)
    return say("Year of %(time)s", time=time)


def split_called(known: Measurable, key: str, as_of: AsOf, window: Window) -> Split:
    """What parts figures under this key, periods too. Raises CannotMeasure, or MissingField."""
    period, mark, name = key.partition(WITHIN)
    if not mark or period not in MONTHS:
        return split_of(known, key)
    time = time_called(known, name)
    begun = list(_beginnings(MONTHS[period], as_of, window))
    names = [EARLIER, *(name_of(period, one) for one in begun[:-1])]
    bounds = [one if time.is_day else midnight(one, as_of.zone) for one in begun]
    ways = [(time.column < bound, part) for bound, part in zip(bounds, names, strict=True)]
    column = case(*ways, (time.column.is_not(None), LATER))
    return Split(key, label_of(period, time.label), column, lambda found: found)


def name_of(period: str, first: date) -> str:
    """The period that begins on a day, such as 2026-03, 2026-Q1 or 2026; their order is that of time."""
    if period == "year":
        return f"{first:%Y}"
    return f"{first:%Y-%m}" if period == "month" else f"{first:%Y}-Q{(first.month + 2) // 3}"


def _beginnings(months: int, as_of: AsOf, window: Window) -> Iterator[date]:
    """The first days of the periods of the window in order, and that of the one after the last."""
    first, last = days_of(window, as_of.on)
    last = last or as_of.on + timedelta(days=31 * months * AHEAD)
    earliest = as_of.on - timedelta(days=30 * months * BEHIND)
    each = began(max(first or earliest, earliest), months)
    while each <= last:
        yield each
        each = began(each + timedelta(days=31 * months), months)
    yield each
