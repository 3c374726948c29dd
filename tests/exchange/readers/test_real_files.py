"""Every real file opens with its true number of rows, columns, encoding and kind."""

import csv
import json

import pytest

from implementor.exchange.detection import detect
from implementor.exchange.readers.opening import open_source
from implementor.exchange.readers.source import Source, UnreadableFile
from tests.exchange.readers.sources import KNOWN, cells, labels
from tests.exchange.real_data import real

STORY_POINTS = ["bamboo", "duracloud", "jirasoftware", "mule", "talendesb", "usergrid"]
TEXTS = [
    "g02-federalspending", "g03-loudoun", "g04-recycling", "g05-openspending", "g08-frictionless", "g10-scrumalliance",
    "g11-nsf", "g12-camperplus", "g13-planningpoker", "g14-datahub",
]  # fmt: skip
SPECTRUM = [
    "comma_in_quotes", "empty", "empty_crlf", "escaped_quotes", "json", "newlines", "newlines_crlf",
    "quotes_and_newlines", "simple", "simple_crlf", "utf8",
]  # fmt: skip
# name: (columns, rows, refused rows, encoding, delimiter, header rows)
FRICTIONLESS = {
    "accent.csv": (17, 2, 0, "utf-8", ";", (1,)),
    "ascii-notvalid.csv": (3, 1, 0, "utf-8", ",", (1,)),
    "blank-headers.csv": (3, 2, 0, "utf-8", ",", (1,)),
    "blank-rows-multiple.csv": (3, 2, 0, "utf-8", ",", (1,)),
    "bom.csv": (2, 2, 0, "utf-8 (BOM)", ",", (1,)),
    "defective-rows.csv": (3, 2, 1, "utf-8", ",", (1,)),
    "doublequote.csv": (17, 5, 0, "utf-8", ",", (1,)),
    "duplicate-headers.csv": (5, 2, 0, "utf-8", ",", (1,)),
    "invalid.csv": (4, 3, 1, "utf-8", ",", (1,)),
    "issue-1009-semicolon.csv": (2, 1, 0, "utf-8", ";", (1,)),
    "issue-1066-largecellsize.csv": (2, 19, 0, "utf-8", ",", (1,)),
    "latin1.csv": (2, 2, 0, "windows-1252", ",", (1,)),
    "leading-zeros.csv": (1, 3, 0, "utf-8", None, (1,)),
    "multiline-headers.xlsx": (4, 1, 0, None, None, (1, 4, 5)),
    "number-format-multicode.xlsx": (1, 3, 0, None, None, (1,)),
    "sheets.xlsx": (2, 1, 0, None, None, (1,)),
    "skip-rows-before-headers.csv": (2, 2, 0, "utf-8", ",", (2,)),
    "skip-rows.xlsx": (2, 2, 0, None, None, (2,)),
    "structure-errors.csv": (3, 3, 1, "utf-8", ",", (1,)),
    "table-infer-iso-8859-7.csv": (3, 4, 0, "iso-8859-7", ",", (1,)),
    "table-with-accents.csv": (8, 638, 0, "windows-1252", ";", (1,)),
    "table.ods": (2, 2, 0, None, None, (1,)),
    "wide.csv": (9074, 3, 0, "utf-8", ",", (1,)),
    "without-rows.csv": (2, 0, 0, "utf-8", ",", (1,)),
}


def open_real(name: str) -> Source:
    path = real(name)
    return open_source(path, filename=path.name, hints=KNOWN)


def counted(name: str) -> int:
    """Records of a comma-separated UTF-8 file below its header, counted by the standard library alone."""
    with real(name).open(encoding="utf-8-sig", newline="") as stream:
        return sum(1 for record in csv.reader(stream) if any(record)) - 1


@pytest.mark.parametrize(
    ("name", "kind", "language"),
    [("en_testautogen_apache2.csv", "jira", "en"), ("es_tickets_snapshot1.csv", "jira", "es")],
)
def test_a_jira_export_is_read_whole_and_recognised(name: str, kind: str, language: str) -> None:
    source = open_real(f"jira-exports/{name}")
    rows = list(source.rows())
    assert len(rows) == counted(f"jira-exports/{name}")
    assert not [row for row in rows if row.problem]
    assert (detect(source).kind, detect(source).language) == (kind, language)


@pytest.mark.parametrize("name", STORY_POINTS)
def test_story_point_files_are_read_whole(name: str) -> None:
    source = open_real(f"story-points-mit/{name}.csv")
    assert len(list(source.rows())) == counted(f"story-points-mit/{name}.csv")
    assert labels(source) == ["issuekey", "title", "description", "storypoint", "split_mark"]


@pytest.mark.parametrize("name", TEXTS)
def test_story_texts_have_one_row_per_line(name: str) -> None:
    path = f"user-stories/per-project-nopunct/{name}.txt"
    source = open_real(path)
    lines = [line for line in real(path).read_text("utf-8-sig").splitlines() if line.strip()]
    rows = list(source.rows())
    assert source.kind == "text"
    assert [" ".join(str(row.cells[0]).split()) for row in rows] == [" ".join(line.split()) for line in lines]
    assert sum(bool(row.cells[1] and row.cells[2]) for row in rows) >= 0.97 * len(rows)


@pytest.mark.parametrize("name", SPECTRUM)
def test_csv_spectrum_is_read_as_its_own_answers_say(name: str) -> None:
    source = open_real(f"messy/csv-spectrum/csvs/{name}.csv")
    answers = real(f"messy/csv-spectrum/json/{name}.json").read_text("utf-8")
    expected = json.loads(answers.replace("\\r\\n", "\\n"))  # the files lost their CRLF on the way
    read = [dict(zip(labels(source), row, strict=True)) for row in cells(source)]
    plain = [{key: str(value) for key, value in row.items()} for row in read]
    assert plain == expected


@pytest.mark.parametrize("name", FRICTIONLESS)
def test_messy_files_are_read_with_their_true_form(name: str) -> None:
    source = open_real(f"messy/frictionless/{name}")
    rows = list(source.rows())
    refused = sum(row.problem is not None for row in rows)
    found = (len(source.columns), len(rows), refused, source.encoding, source.delimiter, source.header_rows)
    assert found == FRICTIONLESS[name]


def test_an_empty_real_file_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="empty"):
        open_real("messy/frictionless/empty.csv")


def test_naughty_strings_arrive_unchanged() -> None:
    strings = json.loads(real("naughty-strings/blns.json").read_text("utf-8"))
    read = [row[0] for row in cells(open_real("naughty-strings/blns.json"))]
    assert read == [text for text in strings if text and not text.isspace()]


@pytest.mark.parametrize(
    ("name", "delimiter", "columns", "rows"),
    [
        ("dw_DimReseller.csv", "|", 20, 701), ("dw_ProspectiveBuyer.csv", "|", 24, 2059),
        ("oltp_Store.csv", "+|", 6, 701), ("oltp_CountryRegion.csv", "\t", 3, 238),
    ],
)  # fmt: skip
def test_files_without_header_keep_their_first_row(name: str, delimiter: str, columns: int, rows: int) -> None:
    source = open_real(f"adventureworks/{name}")
    found = (source.delimiter, len(source.columns), len(list(source.rows())), source.header_rows)
    assert found == (delimiter, columns, rows, ())
