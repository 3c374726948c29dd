"""The next gate of a project: before the waves, then wave by wave, then behind them; with the day that is known."""

from collections import namedtuple
from datetime import date

import pytest

from implementor.portfolio.next_gate import next_gate
from implementor.stages.shipped_methods import newest_shipped

AGILE = newest_shipped()["agile"]
GateRow = namedtuple("GateRow", "is_open review_on")
Wave = namedtuple("Wave", "number starts_on ends_on")
OPEN, SHUT = GateRow(True, None), GateRow(False, None)
FIRST = Wave(1, date(2026, 3, 2), date(2026, 4, 10))
SECOND = Wave(2, date(2026, 4, 13), None)
END = date(2026, 12, 18)


@pytest.mark.parametrize(
    ("gates", "waves", "name", "on"),
    [
        ({}, [FIRST], "visualization", None),
        ({"visualization": GateRow(False, date(2026, 2, 20))}, [FIRST], "visualization", date(2026, 2, 20)),
        ({"visualization": OPEN}, [FIRST, SECOND], "planning-1", FIRST.starts_on),
        ({"visualization": OPEN, "planning-1": OPEN}, [FIRST], "implementation-1", FIRST.ends_on),
        ({"visualization": OPEN, "planning-1": OPEN, "implementation-1": OPEN}, [FIRST], "adoption-1", None),
        ({"visualization": OPEN}, [SECOND], "planning-2", SECOND.starts_on),
        ({"visualization": OPEN}, [], "release", END),
    ],
)
def test_it_is_the_first_on_the_way_that_is_shut(
    gates: dict[str, GateRow], waves: list[Wave], name: str, on: date | None
) -> None:
    found = next_gate(AGILE, gates, waves, END)
    assert found is not None
    assert (found.name, found.on) == (name, on)
    assert found.is_late(END.replace(year=2027)) == (on is not None)


def test_where_every_gate_is_open_or_there_is_none_nothing_is_next() -> None:
    assert next_gate(AGILE, {"visualization": OPEN, "release": OPEN}, [], END) is None
    assert next_gate(newest_shipped()["open"], {}, [FIRST], END) is None
