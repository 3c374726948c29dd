"""Enrolments, requests and suggestions never use an id twice in SQLite either: earlier revisions had lost that."""

from __future__ import annotations

from alembic import op

revision = "2026_11_24_0095"
down_revision = "2026_11_24_0094"
branch_labels = None
depends_on = None

TABLES = ("enrolment", "suggestion", "support_request")


def upgrade() -> None:
    """Go forward."""
    _made_anew(counts_on=True)


def downgrade() -> None:
    """Go back."""
    _made_anew(counts_on=False)


def _made_anew(*, counts_on: bool) -> None:
    """The same tables with the same rows; PostgreSQL counts on by itself."""
    if op.get_bind().dialect.name != "sqlite":
        return
    for table in TABLES:
        with op.batch_alter_table(table, recreate="always", table_kwargs={"sqlite_autoincrement": counts_on}):
            pass
