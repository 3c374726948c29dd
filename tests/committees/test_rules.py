"""The rules of committees without a database: rhythm, quorum, authority."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from implementor.committees.authority import may_alone
from implementor.committees.quorum import quorum_of
from implementor.committees.rhythm import moment_on, next_moments
from implementor.foundation.permissions import Role


@dataclass
class Turn:
    """A rhythm."""

    rhythm: str = "monthly"
    every: int = 1
    weekday: str = "1"
    week: str = "2"
    clock: str = "09:30"
    time_zone: str = "Europe/Madrid"
    first_on: date | None = None


@dataclass
class Limit:
    """What the lead decides alone."""

    amount: int | None = 5_000_00
    currency: str | None = "USD"
    days: int | None = 5
    role: str = "project_lead"


START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("turn", "days"),
    [
        (Turn(), ["2026-03-10", "2026-04-14", "2026-05-12"]),
        (Turn(every=3, first_on=date(2026, 1, 1)), ["2026-04-14", "2026-07-14", "2026-10-13"]),
        (Turn(week="5", weekday="4"), ["2026-03-27", "2026-04-24", "2026-05-29"]),
        (Turn(rhythm="weekly", every=2, weekday="3", first_on=date(2026, 2, 26)),
         ["2026-03-12", "2026-03-26", "2026-04-09"]),
        (Turn(rhythm="weekly", weekday="0"), ["2026-03-09", "2026-03-16", "2026-03-23"]),
        (Turn(rhythm="none"), []),
    ],
)  # fmt: skip
def test_the_next_days_of_a_rhythm(turn: Turn, days: list[str]) -> None:
    found = next_moments(turn, START, 3)
    assert [moment.date().isoformat() for moment in found] == days


def test_the_hour_on_the_wall_stays_over_summer_time() -> None:
    assert moment_on(date(2026, 3, 10), "09:30", "Europe/Madrid").hour == 8
    assert moment_on(date(2026, 4, 14), "09:30", "Europe/Madrid").hour == 7


@pytest.mark.parametrize(
    ("kind", "quorum", "voting", "present", "is_met"),
    [
        ("count", 2, 5, 2, True), ("count", 2, 5, 1, False), ("share", 50, 5, 3, True), ("share", 50, 5, 2, False),
        ("share", 50, 4, 2, True), ("share", 1, 3, 0, False), ("count", 3, 2, 2, False), ("share", 50, 0, 0, False),
    ],
)  # fmt: skip
def test_a_quorum_is_met_or_not(kind: str, quorum: int, voting: int, present: int, is_met: bool) -> None:
    assert quorum_of(kind, quorum, voting=voting, present=present).is_met is is_met


@pytest.mark.parametrize(
    ("limit", "cost", "is_within"),
    [
        (Limit(), (5_000_00, "USD", 5), True), (Limit(), (5_000_01, "USD", None), False),
        (Limit(), (None, None, 6), False), (Limit(), (100, "EUR", None), False),
        (Limit(), (-100_000, "EUR", -3), True), (Limit(amount=None, currency=None), (1, "USD", 0), False),
        (Limit(days=None), (1, "USD", 1), False), (Limit(role="sponsor"), (1, "USD", 1), False),
        (Limit(amount=0, days=0), (None, None, None), True),
    ],
)  # fmt: skip
def test_what_a_role_decides_alone(limit: Limit, cost: tuple[int, str, int], is_within: bool) -> None:
    amount, currency, days = cost
    found = may_alone([limit], {Role.PROJECT_LEAD}, amount=amount, currency=currency, days=days)
    assert found is is_within
