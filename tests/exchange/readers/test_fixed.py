"""Tables without delimiters: cut where blanks part every line, and never a text that only looks like one."""

from pathlib import Path

import pytest

from implementor.exchange.readers.fixed import cuts_of
from implementor.exchange.readers.opening import open_source

TABLE = """ 00004 19970101  2   29.33
 00004 19970118 12   29.73
 00021 19970101  3  163.34
 00050 19970101  1    6.79
 00071 19970101  1   13.97
"""


def test_columns_begin_where_blanks_part_every_line() -> None:
    assert cuts_of(TABLE) == (1, 7, 16, 20)


@pytest.mark.parametrize(
    "text",
    [
        "As a seller I want to call\n" * 6,
        "Call Ana\nCall Luis\nSend the offer\nOpen the shop\nClose the shop\n",
        TABLE[:60],
        "",
        "one\n" * 9,
        TABLE.replace(" ", "\t"),
    ],
)
def test_a_text_is_no_table(text: str) -> None:
    assert cuts_of(text) is None


def test_a_file_is_read_and_a_value_that_is_too_wide_is_named(tmp_path: Path) -> None:
    file = tmp_path / "sales.txt"
    file.write_text(TABLE * 110 + " 00099 19970101 12345678.00\n", encoding="utf-8")
    rows = list(open_source(file, filename="sales.txt").rows())
    assert rows[0].cells == ["00004", "19970101", "2", "29.33"]
    assert rows[-1].problem is not None
    assert sum(row.problem is not None for row in rows) == 1
