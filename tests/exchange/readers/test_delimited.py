"""Delimited text of any form is read record by record, and what cannot be read is named with its line."""

import csv
import io
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from implementor.exchange.readers.opening import open_source
from implementor.exchange.readers.source import LARGEST_CELL, SourceHints, UnreadableFile
from tests.exchange.readers.sources import KNOWN, cells, labels, opened

ROWS = [["Key", "Title", "Points"], ["A-1", "First, with comma", "3"], ["A-2", "Second; and | more", "5"]]
PLAIN = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=12)


def written(rows: list[list[str]], delimiter: str, line_end: str = "\n", quote: str = '"') -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter, lineterminator=line_end, quotechar=quote, quoting=csv.QUOTE_ALL)
    writer.writerows(rows)
    return stream.getvalue()


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "^", "~"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_delimiter_and_line_ends_are_found(delimiter: str, line_end: str, tmp_path: Path) -> None:
    source = opened(tmp_path, written(ROWS, delimiter, line_end))
    assert source.delimiter == delimiter
    assert [labels(source), *cells(source)] == ROWS


def test_single_quotes_and_backslashes_are_understood(tmp_path: Path) -> None:
    assert cells(opened(tmp_path, written(ROWS, ",", quote="'"))) == ROWS[1:]
    text = 'Key,Title\nA-1,"said \\"yes\\" twice"\nA-2,"and \\"no\\" once"\n'
    assert cells(opened(tmp_path, text)) == [["A-1", 'said "yes" twice'], ["A-2", 'and "no" once']]


def test_a_column_that_is_empty_in_every_row_makes_no_delimiter_of_two_characters(tmp_path: Path) -> None:
    source = opened(tmp_path, "Key;Title;Points\n" + "".join(f"A-{number};;5\n" for number in range(30)))
    assert (source.delimiter, labels(source)) == (";", ["Key", "Title", "Points"])
    doubled = opened(tmp_path, "Key;;Title;;Points\n" + "".join(f"A-{number};;a;b;;5\n" for number in range(30)))
    assert (doubled.delimiter, labels(doubled)) == (";;", ["Key", "Title", "Points"])


def test_delimiters_of_several_characters_and_told_ones(tmp_path: Path) -> None:
    source = opened(tmp_path, "Key+|Title+|Points&|\nA-1+|one\ntwo+|3&|\nA-2+|x|y+|5&|\n")
    assert (source.delimiter, cells(source)) == ("+|", [["A-1", "one\ntwo", "3"], ["A-2", "x|y", "5"]])
    told = opened(tmp_path, "sep=;\nKey;Title\nA-1;a, b\n")
    assert [(row.number, row.cells) for row in told.rows()] == [(3, ["A-1", "a, b"])]


def test_a_chosen_delimiter_wins_over_the_found_one(tmp_path: Path) -> None:
    source = opened(tmp_path, "a;b,c\n1;2,3\n", hints=SourceHints(delimiter=";"))
    assert cells(source) == [["1", "2,3"]]


@pytest.mark.parametrize(
    "hints", [SourceHints(encoding="klingon"), SourceHints(delimiter='"'), SourceHints(delimiter="")]
)
def test_choices_that_cannot_be_are_refused(hints: SourceHints, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="Choose"):
        opened(tmp_path, "a,b\n1,2\n", hints=hints)


def test_rows_carry_the_line_they_begin_on(tmp_path: Path) -> None:
    source = opened(tmp_path, 'Key,Title\nA-1,"two\r\nlines"\n\n\nA-2,x\n')
    assert [(row.number, row.record) for row in source.rows()] == [(2, 2), (6, 5)]


def test_short_rows_are_filled_and_long_ones_refused_with_the_reason(tmp_path: Path) -> None:
    source = opened(tmp_path, "Key,Title,Points\nA-1,x\nA-2,x,3,,\nA-3,x,y,3\n")
    first, second, third = source.rows()
    assert first.cells == ["A-1", "x", None]
    assert second.cells == ["A-2", "x", "3"]
    assert "4 values" in str(third.problem)


def test_nul_bytes_are_removed_and_told(tmp_path: Path) -> None:
    source = opened(tmp_path, b"Key,Title\nA-1,be\0fore\nA-2,x\n")
    assert cells(source) == [["A-1", "before"], ["A-2", "x"]]
    assert "NUL" in str(source.warnings[0])


def test_a_huge_cell_refuses_its_row_only(tmp_path: Path) -> None:
    big = "x\n" * (LARGEST_CELL // 2 + 10)
    source = opened(tmp_path, f'Key,Title\nA-1,"{big}"\nA-2,fine\n')
    first, second = source.rows()
    assert "longer than" in str(first.problem)
    assert second.cells == ["A-2", "fine"]


def test_a_quotation_that_never_closes_is_named(tmp_path: Path) -> None:
    source = opened(tmp_path, 'Key,Title\nA-1,fine\nA-2,"open\nA-3,x\nA-4,y\n')
    *_, last = source.rows()
    assert "line 3 is never closed" in str(last.problem)


def test_repeated_and_blank_headers_become_unique(tmp_path: Path) -> None:
    source = opened(tmp_path, "Key,Sprint,,Sprint,Sprint (2),sprint\nA-1,1,2,3,4,5\n")
    assert labels(source) == ["Key", "Sprint", "[C]", "Sprint (3)", "Sprint (2)", "sprint (4)"]
    assert len({label.casefold() for label in labels(source)}) == 6


def test_a_header_repeated_on_every_printed_page_is_left_out(tmp_path: Path) -> None:
    source = opened(tmp_path, "Key,Title\nA-1,x\nKey,Title\nA-2,y\n")
    assert cells(source) == [["A-1", "x"], ["A-2", "y"]]
    assert "repeated" in str(source.warnings[0])


def test_sixteen_thousand_columns_are_read_and_more_are_refused(tmp_path: Path) -> None:
    def wide(count: int) -> str:
        return ",".join(f"c{i}" for i in range(count)) + "\n" + ",".join("1" * count) + "\n"

    assert len(opened(tmp_path, wide(16_384)).columns) == 16_384
    with pytest.raises(UnreadableFile, match="16385 columns"):
        opened(tmp_path, wide(16_385))


@pytest.mark.parametrize("content", [b"", b"\n\n  \r\n", b"\xef\xbb\xbf", b"\0\0\0", b",,,\n,,,\n"])
def test_a_file_of_nothing_is_refused_as_empty(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="empty"):
        opened(tmp_path, content)


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7 x", b"\x89PNG\r\n", bytes(range(1, 256)) * 9, b"<!DOCTYPE html><p>", b"MZ\x90"]
)
def test_a_file_of_another_kind_says_what_to_choose_instead(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="Choose a CSV") as refused:
        opened(tmp_path, content)
    assert "file.csv is" in str(refused.value.reason)


def test_a_file_beyond_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "sparse"
    with path.open("wb") as stream:
        stream.truncate(2_000_000_000)  # a hole: nothing is stored, and nothing may be read
    with pytest.raises(UnreadableFile, match="2000 megabytes"):
        open_source(path, filename="big.csv")


def test_rows_stream_and_can_be_read_twice(tmp_path: Path) -> None:
    source = opened(tmp_path, "Key,Title\n" + "".join(f"A-{i},x\n" for i in range(5000)))
    assert [row.cells[0] for row in islice(source.rows(), 2)] == ["A-0", "A-1"]
    assert sum(1 for _ in source.rows()) == sum(1 for _ in source.rows()) == 5000


@given(
    rows=st.lists(st.tuples(PLAIN, PLAIN, st.integers(0, 99)), min_size=2, max_size=8),
    delimiter=st.sampled_from(",;\t|"),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_a_spreadsheet_writes_is_read_back(
    rows: list[tuple[str, str, int]], delimiter: str, tmp_path: Path
) -> None:
    table = [["Title", "Description", "Points"], *([a, b, str(points)] for a, b, points in rows)]
    source = opened(tmp_path, written(table, delimiter), hints=KNOWN)
    blank = [row for row in table[1:] if any(cell.strip() for cell in row)]
    assert [list(map(str, row)) for row in cells(source)] == blank
