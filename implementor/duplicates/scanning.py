"""Searching a whole base for duplicates in flat memory: blocks and portraits lie in files, read part by part."""

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

DRAWERS = 64
"""Into how many parts blocks and pairs are laid, so that one part of millions fits into memory."""
_HASH_MASK = 2**63 - 1


class Cabinet:
    """Numbers laid into drawers on disk, to be taken out drawer by drawer."""

    def __init__(self, folder: Path, name: str) -> None:
        self._paths = [folder / f"{name}-{place}" for place in range(DRAWERS)]
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

    def drawers(self) -> Iterator[Iterator[tuple[int, int]]]:
        """Each drawer as pairs of numbers in the order they were laid; nothing can be added after."""
        self.write()
        for file in self._files:
            file.close()
        for path in self._paths:
            numbers: array[int] = array("q", path.read_bytes())
            path.unlink()
            yield zip(numbers[::2], numbers[1::2], strict=True)

    def close(self) -> None:
        """Let go of the files."""
        for file in self._files:
            file.close()


class Album:
    """Portraits on disk by id; they are added in the order of ids."""

    def __init__(self, folder: Path) -> None:
        self._file = (folder / "portraits").open("w+b")
        self._read: mmap | None = None
        self._ids = array("q")
        self._places = array("q")
        self._end = 0

    def add(self, record_id: int, portrait: Portrait) -> None:
        """Keep the portrait of the next record."""
        packed = marshal.dumps(dict(portrait))
        self._ids.append(record_id)
        self._places.append(self._end)
        self._end += self._file.write(packed)

    def portrait(self, record_id: int) -> Portrait:
        """The portrait that was kept."""
        if self._read is None:
            self._file.flush()
            self._read = mmap(self._file.fileno(), 0, access=ACCESS_READ)
        place = bisect_left(self._ids, record_id)
        end = self._places[place + 1] if place + 1 < len(self._places) else self._end
        packed = self._read[self._places[place] : end]
        kept: Portrait = marshal.loads(packed)  # nosec B302  # noqa: S302  # we wrote it just now
        return kept

    def close(self) -> None:
        """Let go of the file."""
        if self._read is not None:
            self._read.close()
        self._file.close()


class Search:
    """One search in three passes: `look` at every record, `meet` block by block, then `compare` the pairs."""

    def __init__(self, folder: Path, *, is_small_base: bool = False) -> None:
        self._is_small_base = is_small_base
        self._album = Album(folder)
        self._blocks = Cabinet(folder, "blocks")
        self._pairs = Cabinet(folder, "pairs")

    def look(self, portraits: Iterable[tuple[int, Portrait]]) -> None:
        """Take in records, by ascending id."""
        lay, is_small = self._blocks.lay, self._is_small_base
        for record_id, portrait in portraits:
            self._album.add(record_id, portrait)
            for block in set(blocks_of(portrait, is_small_base=is_small)):
                number = hash(block) & _HASH_MASK
                lay(number % DRAWERS, number, record_id)
        self._blocks.write()

    def meet(self) -> Iterator[int]:
        """Note who stands in one block with whom; yields how many drawers are done."""
        for done, drawer in enumerate(self._blocks.drawers(), start=1):
            for members in _crowds(drawer):
                for left, right in pairs_of_block(members):
                    self._pairs.lay(left % DRAWERS, left, right)
            self._pairs.write()
            yield done

    def compare(self) -> Iterator[list[tuple[int, int, Score]]]:
        """Candidates, drawer by drawer: (lower id, higher id, score)."""
        for drawer in self._pairs.drawers():
            yield list(self._candidates(set(drawer)))

    def _candidates(self, pairs: set[tuple[int, int]]) -> Iterator[tuple[int, int, Score]]:
        left_id, portrait, is_small = 0, None, self._is_small_base
        for left, right in sorted(pairs):
            if portrait is None or left != left_id:
                left_id, portrait = left, self._album.portrait(left)
            other = self._album.portrait(right)
            if may_be_possible(portrait, other, is_small_base=is_small):
                score = score_of(portrait, other, is_small_base=is_small)
                if score.is_possible:
                    yield left, right, score

    def close(self) -> None:
        """Let go of every file; the folder is the caller's to remove."""
        self._album.close()
        self._blocks.close()
        self._pairs.close()


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
