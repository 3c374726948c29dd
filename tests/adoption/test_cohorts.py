"""Use in the weeks after training: counted by hand, and nothing of fewer than five people."""

from datetime import date, timedelta

from implementor.adoption.cohorts import cohorts
from implementor.training.figures import Share

MARCH, APRIL = date(2026, 3, 10), date(2026, 4, 20)


def test_cohorts_count_who_wrote_by_weeks_after_training() -> None:
    trained = dict.fromkeys(range(1, 7), MARCH) | {7: APRIL, 8: APRIL}
    seen = {(one, MARCH): False for one in range(1, 7)}
    seen |= {(one, MARCH + timedelta(days=14)): one <= 4 for one in range(1, 7)}
    seen |= {(one, MARCH + timedelta(days=28)): True for one in range(1, 4)}
    named = cohorts(trained, seen, named=True)
    assert [(one.months, one.people) for one in named] == [((MARCH.replace(day=1),), 6), ((APRIL.replace(day=1),), 2)]
    assert named[0].active == {
        0: Share(0, 6), 1: None, 2: Share(4, 6), 4: Share(3, 3), 8: None, 12: None,
    }  # fmt: skip
    (told,) = cohorts(trained, seen, named=False)
    assert (len(told.months), told.people) == (2, 8)
    assert (told.active[2], told.active[4]) == (Share(4, 6), None)
    assert cohorts({1: MARCH}, {}, named=False) == []
