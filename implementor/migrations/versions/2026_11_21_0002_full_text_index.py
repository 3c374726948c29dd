"""The full-text index over search documents, which no model describes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "2026_11_21_0002"
down_revision = "2026_11_21_0001"
branch_labels = None
depends_on = None

REMOVE = "INSERT INTO search_index(search_index, rowid, words) VALUES ('delete', old.id, old.words);"
ADD = "INSERT INTO search_index(rowid, words) VALUES (new.id, new.words);"
FORWARD = {
    "sqlite": (
        """CREATE VIRTUAL TABLE search_index USING fts5(words, content='search_document', content_rowid='id',
           tokenize="unicode61 remove_diacritics 2", prefix='2 3', columnsize=0)""",
        f"CREATE TRIGGER search_document_added AFTER INSERT ON search_document BEGIN {ADD} END",
        f"CREATE TRIGGER search_document_removed AFTER DELETE ON search_document BEGIN {REMOVE} END",
        f"CREATE TRIGGER search_document_changed AFTER UPDATE OF words ON search_document BEGIN {REMOVE} {ADD} END",
        "INSERT INTO search_index(search_index) VALUES ('rebuild')",
    ),
    "postgresql": (
        """ALTER TABLE search_document ADD COLUMN word_vector tsvector NOT NULL
           GENERATED ALWAYS AS (array_to_tsvector(string_to_array(words, ' '))) STORED""",
        "CREATE INDEX ix_search_document_words ON search_document USING gin (word_vector) WITH (fastupdate = off)",
    ),
}
BACK = {
    "sqlite": (
        "DROP TRIGGER search_document_added",
        "DROP TRIGGER search_document_removed",
        "DROP TRIGGER search_document_changed",
        "DROP TABLE search_index",
    ),
    "postgresql": ("DROP INDEX ix_search_document_words", "ALTER TABLE search_document DROP COLUMN word_vector"),
}


def upgrade() -> None:
    """Go forward."""
    run(FORWARD)


def downgrade() -> None:
    """Go back."""
    run(BACK)


def run(statements: dict[str, tuple[str, ...]]) -> None:
    """Run the statements of this database."""
    connection = op.get_bind()
    for statement in statements[connection.dialect.name]:
        connection.execute(sa.text(statement))
