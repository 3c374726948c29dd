"""The limits between the colours: those of practice, which a project may set otherwise, and the rules they make.

For time the index of earned value (0.95 and 0.85), for scope and quality the same distances, for money the forecast at
completion (over the budget, and a tenth over). All but days in per cent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal

from implementor.foundation.words import Phrase, say
from implementor.training.validity import RECENT_DAYS

HUNDRED = Decimal(100)
LATEST = 365
"""Days."""
ADOPTION_AMBER = 85
"""Per cent of what the thresholds of the waves want; the thresholds themselves are set with each wave."""
MOST_OVER = 1000
"""Per cent of the budget."""


@dataclass(frozen=True)
class Limits:
    """Up to which share, or from which share on, a dimension is on track (green) and at risk (amber).

    `number` counts how often a project set them; 0 are those of practice.
    """

    number: int = 0
    scope_green: int = 10
    scope_amber: int = 20
    time_green: int = 95
    time_amber: int = 85
    days_late: int = 14
    money_green: int = 0
    money_amber: int = 10
    quality_green: int = 95
    quality_amber: int = 85

    @property
    def values(self) -> dict[str, int]:
        """The limits by name, without the number."""
        return {name: value for name, value in asdict(self).items() if name != "number"}


USUAL = Limits()
NAMES = tuple(USUAL.values)


def rule_of(key: str, limits: Limits) -> Phrase:
    """How the colour of a dimension is computed, as people read it."""
    match key:
        case "scope":
            return say(
                "Points that came into or left the running waves since their start, against what they promised: "
                "up to %(green)s per cent on track, up to %(amber)s per cent at risk, beyond that off track.",
                green=limits.scope_green,
                amber=limits.scope_amber,
            )
        case "time":
            return say(
                "Validated points of the running waves against what should be validated by now, counted evenly from "
                "start to end: from %(green)s per cent on track, from %(amber)s per cent at risk, below that off "
                "track. A wave or milestone that is late is at risk, more than %(days)s days late off track.",
                green=limits.time_green,
                amber=limits.time_amber,
                days=limits.days_late,
            )
        case "money":
            return say(
                "Forecast at completion against the budget: up to %(green)s per cent over on track, up to %(amber)s "
                "per cent over at risk, beyond that off track.",
                green=limits.money_green,
                amber=limits.money_amber,
            )
        case "quality":
            return say(
                "User tests that passed when they were last run: from %(green)s per cent on track, from %(amber)s per "
                "cent at risk, below that off track.",
                green=limits.quality_green,
                amber=limits.quality_amber,
            )
        case "adoption":
            return _rule_of_adoption()
    return say(
        "An open critical obstacle, or a risk of 15 or more without a plan, is off track. A high obstacle or a planned "
        "risk of 15 or more is at risk. Otherwise on track."
    )


def _rule_of_adoption() -> Phrase:
    return say(
        "People trained and people using the CRM against the thresholds of their waves: reached on track, from "
        "%(amber)s per cent of it at risk, below that off track; the worse counts. Training is asked of waves "
        "that are live or go live within %(days)s days, use of waves that are live.",
        amber=ADOPTION_AMBER,
        days=RECENT_DAYS,
    )


def faults_of(values: Mapping[str, int | None]) -> dict[str, Phrase]:
    """What is wrong with limits, by name: each lies in its range, and on track is stricter than at risk."""
    faults: dict[str, Phrase] = {}
    for name in NAMES:
        most = LATEST if name == "days_late" else MOST_OVER if name.startswith("money") else 100
        value = values.get(name)
        if value is None or not 0 <= value <= most:
            faults[name] = say("Give a whole number from 0 to %(most)s.", most=most)
    for dimension in ("scope", "time", "money", "quality"):
        green, amber = values.get(f"{dimension}_green"), values.get(f"{dimension}_amber")
        if green is None or amber is None or faults:
            continue
        if (green < amber) if dimension in ("time", "quality") else (green > amber):
            faults[f"{dimension}_amber"] = say("On track is stricter than at risk.")
    return faults
