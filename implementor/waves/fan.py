"""The charts of forecasts: the fan of a wave, and the past weeks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from babel.dates import format_skeleton
from flask import url_for

from implementor.foundation.charts import Element, Guide, Line, Mark, Words, line_chart
from implementor.foundation.words import Phrase, say
from implementor.waves.forecast import SHARES
from implementor.waves.forecasting import ProjectForecast, WaveForecast
from implementor.waves.throughput import WEEK, Week
from implementor.web.language import locale, show_date, show_number

MOST_STEPS = 40
PATTERNS = {50: (2, "2 4"), 70: (4, "6 3"), 85: (1, None), 95: (6, "8 4")}
SHOWN_WEEKS = 26


def fan_chart(made: ProjectForecast, found: WaveForecast, gates: Sequence[Guide] = ()) -> Element:
    """How many stories of a wave are done by which day with which chance, with its scope, the promised day and those of
    its gates."""
    finished, left = found.wave.finished, found.left
    days = _days(made, found, gates)
    scope = Decimal(finished + left)
    marks = [Mark(days[0], scope), Mark(days[-1], scope)]
    lines = [Line(str(say("Scope %(number)s", number=show_number(scope))), marks, 3, "6 4")]
    for share in SHARES:
        series, dashes = PATTERNS[share]
        marks = [Mark(day, _done(made, found, day, share)) for day in days]
        lines.append(Line(str(say("%(chance)s %%", chance=share)), marks, series, dashes))
    guides = [Guide(found.wave.ends_on, str(say("Promised")))] if found.wave.ends_on else []
    guides += [gate for gate in gates if gate.day >= days[0]]
    description = say(
        "Each line is the number of stories that are finished with that chance or a better one. Where it meets the "
        "dashed line of the scope, the wave is done."
    )
    words = Words(str(finding_of(found)), str(description), short_day, show_number)
    return line_chart("fan", lines, words, guides)


def finding_of(found: WaveForecast) -> Phrase:
    """The forecast of a wave in one sentence."""
    even, sure = found.dates[50], found.dates[85]
    if even is None or sure is None:
        return say("At this pace the wave is not done within five years.")
    if found.chance is None:
        return say("Done by %(even)s as likely as not, by %(sure)s with a chance of 85 %%.",
                   even=show_date(even), sure=show_date(sure))  # fmt: skip
    return say(
        "Done by %(even)s as likely as not, by %(sure)s with a chance of 85 %%; the promised %(day)s has a chance of "
        "%(chance)s %%.",
        even=show_date(even),
        sure=show_date(sure),
        day=show_date(found.wave.ends_on),
        chance=round(found.chance * 100),
    )


def throughput_chart(weeks: Sequence[Week], address: Mapping[str, Any]) -> Element:
    """Stories finished in each of the last weeks; every mark opens them."""
    shown = weeks[-SHOWN_WEEKS:]
    marks = [
        Mark(
            week.monday,
            Decimal(week.finished),
            str(say("Week of %(day)s: %(count)s finished", day=show_date(week.monday), count=week.finished)),
            url_for("waves.forecast", week=week.monday.isoformat(), _anchor="week", **address),
        )
        for week in shown
    ]
    total = sum(week.finished for week in shown)
    finding = say("%(count)s stories were finished in the last %(weeks)s weeks.", count=total, weeks=len(shown))
    words = Words(
        str(finding), str(say("Stories finished in each week, weeks without any included.")), short_day, show_number
    )
    return line_chart("throughput", [Line(str(say("Finished stories")), marks, 1)], words)


def short_day(day: date) -> str:
    """Day and month, for the axis of a chart."""
    return str(format_skeleton("MMMd", day, locale=locale()))


def _days(made: ProjectForecast, found: WaveForecast, gates: Sequence[Guide]) -> list[date]:
    ends = [
        day for day in (*found.dates.values(), found.wave.ends_on, *(gate.day for gate in gates)) if day is not None
    ]
    last = max([*ends, made.today + WEEK])
    step = max((last - made.today).days // MOST_STEPS, 1)
    days = [made.today + timedelta(days=place) for place in range(0, (last - made.today).days, step)]
    return [*days, last]


def _done(made: ProjectForecast, found: WaveForecast, day: date, share: int) -> Decimal:
    done = min(max(made.done_by(day, share) - found.ahead, 0.0), float(found.left))
    return Decimal(str(round(done, 2))) + Decimal(found.wave.finished)
