"""Load against capacity: what a wave carries in all, by profile and by person, and what nobody estimated."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from implementor.waves.capacity import WaveCapacity

NOTHING = Decimal(0)
MUST_AT_MOST = Decimal(60)
"""Per cent of the points that must-haves may take: the rest is the room in which a plan can give way (DSDM)."""


@dataclass(frozen=True)
class LoadLine:
    """What is needed of something and how much of it there is; `room` is None where nobody said."""

    name: str
    needed: Decimal
    room: Decimal | None
    stories: int = 0

    @property
    def over(self) -> Decimal:
        """How much more is needed than there is; nothing while it fits or nobody knows."""
        return max(self.needed - self.room, NOTHING) if self.room is not None else NOTHING

    @property
    def left(self) -> Decimal:
        """How much is still free."""
        return max(self.room - self.needed, NOTHING) if self.room is not None else NOTHING


@dataclass(frozen=True)
class PlanLoad:
    """The load of a wave; `unestimated` are stories without points, `too_large` must-haves beyond the whole capacity.

    `must_share` is the per cent of the points that must-haves take, None without any points. `unowned` are points that
    nobody has taken on yet.
    """

    points: LoadLine
    profiles: Sequence[LoadLine]
    people: Sequence[LoadLine]
    unowned: LoadLine | None
    unestimated: Sequence[Any]
    too_large: Sequence[Any]
    must_share: Decimal | None

    @property
    def has_many_musts(self) -> bool:
        """Whether must-haves leave too little room to give way."""
        return self.must_share is not None and self.must_share > MUST_AT_MOST


def load_of(rows: Sequence[Any], efforts: Iterable[Any], capacity: WaveCapacity) -> PlanLoad:
    """The load of the stories `rows` (points, moscow, owner_id, owner) that the wave carries, dropped ones left out.

    `efforts` are rows (profile, hours, stories). Names of profiles are one whatever their capitals.
    """
    points = sum((row.points for row in rows if row.points is not None), NOTHING)
    musts = sum((row.points for row in rows if row.points is not None and row.moscow == "must"), NOTHING)
    whole = capacity.points
    return PlanLoad(
        LoadLine("", points, whole, len(rows)),
        _profiles(efforts, capacity),
        _people(rows, capacity),
        _unowned(rows),
        [row for row in rows if row.points is None],
        [row for row in rows if whole is not None and row.moscow == "must" and (row.points or NOTHING) > whole],
        (100 * musts / points).quantize(Decimal(1)) if points else None,
    )


def _profiles(efforts: Iterable[Any], capacity: WaveCapacity) -> list[LoadLine]:
    names: dict[str, str] = {}
    needed: dict[str, Decimal] = defaultdict(lambda: NOTHING)
    stories: dict[str, int] = defaultdict(int)
    room: dict[str, Decimal] = {}
    for row in efforts:
        key = _key(row.profile, names)
        needed[key] += row.hours
        stories[key] += row.stories
    for profile, hours in capacity.hours_by_profile.items():
        key = _key(profile, names)
        room[key] = room.get(key, NOTHING) + hours
    lines = [LoadLine(name, needed[key], room.get(key), stories[key]) for key, name in names.items()]
    return sorted(lines, key=lambda one: (-one.over, one.name.casefold()))


def _key(profile: str, names: dict[str, str]) -> str:
    key = profile.strip().casefold()
    names.setdefault(key, profile.strip())
    return key


def _people(rows: Iterable[Any], capacity: WaveCapacity) -> list[LoadLine]:
    needed: dict[int, Decimal] = defaultdict(lambda: NOTHING)
    stories: dict[int, int] = defaultdict(int)
    names: dict[int, str] = {}
    room: dict[int, Decimal | None] = {}
    for row in rows:
        if row.owner_id is not None:
            names[row.owner_id] = row.owner
            needed[row.owner_id] += row.points or NOTHING
            stories[row.owner_id] += 1
    placeholders = []
    for person in capacity.people:
        if person.user_id is None:
            placeholders.append(LoadLine(person.name, NOTHING, person.points))
            continue
        names.setdefault(person.user_id, person.name)
        known = room.get(person.user_id)
        room[person.user_id] = person.points if known is None else known + (person.points or NOTHING)
    lines = [LoadLine(name, needed[one], room.get(one), stories[one]) for one, name in names.items()]
    return [*sorted(lines, key=lambda one: (-one.over, one.name.casefold())), *placeholders]


def _unowned(rows: Sequence[Any]) -> LoadLine | None:
    free = [row for row in rows if row.owner_id is None]
    if not free:
        return None
    return LoadLine("", sum((row.points for row in free if row.points is not None), NOTHING), None, len(free))
