"""The load of audiences by hand: ramps, limits, blackout periods, coverage of champions, days of the transition."""

from datetime import date
from fractions import Fraction
from types import SimpleNamespace

import pytest

from implementor.audiences.coverage import coverage_of
from implementor.audiences.load import Blackout, Ramp, Release, loads_of, weeks_of
from implementor.audiences.transition import dated

RELEASE = date(2026, 4, 10)  # a Friday; its week begins on the 6th


@pytest.mark.parametrize(
    ("weeks", "share"), [(-4, 0), (-3, Fraction(1, 4)), (0, 1), (1, Fraction(6, 7)), (6, Fraction(1, 7)), (7, 0)],
)  # fmt: skip
def test_the_ramp_rises_over_three_weeks_and_falls_over_six(weeks: int, share: Fraction) -> None:
    assert Ramp().share(weeks) == share


def test_releases_add_up_and_a_week_above_the_limit_is_marked() -> None:
    releases = [Release(1, RELEASE, 20), Release(2, date(2026, 4, 17), 16)]
    weeks = weeks_of(releases, Ramp())
    assert (weeks[0], weeks[-1], len(weeks)) == (date(2026, 3, 16), date(2026, 5, 25), 11)
    loads = {one.week: one for one in loads_of(7, releases, Ramp(), weeks)}
    assert loads[date(2026, 4, 6)].tenths == 20 + 16 * Fraction(3, 4)
    assert loads[date(2026, 4, 13)].tenths == 20 * Fraction(6, 7) + 16
    assert [one.week for one in loads.values() if one.is_over] == [date(2026, 4, 6), date(2026, 4, 13)]
    assert loads[date(2026, 4, 6)].load == 3.2


def test_blackout_periods_are_of_their_audience_or_of_everybody() -> None:
    closed = [Blackout("Closing", date(2026, 4, 12), date(2026, 4, 12), None),
              Blackout("Fair", date(2026, 4, 6), date(2026, 4, 7), 8)]  # fmt: skip
    found = loads_of(7, [Release(1, RELEASE, 20)], Ramp(), [date(2026, 4, 6), date(2026, 4, 13)], closed)
    assert [one.blackouts for one in found] == [("Closing",), ()]
    assert [one.is_clash for one in found] == [True, False]


@pytest.mark.parametrize(
    ("people", "champions", "needed", "missing"),
    [(0, 0, 0, 0), (1, 0, 1, 1), (15, 1, 1, 0), (16, 1, 2, 1), (30, 5, 2, 0)],
)  # fmt: skip
def test_one_champion_stands_by_fifteen(people: int, champions: int, needed: int, missing: int) -> None:
    found = coverage_of(people, champions, people_per_champion=15)
    assert (found.needed, found.missing) == (needed, missing)


@pytest.mark.parametrize(
    ("kind", "offset", "is_warned"),
    [
        ("training", -7, False),
        ("training", 1, True),
        ("go_live", -1, True),
        ("go_live", 0, False),
        ("support", -1, True),
    ],
)
def test_a_step_moves_with_its_wave_and_is_warned_of_on_the_wrong_side(kind: str, offset: int, is_warned: bool) -> None:
    step = SimpleNamespace(id=1, kind=kind, offset_days=offset, planned_on=None, done_on=None, area_id=1)
    for release in (RELEASE, date(2026, 5, 8)):
        (found,) = dated([(step, SimpleNamespace(ends_on=release))], today=date(2026, 3, 1))
        assert found.on is not None
        assert (found.on - release).days == offset
        assert (found.warning is not None) == is_warned
    (waiting,) = dated([(step, SimpleNamespace(ends_on=None))], today=date(2026, 3, 1))
    assert (waiting.on, waiting.warning, waiting.is_late) == (None, None, False)
