"""When a business is open: spans of local wall time per weekday, minus public holidays and closed days of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from implementor.calendars.working_days import holidays_of_year
from implementor.foundation.errors import Refusal
from implementor.foundation.words import Phrase, say

A_DAY = 24 * 60
MOST_SPANS = 12
Span = tuple[int, int]
"""Minutes after midnight, from and to; 1440 is the end of the day."""

_SPAN = re.compile(r"\s*(\d{1,2})(?:[:.h](\d{2}))?\s*[-–—]\s*(\d{1,2})(?:[:.h](\d{2}))?\s*")


class BadHours(Refusal):
    """What was typed as opening hours cannot be used."""


@dataclass(frozen=True)
class OpeningHours:
    """Seven weekdays (Monday first) of spans on the clocks of a time zone, without holidays and closed days.

    `country` is empty where public holidays are worked; `region` narrows them. Equal hours are one key of the caches.
    """

    zone: str
    week: tuple[tuple[Span, ...], ...]
    country: str = ""
    region: str | None = None
    closed_days: frozenset[date] = frozenset()

    def spans_on(self, day: date) -> tuple[Span, ...]:
        """The open spans of a local day, none when it is closed."""
        spans = self.week[day.weekday()]
        if not spans or day in self.closed_days:
            return ()
        if self.country and day in holidays_of_year(self.country, self.region, day.year):
            return ()
        return spans

    @property
    def is_ever_open(self) -> bool:
        """Whether any weekday has open hours."""
        return any(end > start for spans in self.week for start, end in spans)

    @property
    def time_zone(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    def as_json(self) -> dict[str, Any]:
        """A form that can be kept and read back by `hours_from_json`."""
        return {
            "zone": self.zone,
            "week": [[list(span) for span in spans] for spans in self.week],
            "country": self.country,
            "region": self.region,
            "closed_days": sorted(day.isoformat() for day in self.closed_days),
        }


def hours_from_json(kept: Mapping[str, Any]) -> OpeningHours:
    """The hours that `OpeningHours.as_json` made."""
    return OpeningHours(
        zone=kept["zone"],
        week=week_from_json(kept["week"]),
        country=kept["country"],
        region=kept["region"],
        closed_days=frozenset(date.fromisoformat(day) for day in kept["closed_days"]),
    )


def week_from_json(week: Iterable[Iterable[Sequence[int]]]) -> tuple[tuple[Span, ...], ...]:
    """A week as stored, in the form that hours have."""
    return tuple(tuple((span[0], span[1]) for span in spans) for spans in week)


def read_spans(text: str) -> tuple[Span, ...]:
    """Spans as people write them, "9:00-14:00, 16-19:30", in order; empty text is closed. Raises BadHours."""
    parts = [part for part in re.split(r"[,;/]|\by\b|\band\b", text) if part.strip()]
    spans = sorted(_read_span(part) for part in parts)
    if len(spans) > MOST_SPANS:
        raise BadHours(say("A day may have %(most)s spans of opening hours.", most=MOST_SPANS))
    for (_start, end), (start, _end) in pairwise(spans):
        if start < end:
            raise BadHours(say("Two spans overlap: the second begins at %(time)s.", time=_clock(start)))
    return tuple(spans)


def write_spans(spans: Iterable[Span]) -> str:
    """Spans as `read_spans` reads them; empty for a closed day."""
    return ", ".join(f"{_clock(start)}-{_clock(end)}" for start, end in spans)


def _read_span(text: str) -> Span:
    found = _SPAN.fullmatch(text)
    if found is None:
        raise BadHours(_not_hours(text))
    hour, minute, last_hour, last_minute = (int(part or 0) for part in found.groups())
    start, end = hour * 60 + minute, last_hour * 60 + last_minute
    if minute > 59 or last_minute > 59 or end > A_DAY:
        raise BadHours(_not_hours(text))
    if end <= start:
        raise BadHours(
            say("%(text)s ends before it begins. Write hours past midnight on the next day: 22:00-24:00, 00:00-06:00.",
                text=text.strip())
        )  # fmt: skip
    return start, end


def _not_hours(text: str) -> Phrase:
    return say("“%(text)s” are no opening hours. Write them like 9:00-14:00, 16:00-19:00.", text=text.strip()[:40])


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def read_closed_days(text: str) -> list[tuple[date, str]]:
    """Days and their names from lines such as "2026-12-24 Christmas Eve". Raises BadHours."""
    days = []
    for line in filter(None, (each.strip() for each in text.splitlines())):
        day, _blank, name = line.partition(" ")
        try:
            days.append((date.fromisoformat(day), name.strip()))
        except ValueError as fault:
            raise BadHours(
                say("“%(text)s” does not begin with a day. Write lines like 2026-12-24 Christmas Eve.", text=line[:40])
            ) from fault
    return days


def write_closed_days(days: Iterable[Sequence[str]]) -> str:
    """Stored closed days as `read_closed_days` reads them."""
    return "\n".join(f"{day} {name}".strip() for day, name in days)
