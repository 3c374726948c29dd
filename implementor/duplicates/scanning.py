"""Searching a whole base for duplicates in flat memory: blocks and portraits lie in files that several may share."""

from __future__ import annotations

import marshal
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import IO

from implementor.duplicates.blocking import LARGEST_BLOCK, blocks_of, pairs_of_block
from implementor.duplicates.portraits import Portrait
from implementor.duplicates.scoring import Score, may_be_possible, score_of
from implementor.duplicates.weights import SHIPPED, Weighing

DRAWERS = 64
"""Into how many parts blocks and pairs are laid, so that one part of millions fits into memory."""
_HASH_MASK = 2**63 - 1
Candidate = tuple[int, int, Score]


class Cabinet:
    """Numbers that one of several searchers lays into drawers on disk; all of them take out what anybody laid."""

    def __init__(self, folder: Path, name: str, place: int, of: int) -> None:
        self._folder, self._name, self._of = folder, name, of
        self._paths = [folder / f"{name}-{place}-{drawer}" for drawer in range(DRAWERS)]
        self._files: list[IO[bytes]] = [path.open("wb") for path in self._paths]
        self._waiting: list[array[int]] = [array("q") for _path in self._paths]

    def lay(self, drawer: int, one: int, other: int) -> None:
        """Put two numbers into a drawer."""
        waiting = self._waiting[drawer]
        waiting.append(one)
        waiting.append(other)

    def write(self) -> None:
        """Bring what waits to disk; call it often enough that little waits."""
        for file, waiting in zip(self._files, self._waiting, strict=True):
            if waiting:
                waiting.tofile(file)
                del waiting[:]

    def drawer(self, drawer: int) -> Iterator[tuple[int, int]]:
        """What lies in a drawer as pairs of numbers, once everybody has closed theirs."""
        numbers: array[int] = array("q")
        for place in range(self._of):
            numbers.frombytes((self._folder / f"{self._name}-{place}-{drawer}").read_bytes())
        return zip(numbers[::2], numbers[1::2], strict=True)

    @property
    def is_open(self) -> bool:
        """Whether more can be laid."""
        return not self._files[0].closed

    def close(self) -> None:
        """Nothing is laid any more."""
        if self.is_open:
            self.write()
        for file in self._files:
            file.close()


class Album:
    """Portraits on disk by id; they are added in the order of ids, and can be looked at once it is closed."""

    def __init__(self, folder: Path, place: int) -> None:
        self._path = folder / f"portraits-{place}"
        self._file = self._path.open("wb")
        self._places = array("q")
        self._end = 0

    def add(self, record_id: int, portrait: Portrait) -> None:
        """Keep the portrait of the next record."""
        packed = marshal.dumps(dict(portrait))
        self._places.append(record_id)
        self._places.append(self._end)
        self._end += self._file.write(packed)

    def close(self) -> None:
        """Nothing is added any more."""
        if not self._file.closed:
            self._file.close()
            self._path.with_suffix(".ids").write_bytes(self._places.tobytes())
            self._places = array("q")


class Portraits:
    """What one searcher kept in its album, for anybody to look at."""

    def __init__(self, folder: Path, place: int) -> None:
        path = folder / f"portraits-{place}"
        numbers = array("q", path.with_suffix(".ids").read_bytes())
        self._ids, self._places = numbers[::2], numbers[1::2]
        self._places.append(path.stat().st_size)
        with path.open("rb") as file:
            self._read = mmap(file.fileno(), 0, access=ACCESS_READ) if self._ids else None

    def of(self, record_id: int) -> Portrait | None:
        """The portrait that was kept here."""
        place = bisect_left(self._ids, record_id)
        if self._read is None or place == len(self._ids) or self._ids[place] != record_id:
            return None
        packed = self._read[self._places[place] : self._places[place + 1]]
        kept: Portrait = marshal.loads(packed)  # nosec B302  # noqa: S302  # we wrote it just now
        return kept

    def close(self) -> None:
        """Let go of the file."""
        if self._read is not None:
            self._read.close()


class Search:
    """The part of one searcher, the `place`th `of` so many that work in one folder.

    Between them they `look` at every record, then `meet` for every drawer, then `compare` every drawer; all of them
    end one step by `close_step` before anybody begins the next. Several need the same `PYTHONHASHSEED`.
    """

    def __init__(
        self, folder: Path, *, place: int = 0, of: int = 1, is_small_base: bool = False, weighing: Weighing = SHIPPED
    ) -> None:
        self._folder, self._of, self._is_small_base, self._weighing = folder, of, is_small_base, weighing
        self._album = Album(folder, place)
        self._blocks = Cabinet(folder, "blocks", place, of)
        self._pairs = Cabinet(folder, "pairs", place, of)
        self._portraits: list[Portraits] = []

    def look(self, portraits: Iterable[tuple[int, Portrait]]) -> int:
        """Take in records, by ascending id; returns how many."""
        lay, is_small, count = self._blocks.lay, self._is_small_base, 0
        for count, (record_id, portrait) in enumerate(portraits, start=1):  # noqa: B007  # the last one is the count
            self._album.add(record_id, portrait)
            for block in set(blocks_of(portrait, is_small_base=is_small)):
                number = hash(block) & _HASH_MASK
                lay(number % DRAWERS, number, record_id)
        self._blocks.write()
        return count

    def close_step(self) -> None:
        """Bring everything to disk, so that the next step can begin."""
        if self._blocks.is_open:
            self._album.close()
            self._blocks.close()
        else:
            self._pairs.close()

    def meet(self, drawer: int) -> None:
        """Note who stands with whom in the blocks of a drawer."""
        for members in _crowds(self._blocks.drawer(drawer)):
            for left, right in pairs_of_block(members):
                self._pairs.lay(left % DRAWERS, left, right)
        self._pairs.write()

    def compare(self, drawer: int) -> list[Candidate]:
        """Candidates among the pairs of a drawer: (lower id, higher id, score)."""
        if not self._portraits:
            self._portraits = [Portraits(self._folder, place) for place in range(self._of)]
        return list(self._candidates(set(self._pairs.drawer(drawer))))

    def _candidates(self, pairs: set[tuple[int, int]]) -> Iterator[Candidate]:
        left_id, portrait, is_small, weighing = 0, None, self._is_small_base, self._weighing
        for left, right in sorted(pairs):
            if portrait is None or left != left_id:
                left_id, portrait = left, self.portrait(left)
            other = self.portrait(right)
            if may_be_possible(portrait, other, is_small_base=is_small, weighing=weighing):
                score = score_of(portrait, other, is_small_base=is_small, weighing=weighing)
                if score.is_possible:
                    yield left, right, score

    def portrait(self, record_id: int) -> Portrait:
        """The portrait that somebody kept of a record."""
        return next(found for each in self._portraits if (found := each.of(record_id)) is not None)

    def close(self) -> None:
        """Let go of every file; the folder is the caller's to remove."""
        self._album.close()
        self._blocks.close()
        self._pairs.close()
        for one in self._portraits:
            one.close()


def _crowds(drawer: Iterator[tuple[int, int]]) -> Iterator[list[int]]:
    """The members of each block of a drawer, those of more than one; a crowd too large is not kept further."""
    first: dict[int, int] = {}
    members: dict[int, list[int]] = {}
    for block, record_id in drawer:
        if block not in first:
            first[block] = record_id
        else:
            crowd = members.setdefault(block, [first[block]])
            if len(crowd) <= LARGEST_BLOCK:
                crowd.append(record_id)
    yield from members.values()
