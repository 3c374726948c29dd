"""The figures of training against a count by hand, and how long a certificate counts."""

from datetime import date
from fractions import Fraction

import pytest

from implementor.training import figures
from implementor.training.figures import Part, Share
from implementor.training.validity import is_recent, valid_until

LIVE = date(2026, 4, 30)
PARTS = (
    Part(1, "completed", 70, 40, 80, date(2026, 4, 9)),
    Part(1, "completed", 70, None, 70, date(2026, 4, 20)),
    Part(2, "completed", 70, 50, 90, date(2026, 4, 8)),
    Part(3, "attended", 70, 60, 50, date(2026, 4, 20)),
    Part(4, "no_show", 70),
    Part(5, "booked", 70),
)


def test_each_figure_counts_what_it_says() -> None:
    assert figures.attendance(PARTS) == Share(4, 6)
    assert figures.completion(PARTS) == Share(3, 6)
    assert figures.no_show(PARTS) == Share(1, 5)
    assert figures.passing(PARTS) == Share(3, 4)
    assert figures.gain(PARTS) == Fraction(70, 3)
    assert figures.recency(PARTS, {1, 2, 3, 4}, LIVE) == Share(1, 4)
    assert figures.attendance(()).ratio is None
    assert figures.gain(()) is None


@pytest.mark.parametrize(
    ("trained_on", "months", "last"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 1, 31), None, None),
    ],
)
def test_a_certificate_ends_on_a_day_that_exists(trained_on: date, months: int | None, last: date | None) -> None:
    assert valid_until(trained_on, months) == last


def test_recent_is_up_to_21_days_before_going_live_and_never_after() -> None:
    days = (date(2026, 4, 8), date(2026, 4, 9), LIVE, date(2026, 5, 1), None)
    assert [is_recent(day, LIVE) for day in days] == [False, True, True, False, False]
