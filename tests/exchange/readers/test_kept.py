"""A file that is looked through twice is taken apart once, and says what it noticed once."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from implementor.exchange.readers import kept
from implementor.exchange.readers.kept import KeptRows
from implementor.exchange.readers.source import Row
from implementor.foundation.words import say
from tests.exchange.readers.sources import opened

ROWS = [
    Row(2, ["a", None, 3.5], 1),
    Row(5, ["b", datetime(2026, 4, 1, tzinfo=UTC), True], 2),
    Row(6, ["short"], 3, say("Row %(row)s ends early.", row=6)),
]


class Reader:
    """A stream of rows that counts how often it is read."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> Iterator[Row]:
        self.times += 1
        return iter(ROWS)


@pytest.mark.parametrize(("most", "times"), [(kept.MOST_BYTES, 1), (200, 3)])
def test_rows_are_read_once_where_they_are_not_too_many(monkeypatch: pytest.MonkeyPatch, most: int, times: int) -> None:
    monkeypatch.setattr(kept, "MOST_BYTES", most)
    monkeypatch.setattr(kept, "AT_ONCE", 2)
    read = Reader()
    with closing(KeptRows(read)) as rows:
        assert [list(rows.stream()) for _ in range(3)] == [ROWS] * 3
    assert read.times == times
    assert list(rows.stream()) == ROWS


def test_rows_that_were_not_read_to_the_end_are_read_again() -> None:
    read = Reader()
    with closing(KeptRows(read)) as rows:
        next(rows.stream())
        assert list(rows.stream()) == ROWS
    assert read.times == 2


def test_what_a_file_shows_is_told_once_however_often_it_is_read(tmp_path: Path) -> None:
    source = opened(tmp_path, "Key,Title\nA-1,One\x00\nA-2,Two\n")
    for _ in range(2):
        assert len(list(source.rows())) == 2
        assert [str(one) for one in source.warnings] == ["1 row held NUL characters, which were removed; see row 2."]
