"""Load against capacity, worked by hand."""

from collections import namedtuple
from decimal import Decimal
from typing import Any

from implementor.planning.load import LoadLine, load_of
from implementor.waves.capacity import PersonRoom, WaveCapacity

Row = namedtuple("Row", "points moscow owner_id owner number")
Effort = namedtuple("Effort", "profile hours stories")
NONE = Decimal(0)


def room(user_id: int | None, name: str, points: int | None) -> PersonRoom:
    known = None if points is None else Decimal(points)
    return PersonRoom(f"u{user_id}", user_id, name, "Analyst", Decimal(5), known, Decimal(40), NONE)


def capacity(points: int | None, *people: PersonRoom, hours: dict[str, Decimal] | None = None) -> WaveCapacity:
    known = None if points is None else Decimal(points)
    return WaveCapacity(known, "stated" if known is not None else "none", Decimal(10), people, hours or {})


ROWS = [
    Row(Decimal(13), "must", 1, "Ana", 1),
    Row(Decimal(8), "must", 1, "Ana", 2),
    Row(Decimal(3), "could", 2, "Luis", 3),
    Row(None, "should", None, None, 4),
]


def test_totals_people_and_profiles_say_what_is_over() -> None:
    efforts = [Effort("Analyst ", Decimal(30), 2), Effort("analyst", Decimal(20), 1), Effort("Trainer", Decimal(5), 1)]
    room_of_all = capacity(20, room(1, "Ana", 15), room(2, "Luis", 5), room(None, "Two trainers", 4),
                           hours={"ANALYST": Decimal(40)})  # fmt: skip
    load: Any = load_of(ROWS, efforts, room_of_all)
    assert (load.points.needed, load.points.over, load.points.stories) == (24, 4, 4)
    assert [(one.name, one.needed, one.over, one.left) for one in load.people] == [
        ("Ana", 21, 6, 0), ("Luis", 3, 0, 2), ("Two trainers", 0, 0, 4),
    ]  # fmt: skip
    assert [(one.name, one.needed, one.room, one.over, one.stories) for one in load.profiles] == [
        ("Analyst", 50, 40, 10, 3), ("Trainer", 5, None, 0, 1),
    ]  # fmt: skip
    assert [row.number for row in load.unestimated] == [4], "listed, never guessed"
    assert (load.must_share, load.has_many_musts) == (88, True)
    assert load.unowned == LoadLine("", NONE, None, 1)


def test_capacity_of_zero_and_none_and_a_must_have_beyond_everything() -> None:
    nothing: Any = load_of(ROWS, [], capacity(0))
    assert (nothing.points.over, [row.number for row in nothing.too_large]) == (24, [1, 2])
    unknown: Any = load_of(ROWS, [], capacity(None))
    assert (unknown.points.over, unknown.points.left, unknown.too_large) == (0, 0, [])
    empty: Any = load_of([], [], capacity(20))
    assert (empty.must_share, empty.has_many_musts, empty.points.left, empty.unowned) == (None, False, 20, None)
