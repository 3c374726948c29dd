"""Whether rows of a file fit into a plan of going live: each number once, what they wait for there, and no circles."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from implementor.cutover.timing import Waits, write_numbers
from implementor.foundation.words import Phrase, say


@dataclass(frozen=True)
class Brought:
    """A row that brings a step or changes one: the number of the step, and the numbers that it is to wait for."""

    row: int
    number: int
    after: tuple[int, ...]


def unfit(present: Waits, brought: Sequence[Brought], lost: Collection[int] = ()) -> Mapping[int, Phrase]:
    """Row -> why its step cannot be in the plan. `present` is the plan as it stands, `lost` are steps of refused rows.

    A row that is refused leaves its step as it stands, or away where it is new, and whoever waits for that is refused
    too. Of a circle every row that has a part in it is refused.
    """
    refused: dict[int, Phrase] = {}
    left: dict[int, Brought] = {}
    for one in brought:
        if one.number in left:
            refused[one.row] = say("Row %(row)s means the same step.", row=left[one.number].row)
        else:
            left[one.number] = one
    gone = set(lost)
    while found := _unknown(present, left, gone) or _in_circles(final(present, left.values()), left):
        for number, why in found.items():
            refused[left.pop(number).row] = why
            gone.add(number)
    return refused


def final(present: Waits, brought: Iterable[Brought]) -> dict[int, tuple[int, ...]]:
    """The plan as it will be."""
    return {**present, **{one.number: one.after for one in brought}}


def _unknown(present: Waits, left: Mapping[int, Brought], gone: Collection[int]) -> dict[int, Phrase]:
    found: dict[int, Phrase] = {}
    for number, one in left.items():
        unknown = [other for other in one.after if other not in present and other not in left]
        if unknown and all(other in gone for other in unknown):
            numbers = write_numbers(unknown)
            found[number] = say("It waits for step %(numbers)s, whose row cannot be taken.", numbers=numbers)
        elif unknown:
            numbers = write_numbers(other for other in unknown if other not in gone)
            found[number] = say("The plan has no step %(numbers)s.", numbers=numbers)
    return found


def _in_circles(plan: Waits, left: Mapping[int, Brought]) -> dict[int, Phrase]:
    reached = {number: _reached(plan, number) for number in left}
    found: dict[int, Phrase] = {}
    for number in left:
        if number in reached[number]:
            circle = {one for one in reached[number] if number in (reached.get(one) or _reached(plan, one))}
            found[number] = say("These steps would wait for each other in a circle: %(numbers)s.",
                                numbers=write_numbers(circle))  # fmt: skip
    return found


def _reached(plan: Waits, number: int) -> set[int]:
    """All that a step waits for, at once or by way of others; itself where that leads in a circle."""
    seen: set[int] = set()
    open_ = list(plan[number])
    while open_:
        one = open_.pop()
        if one not in seen:
            seen.add(one)
            open_ += plan.get(one, ())
    return seen
