"""What waits for what: which dependencies a plan keeps, and which ones a move would break."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Place:
    """A wave in the order of its project."""

    rank: str
    wave_id: int
    number: int
    name: str

    @property
    def order(self) -> tuple[str, int]:
        """Waves with a lower one come first."""
        return self.rank, self.wave_id


@dataclass(frozen=True)
class End:
    """One of the two stories of a dependency; `place` is None while it is in no wave."""

    id: int
    number: int
    title: str
    place: Place | None = None
    is_done: bool = False


@dataclass(frozen=True)
class Link:
    """`blocked` waits for `blocker`."""

    blocked: End
    blocker: End

    @property
    def is_kept(self) -> bool:
        """Whether what is waited for is done, or comes in the same wave or an earlier one; a story that is in no wave
        promises nothing."""
        if self.blocked.place is None or self.blocker.is_done or self.blocked.is_done:
            return True
        return self.blocker.place is not None and self.blocker.place.order <= self.blocked.place.order

    def moved(self, ids: Collection[int], to: Place | None) -> Link:
        """The same dependency once these stories are in another wave, or in none."""
        return Link(*(replace(one, place=to) if one.id in ids else one for one in (self.blocked, self.blocker)))


def broken_by(links: Iterable[Link], ids: Collection[int], to: Place | None) -> list[Link]:
    """The dependencies that hold now and no longer would after the move, as they then are."""
    moved = [(link, link.moved(ids, to)) for link in links]
    return [after for before, after in moved if before.is_kept and not after.is_kept]


def lights_of(links: Iterable[Link], ids: Collection[int], to: Place | None) -> Mapping[int, Sequence[Link]]:
    """For each of these stories that waits for another: what it would wait for in vain if it were in that wave."""
    found: dict[int, list[Link]] = {}
    for link in links:
        if link.blocked.id in ids:
            waiting = found.setdefault(link.blocked.id, [])
            after = link.moved({link.blocked.id}, to)
            if not after.is_kept:
                waiting.append(after)
    return found


def cycles_in(links: Iterable[Link]) -> list[list[End]]:
    """Rings of stories that wait for each other, each once, beginning with its lowest number."""
    waits: dict[int, list[End]] = {}
    for link in links:
        waits.setdefault(link.blocked.id, []).append(link.blocker)
    ends = {one.id: one for link in links for one in (link.blocked, link.blocker)}
    found: dict[frozenset[int], list[End]] = {}
    done: set[int] = set()
    for start in sorted(waits, key=lambda one: ends[one].number):
        ring = _ring_from(start, waits, done)
        if ring:
            first = min(range(len(ring)), key=lambda place: ends[ring[place]].number)
            found.setdefault(frozenset(ring), [ends[one] for one in (*ring[first:], *ring[:first])])
    return list(found.values())


def _ring_from(start: int, waits: Mapping[int, Sequence[End]], done: set[int]) -> list[int]:
    """The first ring that is met on the way from a story, without calling itself: chains may be long."""
    path: list[int] = []
    places: dict[int, int] = {}
    stack: list[tuple[int, int]] = [(start, 0)]
    while stack:
        story, depth = stack.pop()
        for left in path[depth:]:
            places.pop(left)
            done.add(left)
        del path[depth:]
        if story in places:
            return path[places[story] :]
        if story in done:
            continue
        places[story] = len(path)
        path.append(story)
        stack += [(one.id, depth + 1) for one in waits.get(story, ())]
    done.update(path)
    return []
