"""The colours of a project on a day that is over: today's rules over the figures of then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from implementor.foundation.fields import Choice
from implementor.foundation.words import Phrase, say
from implementor.status import health
from implementor.status.figures import lateness, wave_figures
from implementor.status.health import DIMENSIONS, NOT_MEASURED, SEVERITY, RiskFigures
from implementor.status.limits import USUAL, Limits


@dataclass(frozen=True)
class Colour:
    """One dimension: what it is called, its computed colour and why; `by_hand` is who set which colour beside it."""

    label: Phrase
    key: str
    sentence: Phrase
    by_hand: Any = None

    @property
    def hand_choice(self) -> Choice:
        """The colour that was set by hand, in words."""
        return health.colour_choice(self.by_hand.ColourOverride.colour)

    @property
    def choice(self) -> Choice:
        """The colour in words, with its tone."""
        return health.colour_choice(self.key)


def colours_of(
    then: Mapping[str, Sequence[Any]], waves: Sequence[Any], tests: Any, money: Any, *, on: date, at: datetime,
    sees_money: bool, limits: Limits = USUAL,
    by_hand: Mapping[str, Any] | None = None,
) -> list[Colour]:  # fmt: skip
    """The six dimensions in their order; `tests` has `run` and `passed`, `money` is how it stood (None: not seen).

    `limits` and `by_hand` (by dimension) are those of that day.
    """
    running = [wave for wave in waves if wave.closed_at is None]
    figures = wave_figures(running, on=on)
    promised = [one for one in then["milestone"] if one.reached_on is None and one.promised_on is not None]
    dated = len(promised) + sum(1 for wave in running if wave.starts_on and wave.ends_on)
    hidden = NOT_MEASURED, say("Only those who see the budget see this colour.")
    found = {
        "scope": health.scope_colour(figures, limits),
        "time": health.time_colour(figures, lateness(running, promised, on=on), dated=dated, limits=limits),
        "money": _money(money, limits) if sees_money else hidden,
        "quality": health.quality_colour(tests.passed, tests.run, limits),
        "adoption": (NOT_MEASURED, say("Whom the waves concerned on a day that is over is not looked up.")),
        "risk": health.risk_colour(risk_figures(then, at)),
    }
    return [Colour(one.label, *found[one.key], (by_hand or {}).get(one.key)) for one in DIMENSIONS]


def worst_of(colours: Sequence[Colour]) -> Colour:
    """What decides about the whole."""
    return max(colours, key=lambda one: SEVERITY[one.key])


def _money(money: Any, limits: Limits) -> tuple[str, Phrase]:
    if money is None or money.budget is None or money.forecast is None:
        return health.money_colour(None, None)
    return health.money_colour(Decimal(money.budget), Decimal(money.forecast), limits)


def risk_figures(then: Mapping[str, Sequence[Any]], at: datetime) -> RiskFigures:
    """The counts that the colour of risk is computed from, of risks and obstacles as they were."""
    risks = [one for one in then["risk"] if one.opened_at <= at]
    is_open = [one for one in risks if one.closed_at is None]
    severe = [one for one in is_open if one.score >= health.SEVERE]
    planned = [one for one in severe if one.response == "accept" or one.response_plan]
    held_up = [one for one in then["obstacle"] if one.opened_at <= at and one.resolved_at is None]
    return RiskFigures(
        recorded=len(risks),
        severe=len(planned),
        severe_unplanned=len(severe) - len(planned),
        worst_score=max((one.score for one in is_open), default=0),
        critical_obstacles=sum(1 for one in held_up if one.severity == "critical"),
        high_obstacles=sum(1 for one in held_up if one.severity == "high"),
    )
