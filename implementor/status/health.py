"""The colours of a rollout: a stated rule for each of six dimensions, over figures that are named beside it.

Green, amber and red, and "not measured" where there is no figure to judge by. The limits are those of `limits`, for
risk the classes of the 5 x 5 matrix (15 and more is severe).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from implementor.foundation.fields import Choice
from implementor.foundation.small_groups import FEWEST_PEOPLE
from implementor.foundation.words import Phrase, say, say_n
from implementor.status.limits import ADOPTION_AMBER, HUNDRED, USUAL, Limits, rule_of

GREEN, AMBER, RED, NOT_MEASURED = "green", "amber", "red", "not_measured"
COLOURS = (
    Choice(GREEN, say("On track"), "ok"),
    Choice(AMBER, say("At risk"), "risk"),
    Choice(RED, say("Off track"), "off"),
    Choice(NOT_MEASURED, say("Not measured"), "neutral"),
)
SEVERITY = {NOT_MEASURED: 0, GREEN: 1, AMBER: 2, RED: 3}
"""How bad a colour is; the worst decides."""
DIMENSIONS = (
    Choice("scope", say("Scope")),
    Choice("time", say("Time")),
    Choice("money", say("Money")),
    Choice("quality", say("Quality")),
    Choice("adoption", say("Adoption")),
    Choice("risk", say("Risk")),
)
SEVERE = 15


@dataclass(frozen=True)
class Figure:
    """A figure behind a colour: what it is called, and its value as text or as a number."""

    label: Phrase
    value: int | Decimal | str | Phrase


@dataclass(frozen=True)
class Dimension:
    """One dimension of one project: colour, the sentence that says why, the figures, and the page that lists them."""

    key: str
    colour: str
    sentence: Phrase
    figures: tuple[Figure, ...] = ()
    endpoint: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    limits: Limits = USUAL

    @property
    def choice(self) -> Choice:
        """The colour in words, with its tone."""
        return colour_choice(self.colour)

    @property
    def label(self) -> Phrase:
        """What the dimension is called."""
        return dimension_choice(self.key).label

    @property
    def rule(self) -> Phrase:
        """How its colour is computed."""
        return rule_of(self.key, self.limits)


@dataclass(frozen=True)
class Health:
    """The six dimensions of a project in their order."""

    project_id: int
    dimensions: tuple[Dimension, ...]

    @property
    def worst(self) -> Dimension:
        """What decides: the worst dimension, of several the first."""
        return max(self.dimensions, key=lambda one: SEVERITY[one.colour])

    @property
    def colour(self) -> str:
        """The colour of the whole."""
        return self.worst.colour

    @property
    def choice(self) -> Choice:
        """The same in words."""
        return colour_choice(self.colour)

    @property
    def sentence(self) -> Phrase:
        """Why the whole has its colour."""
        return self.worst.sentence

    @property
    def measured(self) -> tuple[Dimension, ...]:
        """The dimensions that have figures."""
        return tuple(one for one in self.dimensions if one.colour != NOT_MEASURED)

    def of(self, key: str) -> Dimension:
        """One of the six by its key."""
        return next(one for one in self.dimensions if one.key == key)


@dataclass(frozen=True)
class WaveFigures:
    """Running waves of a project in points: promised at the start, come in and gone since, due by now, validated."""

    promised: Decimal = Decimal(0)
    added: Decimal = Decimal(0)
    removed: Decimal = Decimal(0)
    due: Decimal = Decimal(0)
    validated: Decimal = Decimal(0)
    running: int = 0


@dataclass(frozen=True)
class Lateness:
    """How many days something is behind its day, and what it is."""

    days: int
    what: str


@dataclass(frozen=True)
class RiskFigures:
    """What stands or may stand in the way of a project, open and in use; `recorded` counts closed risks too."""

    recorded: int = 0
    severe: int = 0
    severe_unplanned: int = 0
    worst_score: int = 0
    critical_obstacles: int = 0
    high_obstacles: int = 0


@dataclass(frozen=True)
class AdoptionFigures:
    """People concerned by waves, those trained, and how many the waves want; and the same of measured use.

    `people` and `measured` count everybody once for each wave; the wanted are sums of people by threshold.
    """

    people: int = 0
    trained: int = 0
    trained_wanted: Decimal = Decimal(0)
    measured: int = 0
    using: int = 0
    using_wanted: Decimal = Decimal(0)


def scope_colour(waves: WaveFigures, limits: Limits = USUAL) -> tuple[str, Phrase]:
    """Colour and reason from what running waves promised and what changed since."""
    if not waves.running or not waves.promised:
        return NOT_MEASURED, say("No wave with estimated stories is running.")
    moved = (waves.added + waves.removed) / waves.promised
    return (
        _at_most(moved, limits.scope_green, limits.scope_amber),
        say("%(share)s %% of the promised points came in or left since the start.", share=_percent(moved)),
    )


def time_colour(
    waves: WaveFigures, late: Sequence[Lateness], *, dated: int, limits: Limits = USUAL
) -> tuple[str, Phrase]:
    """Colour and reason from progress and from what is late; `dated` counts the waves and milestones with a day."""
    found: list[tuple[str, Phrase]] = []
    if waves.due:
        share = waves.validated / waves.due
        sentence = say("%(share)s %% of the points due by now are validated.", share=_percent(share))
        found.append((_at_least(share, limits.time_green, limits.time_amber), sentence))
    behind = max(late, key=lambda one: one.days, default=None)
    if behind is not None:
        colour = RED if behind.days > limits.days_late else AMBER
        words = say_n(
            "%(what)s is %(count)s day late.", "%(what)s is %(count)s days late.", behind.days, what=behind.what
        )
        found.append((colour, words))
    elif dated and not found:
        found.append((GREEN, say("No wave and no milestone is late.")))
    return _worst(found) or (NOT_MEASURED, say("No wave is running and no milestone has a day."))


def money_colour(budget: Decimal | None, forecast: Decimal | None, limits: Limits = USUAL) -> tuple[str, Phrase]:
    """Colour and reason from the forecast at completion against the budget, both in one currency."""
    if not budget or forecast is None:
        return NOT_MEASURED, say("No budget with a forecast is kept.")
    over = (forecast - budget) / budget
    if over > 0:
        sentence = say("The forecast is %(share)s %% over the budget.", share=_percent(over, least=1))
    else:
        sentence = say("The forecast is within the budget, using %(share)s %%.", share=_percent(forecast / budget))
    return _at_most(over, limits.money_green, limits.money_amber), sentence


def quality_colour(passed: int, run: int, limits: Limits = USUAL) -> tuple[str, Phrase]:
    """Colour and reason from user tests whose last run passed, of those that were run."""
    if not run:
        return NOT_MEASURED, say("No user test was run yet.")
    share = Decimal(passed) / Decimal(run)
    sentence = say("%(passed)s of %(run)s user tests passed when last run.", passed=passed, run=run)
    return _at_least(share, limits.quality_green, limits.quality_amber), sentence


def adoption_colour(people: AdoptionFigures) -> tuple[str, Phrase]:
    """Colour and reason from people trained and people using the CRM against what the waves want of each.

    Nothing is told of fewer people than may be told of, so that nobody is known by a figure.
    """
    found: list[tuple[str, Phrase]] = []
    if people.measured >= FEWEST_PEOPLE:
        sentence = say("%(count)s of %(total)s people use the CRM.", count=people.using, total=people.measured)
        found.append((_against(people.using, people.using_wanted), sentence))
    if people.people >= FEWEST_PEOPLE:
        sentence = say("%(count)s of %(total)s people are trained.", count=people.trained, total=people.people)
        found.append((_against(people.trained, people.trained_wanted), sentence))
    if not found and (people.people or people.measured):
        return NOT_MEASURED, say("Too few people are concerned to tell without naming them.")
    return _worst(found) or (NOT_MEASURED, say("No wave with people goes live soon or is live."))


def _against(count: int, wanted: Decimal) -> str:
    return _at_least(Decimal(count) / wanted if wanted else Decimal(1), 100, ADOPTION_AMBER)


def risk_colour(risks: RiskFigures) -> tuple[str, Phrase]:
    """Colour and reason from open risks and obstacles; a project that wrote none down was not looked at."""
    obstacles = risks.critical_obstacles + risks.high_obstacles
    if not risks.recorded and not obstacles:
        return NOT_MEASURED, say("No risk is written down.")
    if count := risks.critical_obstacles:
        return RED, say_n("%(count)s critical obstacle is open.", "%(count)s critical obstacles are open.", count)
    if count := risks.severe_unplanned:
        return RED, say_n("%(count)s severe risk has no plan.", "%(count)s severe risks have no plan.", count)
    if count := risks.high_obstacles:
        return AMBER, say_n("%(count)s high obstacle is open.", "%(count)s high obstacles are open.", count)
    if count := risks.severe:
        return AMBER, say_n("%(count)s severe risk with a plan.", "%(count)s severe risks with plans.", count)
    return GREEN, say("No severe risk and no high obstacle is open.")


def steady(reading: str, before: str, last_reading: str) -> str:
    """The colour a report shows: worse counts at once, better only where the last reading was better too.

    `before` is what the last report showed as computed, `last_reading` what it had read; what was not measured in one
    of them holds nothing back.
    """
    if not SEVERITY[reading] or not SEVERITY[before] or SEVERITY[reading] >= SEVERITY[before]:
        return reading
    better = max(reading, last_reading, key=lambda one: SEVERITY[one])
    return better if SEVERITY[better] < SEVERITY[before] else before


def colour_choice(key: str) -> Choice:
    """A colour in words, with its tone."""
    return next(one for one in COLOURS if one.key == key)


def dimension_choice(key: str) -> Choice:
    """A dimension in words."""
    return next(one for one in DIMENSIONS if one.key == key)


def _worst(found: Sequence[tuple[str, Phrase]]) -> tuple[str, Phrase] | None:
    return max(found, key=lambda one: SEVERITY[one[0]], default=None)


def _at_most(value: Decimal, green: int, amber: int) -> str:
    per_cent = value * HUNDRED
    return GREEN if per_cent <= green else AMBER if per_cent <= amber else RED


def _at_least(share: Decimal, green: int, amber: int) -> str:
    per_cent = share * HUNDRED
    return GREEN if per_cent >= green else AMBER if per_cent >= amber else RED


def _percent(share: Decimal, *, least: int = 0) -> int:
    return max(int((share * 100).to_integral_value()), least)
