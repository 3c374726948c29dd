"""Whatever bytes are brought, they are read or refused with a sentence, and nothing else happens."""

from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from implementor.exchange.detection import detect
from implementor.exchange.mapping import suggest
from implementor.exchange.readers.source import UnreadableFile
from implementor.waves.story_import_targets import story_import, story_targets
from tests.exchange.readers.sources import open_document, opened, text_cell, workbook

BOOK = workbook([["Key", "Title", "Points"], ["A-1", "x", 3], ["A-2", "y", 5]], ("A2:A3",))
SHEETS = open_document(f"<table:table-row>{text_cell('Key')}{text_cell('Title')}</table:table-row>" * 3)
NAMES = st.sampled_from(["x.csv", "x.txt", "x.json", "x.xlsx", "x"])
LOOSE = st.text(st.sampled_from(list("ab1 ;,\t|\"'\\\n\r{}[]:+&\0é\ufeff€=")), max_size=200)


def read_or_refused(folder: Path, content: str | bytes, name: str) -> None:
    try:
        source = opened(folder, content, name)
        rows = list(source.rows())
    except UnreadableFile as refused:
        sentence = str(refused)
    else:
        sentence = " ".join(map(str, [detect(source).reason, *source.warnings, source.kind]))
        assert all(row.problem or len(row.cells) == len(source.columns) for row in rows)
        assert len(suggest(source.columns, story_targets(story_import()))) <= len(source.columns)
    assert sentence


@given(content=st.one_of(st.binary(max_size=300), LOOSE), name=NAMES)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_content_is_read_or_refused(content: str | bytes, name: str, tmp_path: Path) -> None:
    read_or_refused(tmp_path, content, name)


@example(book=SHEETS, place=462, put=b"P")  # a part that is said to begin before the file
@given(book=st.sampled_from([BOOK, SHEETS]), place=st.integers(4, 4000), put=st.binary(min_size=1, max_size=4))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_workbook_with_changed_bytes_is_read_or_refused(book: bytes, place: int, put: bytes, tmp_path: Path) -> None:
    place %= len(book)
    read_or_refused(tmp_path, book[:place] + put + book[place + len(put) :], "x.xlsx")
