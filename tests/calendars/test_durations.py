"""Targets are read as people write hours and minutes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from implementor.calendars.durations import LONGEST, BadDuration, read_duration, write_duration


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("", None), ("4", 240), ("4 h", 240), ("1,5 h", 90), ("1.5h", 90), ("2 h 30 min", 150), ("45 min", 45),
     ("1:30", 90),
     ("2 horas", 120), ("30 minutos", 30), (" 90m ", 90)],
)  # fmt: skip
def test_times_are_read(text: str, minutes: int | None) -> None:
    assert read_duration(text) == minutes


@pytest.mark.parametrize("text", ["0", "soon", "-1", "1:75", "99999 h", "4 h 4 h", "1e3", "9" * 4000])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(BadDuration):
        read_duration(text)


@settings(deadline=None)
@given(st.integers(1, LONGEST))
def test_what_is_shown_is_read_as_the_same_time(minutes: int) -> None:
    assert read_duration(write_duration(minutes)) == minutes
