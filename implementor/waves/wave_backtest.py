"""Backtest of waves: what a forecast would have stated at the start of each, against what was finished in its days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from math import ceil, floor, inf, sqrt
from typing import Any

from implementor.waves.backtest import EARLIER, SEED, Coverage
from implementor.waves.forecast import RUNS, SHARES, draws_from, simulate
from implementor.waves.throughput import weekly

WEEK = timedelta(weeks=1)
SURE = 1.96
"""Standard errors to either side between which 95 of 100 true shares lie (Wilson's interval)."""


@dataclass(frozen=True)
class WaveTrial:
    """A wave that is over: `stated` maps chances (per cent) to stories, `finished` is what its days brought.

    Nothing is stated where fewer than EARLIER `weeks` lay behind its start.
    """

    wave: Any
    weeks: int
    stated: Mapping[int, int]
    finished: int

    def holds(self, share: int) -> bool:
        """Whether it brought at least what was stated with a chance of `share` per cent."""
        return self.finished >= self.stated[share]


def wave_trials(
    waves: Sequence[Any], finishes: Sequence[datetime], *, began: datetime, zone: tzinfo, seed: int = SEED
) -> list[WaveTrial]:
    """One trial for each wave (with started_at and closed_at), from whole weeks before its start alone."""
    return [_trial(wave, finishes, began, zone, seed) for wave in waves]


def coverage_of_waves(tried: Iterable[WaveTrial]) -> Coverage:
    """The share of waves that brought what was stated, for each chance; those with nothing stated do not count."""
    rows = [one for one in tried if one.stated]
    kept = {share: 100 * sum(row.holds(share) for row in rows) / len(rows) if rows else 0.0 for share in SHARES}
    return Coverage(len(rows), kept)


def likely_between(per_cent: float, count: int) -> tuple[int, int]:
    """The per cents between which the true share lies when `per_cent` of `count` were observed, 95 times of 100."""
    if not count:
        return 0, 100
    share, square = per_cent / 100, SURE**2
    middle = share + square / (2 * count)
    half = SURE * sqrt(share * (1 - share) / count + square / (4 * count**2))
    low, high = ((middle + sign * half) / (1 + square / count) for sign in (-1, 1))
    return max(round(100 * low), 0), min(round(100 * high), 100)


def _trial(wave: Any, finishes: Sequence[datetime], began: datetime, zone: tzinfo, seed: int) -> WaveTrial:
    past = weekly((at for at in finishes if at < wave.started_at), began=began, at=wave.started_at, zone=zone)
    brought = sum(wave.started_at <= at <= wave.closed_at for at in finishes)
    if len(past) < EARLIER:
        return WaveTrial(wave, len(past), {}, brought)
    lasted = (wave.closed_at - wave.started_at) / WEEK
    draws = draws_from([week.finished for week in past])
    runs = simulate(draws, inf, seed=seed, runs=RUNS, longest=ceil(lasted) + 1)
    stated = {}
    for share in SHARES:
        before, after = runs.done_by(int(lasted), share), runs.done_by(int(lasted) + 1, share)
        stated[share] = floor(before + (after - before) * (lasted - int(lasted)))
    return WaveTrial(wave, len(past), stated, brought)
