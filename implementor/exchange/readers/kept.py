"""Keeps the rows of a file as they are first read, so that a second look need not take it apart again."""

from __future__ import annotations

import pickle  # nosec B403  # only what this process wrote itself
import tempfile
from collections.abc import Callable, Iterator
from itertools import islice

from implementor.exchange.readers.source import Row

AT_ONCE = 500
MOST_BYTES = 64_000_000
"""What may lie in the temporary file; of a larger source nothing is kept and it is read again."""


class KeptRows:
    """A source's stream of rows, kept in a file without a name when it is first read to its end. To be closed."""

    def __init__(self, stream: Callable[[], Iterator[Row]]) -> None:
        self._read = stream
        self._file = tempfile.TemporaryFile()  # noqa: SIM115  # closed with the object
        self._sizes: list[int] = []
        self._is_begun = self._is_whole = False

    def close(self) -> None:
        """Let go of what was kept; the rows are read from their source again."""
        self._is_whole = False
        self._file.close()

    def stream(self) -> Iterator[Row]:
        """The rows, from where they are read fastest."""
        if self._is_whole:
            return self._kept()
        if self._is_begun:
            return self._read()
        self._is_begun = True
        return self._keeping()

    def _keeping(self) -> Iterator[Row]:
        rows = self._read()
        while batch := list(islice(rows, AT_ONCE)):
            self._keep(batch)
            yield from batch
        self._is_whole = not self._file.closed

    def _keep(self, batch: list[Row]) -> None:
        if self._file.closed:
            return
        packed = pickle.dumps([(row.number, row.cells, row.record, row.problem) for row in batch], protocol=5)
        if self._file.tell() + len(packed) > MOST_BYTES:
            self._file.close()
            return
        self._file.write(packed)
        self._sizes.append(len(packed))

    def _kept(self) -> Iterator[Row]:
        place = 0
        for size in self._sizes:
            self._file.seek(place)
            batch = pickle.loads(self._file.read(size))  # nosec B301  # noqa: S301  # written above
            place += size
            for number, cells, record, problem in batch:
                yield Row(number, cells, record, problem)
