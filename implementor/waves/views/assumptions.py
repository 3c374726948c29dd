"""What a reader of a forecast assumes, read from the address; what cannot be read is said and does not count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import isfinite

from flask import request

from implementor.foundation.text import whole_number
from implementor.foundation.words import Phrase, say
from implementor.waves.forecasting import Assumptions

MOST_CAPACITY, MOST_STORIES, MOST_SEED = 300, 10_000, 2**31
ESTIMATES = ("low", "likely", "high")


@dataclass(frozen=True)
class Asked:
    """The assumptions, the day that is asked about, what was typed for each, and what is wrong beside its name."""

    assumptions: Assumptions
    by: date | None
    typed: dict[str, str]
    faults: dict[str, Phrase]

    def address(self) -> dict[str, str]:
        """The assumptions as the next address carries them."""
        return {name: text for name, text in self.typed.items() if text and name not in self.faults}


def asked_of_forecast() -> Asked:
    """Read capacity, low, likely, high, seed and by."""
    typed = {name: request.args.get(name, "").strip()[:40] for name in ("capacity", "seed", "by", *ESTIMATES)}
    faults: dict[str, Phrase] = {}
    capacity = _whole(typed, faults, "capacity", 1, MOST_CAPACITY) or Assumptions.capacity
    seed = _whole(typed, faults, "seed", 0, MOST_SEED)
    low, likely, high = (_stories(typed, faults, name) for name in ESTIMATES)
    if 0 < sum(one is not None for one in (low, likely, high)) < 3 and not faults:
        missing = next(name for name in ESTIMATES if not typed[name])
        faults[missing] = say("Give all three numbers: few, likely and many.")
    if high == 0:
        faults["high"] = say("With nothing finished in any week nothing is ever done.")
        low = likely = high = None
    assumptions = Assumptions(capacity, low, likely, high, Assumptions.seed if seed is None else seed)
    return Asked(assumptions, _day(typed, faults), typed, faults)


def _whole(typed: dict[str, str], faults: dict[str, Phrase], name: str, least: int, most: int) -> int | None:
    if not typed[name]:
        return None
    number = whole_number(typed[name])
    if number is None or not least <= number <= most:
        faults[name] = say("Write a whole number from %(least)s to %(most)s.", least=least, most=most)
        return None
    return number


def _stories(typed: dict[str, str], faults: dict[str, Phrase], name: str) -> float | None:
    if not typed[name]:
        return None
    try:
        number = float(typed[name].replace(",", "."))
    except ValueError:
        number = -1.0
    if not isfinite(number) or not 0 <= number <= MOST_STORIES:
        faults[name] = say("Write a number of stories from 0 to %(most)s.", most=MOST_STORIES)
        return None
    return number


def _day(typed: dict[str, str], faults: dict[str, Phrase]) -> date | None:
    if not typed["by"]:
        return None
    try:
        return date.fromisoformat(typed["by"])
    except ValueError:
        faults["by"] = say("This is not a day.")
        return None
