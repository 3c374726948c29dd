"""The full-text index over `search_document.words` on either database, for migrations to create and drop."""

from __future__ import annotations

from sqlalchemy import Connection, text

INDEX_NAMES = ("search_index", "search_index_config", "search_index_data", "search_index_idx")
"""Tables that SQLite makes for the index; they are in no model."""

VECTOR = "word_vector"
"""The column that PostgreSQL keeps of `words`; it is in no model."""

_REMOVE = "INSERT INTO search_index(search_index, rowid, words) VALUES ('delete', old.id, old.words);"
_ADD = "INSERT INTO search_index(rowid, words) VALUES (new.id, new.words);"

_SQLITE = (
    # external content: the text is kept once; words are unique per document, so sizes for ranking are of no use
    """CREATE VIRTUAL TABLE search_index USING fts5(words, content='search_document', content_rowid='id',
       tokenize="unicode61 remove_diacritics 2", prefix='2 3', columnsize=0)""",
    f"CREATE TRIGGER search_document_added AFTER INSERT ON search_document BEGIN {_ADD} END",
    f"CREATE TRIGGER search_document_removed AFTER DELETE ON search_document BEGIN {_REMOVE} END",
    f"CREATE TRIGGER search_document_changed AFTER UPDATE OF words ON search_document BEGIN {_REMOVE} {_ADD} END",
    "INSERT INTO search_index(search_index) VALUES ('rebuild')",
)
_SQLITE_DROP = (
    "DROP TRIGGER search_document_added",
    "DROP TRIGGER search_document_removed",
    "DROP TRIGGER search_document_changed",
    "DROP TABLE search_index",
)
_POSTGRESQL = (
    # words are folded before they are stored, so neither unaccent nor a language is needed here
    f"""ALTER TABLE search_document ADD COLUMN {VECTOR} tsvector NOT NULL
        GENERATED ALWAYS AS (array_to_tsvector(string_to_array(words, ' '))) STORED""",
    f"CREATE INDEX ix_search_document_words ON search_document USING gin ({VECTOR}) WITH (fastupdate = off)",
)
_POSTGRESQL_SUSPEND = ("DROP INDEX ix_search_document_words",)
_POSTGRESQL_DROP = ("DROP INDEX ix_search_document_words", f"ALTER TABLE search_document DROP COLUMN {VECTOR}")


def create_index(connection: Connection) -> None:
    """Create the index over an existing `search_document`, with the rows that are in it."""
    _run(connection, _SQLITE if connection.dialect.name == "sqlite" else _POSTGRESQL)


def drop_index(connection: Connection) -> None:
    """Drop the index; the table stays."""
    _run(connection, _SQLITE_DROP if connection.dialect.name == "sqlite" else _POSTGRESQL_DROP)


def suspend_index(connection: Connection) -> None:
    """Let the index go while very many rows are written; nobody can search until `resume_index`."""
    _run(connection, _SQLITE_DROP if connection.dialect.name == "sqlite" else _POSTGRESQL_SUSPEND)


def resume_index(connection: Connection) -> None:
    """Build the index again over what is there now."""
    _run(connection, _SQLITE if connection.dialect.name == "sqlite" else _POSTGRESQL[1:])


def _run(connection: Connection, statements: tuple[str, ...]) -> None:
    for statement in statements:
        connection.execute(text(statement))
