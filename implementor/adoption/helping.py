"""Who needs help and why: where somebody is far from the targets of the formula, in figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

from implementor.adoption.days import SPAN
from implementor.adoption.formula import WHOLE, Terms, share
from implementor.foundation.words import Phrase, say

WRITING, PROMPT, COMPLETE, VALID, HEALTHY, SCORE = "writing", "prompt", "complete", "valid", "healthy", "score"
FIGURES: Mapping[str, Phrase] = {
    WRITING: say("Days with writing"), PROMPT: say("Talks entered in time"), COMPLETE: say("Completeness"),
    VALID: say("Validity"), HEALTHY: say("Open sales with all marks"), SCORE: say("Adoption index"),
}  # fmt: skip
"""What help may be meant to change."""
HALF = Decimal("0.5")
FAR = Decimal("0.2")
FELL = 1500
"""Ten-thousandths of the index lost in four weeks."""
ENOUGH_TALKS, ENOUGH_FIELDS, ENOUGH_SALES = 3, 10, 3
LIKE_WITHIN = 1000
"""Others are comparable whose figure was at most so many ten-thousandths away."""
FEWEST_OTHERS = 5


class Known(Protocol):
    """The facts of a person on a day that are looked at."""

    active_7: bool
    writing: int
    entered: int
    on_time: int
    wanted: int
    filled: int
    checked: int
    valid: int
    open_sales: int
    healthy: int
    score: int | None


@dataclass(frozen=True)
class Reason:
    """One thing in which somebody needs help; `gap` is how much of the target is missing, between 0 and 1."""

    figure: str
    sentence: Phrase
    gap: Decimal


def reasons_of(now: Known, before: Known | None, terms: Terms) -> list[Reason]:
    """Why somebody needs help, the largest gap first; nothing where nothing is far from its target."""
    found = [
        *_silence(now, terms),
        *_missed(PROMPT, now.on_time, now.entered, ENOUGH_TALKS, terms.prompt,
                 say("%(part)s of %(whole)s talks were entered in time", part=now.on_time, whole=now.entered)),
        *_missed(COMPLETE, now.filled, now.wanted, ENOUGH_FIELDS, terms.complete,
                 say("%(part)s of %(whole)s wanted fields are filled", part=now.filled, whole=now.wanted)),
        *_missed(VALID, now.valid, now.checked, ENOUGH_FIELDS, terms.valid,
                 say("%(part)s of %(whole)s filled fields are valid", part=now.valid, whole=now.checked)),
        *_missed(HEALTHY, now.healthy, now.open_sales, ENOUGH_SALES, terms.healthy,
                 say("%(part)s of %(whole)s open sales have all marks", part=now.healthy, whole=now.open_sales)),
        *_fall(now, before),
    ]  # fmt: skip
    return sorted(found, key=lambda reason: -reason.gap)


def _silence(now: Known, terms: Terms) -> Iterable[Reason]:
    gap = 1 - min(Decimal(now.writing) / terms.writing_days, Decimal(1))
    if not now.writing:
        yield Reason(WRITING, say("Wrote nothing in %(days)s days", days=SPAN), Decimal(1))
    elif gap >= HALF:
        told = say("Wrote on %(days)s of 28 days; %(target)s are wanted", days=now.writing, target=terms.writing_days)
        yield Reason(WRITING, told, gap)
    elif not now.active_7:
        yield Reason(WRITING, say("Wrote nothing in 7 days"), HALF)


def _missed(figure: str, part: int, whole: int, enough: int, target: int, sentence: Phrase) -> Iterable[Reason]:
    if whole < enough:
        return
    gap = 1 - min(Decimal(part) * 100 / (whole * target), Decimal(1))
    if gap >= FAR:
        yield Reason(figure, sentence, gap)


def _fall(now: Known, before: Known | None) -> Iterable[Reason]:
    if before is None or before.score is None or now.score is None or before.score - now.score < FELL:
        return
    lost = Decimal(before.score - now.score) / WHOLE
    points = int(lost * 100)
    yield Reason(SCORE, say("The index fell by %(points)s points in four weeks", points=points), lost)


def value_of(row: Known, figure: str) -> int | None:
    """A figure of a person on a day in ten-thousandths; None where nothing can be said."""
    if figure == SCORE:
        return row.score
    if figure == WRITING:
        return share(row.writing, SPAN)
    pairs: Mapping[str, tuple[int, int]] = {
        PROMPT: (row.on_time, row.entered), COMPLETE: (row.filled, row.wanted), VALID: (row.valid, row.checked),
        HEALTHY: (row.healthy, row.open_sales),
    }  # fmt: skip
    return share(*pairs[figure])


@dataclass(frozen=True)
class Effect:
    """How a figure moved after help, and how it moved of `n` others who stood alike and had none; ten-thousandths."""

    own: int
    others: int | None
    n: int

    @property
    def difference(self) -> int | None:
        """What is more than of the others; None where they are too few to tell anything of them."""
        return None if self.others is None else self.own - self.others


def effect_of(own: tuple[int, int], others: Sequence[tuple[int, int]]) -> Effect:
    """From pairs (then, now) of who was helped and of those who were not; only who stood alike then is compared."""
    alike = [(then, now) for then, now in others if abs(then - own[0]) <= LIKE_WITHIN]
    mean = sum(now - then for then, now in alike) / len(alike) if len(alike) >= FEWEST_OTHERS else None
    return Effect(own[1] - own[0], None if mean is None else round(mean), len(alike))


def pairs_of(then: Mapping[int, Any], now: Mapping[int, Any], figure: str) -> dict[int, tuple[int, int]]:
    """(then, now) of everybody of whom the figure is known on both days."""
    found = {}
    for user_id in then.keys() & now.keys():
        values = value_of(then[user_id], figure), value_of(now[user_id], figure)
        if values[0] is not None and values[1] is not None:
            found[user_id] = (values[0], values[1])
    return found
