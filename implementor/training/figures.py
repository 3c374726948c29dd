"""The figures of training, each as a share with its parts: attendance, completion, no-show, passing, gain, recency."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from implementor.training.models import ATTENDED, COMPLETED, NO_SHOW, THERE
from implementor.training.validity import RECENT_DAYS, is_recent


@dataclass(frozen=True)
class Part:
    """What the figures need of one enrolment. Scores are out of 100."""

    person_id: int
    state: str
    pass_mark: int
    score_before: int | None = None
    score_after: int | None = None
    trained_on: date | None = None


@dataclass(frozen=True)
class Share:
    """`count` of `total`; of nothing there is no ratio."""

    count: int
    total: int

    @property
    def ratio(self) -> Fraction | None:
        """From 0 to 1."""
        return Fraction(self.count, self.total) if self.total else None


def _share(parts: Iterable[bool]) -> Share:
    kept = list(parts)
    return Share(sum(kept), len(kept))


def attendance(parts: Iterable[Part]) -> Share:
    """Of all who were assigned, those who came."""
    return _share(part.state in THERE for part in parts)


def completion(parts: Iterable[Part]) -> Share:
    """Of all who were assigned, those who completed the course."""
    return _share(part.state == COMPLETED for part in parts)


def no_show(parts: Iterable[Part]) -> Share:
    """Of those whose session was held, those who did not come."""
    return _share(part.state == NO_SHOW for part in parts if part.state in (NO_SHOW, ATTENDED, COMPLETED))


def passing(parts: Iterable[Part]) -> Share:
    """Of those with a score at the end, those who reached the mark of their course."""
    return _share(part.score_after >= part.pass_mark for part in parts if part.score_after is not None)


def gain(parts: Iterable[Part]) -> Fraction | None:
    """The mean of points gained from before to after, over those who have both scores; None without any."""
    gained = [
        part.score_after - part.score_before
        for part in parts
        if part.score_after is not None and part.score_before is not None
    ]
    return Fraction(sum(gained), len(gained)) if gained else None


def recency(parts: Iterable[Part], people: Collection[int], live_on: date, *, within: int = RECENT_DAYS) -> Share:
    """Of these people, those who completed a course within so many days before going live; each counts once."""
    recent = {
        part.person_id
        for part in parts
        if part.state == COMPLETED and is_recent(part.trained_on, live_on, within=within)
    }
    return Share(len(recent & set(people)), len(set(people)))


def normalised_gain(parts: Iterable[Part]) -> Fraction | None:
    """The mean share of what could still be gained that was gained: (after - before) / (100 - before), after Hake 1998.

    Whoever had all points before could gain nothing and is left out; None without anybody else.
    """
    gained = [
        Fraction(part.score_after - part.score_before, 100 - part.score_before)
        for part in parts
        if part.score_after is not None and part.score_before is not None and part.score_before < 100
    ]
    return sum(gained, Fraction(0)) / len(gained) if gained else None
