"""Opening hours are read as people write them and refused with a sentence when they make no sense."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from implementor.calendars.opening_hours import BadHours, OpeningHours, hours_from_json, read_spans, write_spans


@pytest.mark.parametrize(
    ("text", "spans"),
    [("", ()), ("9-14", ((540, 840),)), ("16:00–19:30, 9:00-14:00", ((540, 840), (960, 1170))),
     ("00:00-24:00", ((0, 1440),)), ("9h30-14h00 y 16-18", ((570, 840), (960, 1080))), ("9.15-10", ((555, 600),))],
)  # fmt: skip
def test_hours_are_read(text: str, spans: tuple[tuple[int, int], ...]) -> None:
    assert read_spans(text) == spans
    assert read_spans(write_spans(spans)) == spans


@pytest.mark.parametrize(
    "text", ["9", "9-9", "18-9", "22:00-06:00", "9-14, 13-15", "9:60-10", "1-25", "x" * 5000, "9-24:01"]
)
def test_nonsense_is_refused(text: str) -> None:
    with pytest.raises(BadHours) as refused:
        read_spans(text)
    assert len(str(refused.value)) < 200


def test_a_day_has_a_bounded_number_of_spans() -> None:
    with pytest.raises(BadHours):
        read_spans(", ".join(f"{hour}:00-{hour}:30" for hour in range(24)))


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_hours_or_refused(text: str) -> None:
    try:
        spans = read_spans(text)
    except BadHours:
        return
    assert all(0 <= start < end <= 1440 for start, end in spans)


def test_hours_are_kept_and_read_back() -> None:
    hours = OpeningHours("Europe/Madrid", (((540, 840),),) * 7, "ES", "MD")
    assert hours_from_json(hours.as_json()) == hours
