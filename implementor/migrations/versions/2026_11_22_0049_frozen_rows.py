"""The database itself keeps minutes of closed meetings and issued reports from changing."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "2026_11_22_0049"
down_revision = "2026_11_22_0048"
branch_labels = None
depends_on = None

TOLD = "project_id, number, starts_on, ends_on, language, comment, issued_at, issued_by_id, content, colours, "
REPORT = TOLD + "last_change_id, replaces_id"
"""Every column of a report but the one that a newer edition writes to withdraw it."""
FROZEN = (
    ("status_report", "issued_at", f"UPDATE OF {REPORT}"),
    ("pack_file", "made_at", "UPDATE"),
    ("meeting", "closed_at", "UPDATE"),
    ("agenda_item", "frozen_at", "UPDATE"),
    ("attendance", "frozen_at", "UPDATE"),
)
"""Tables, the column that says since when a row stays, and what is refused from then on beside taking it away."""
FUNCTION = """
CREATE FUNCTION refuse_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% % is frozen', TG_TABLE_NAME, OLD.id USING ERRCODE = 'integrity_constraint_violation';
END $$
"""


def upgrade() -> None:
    """Go forward."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    if not is_sqlite:
        run(FUNCTION)
    for table, column, change in FROZEN:
        for name, deed in ((f"{table}_stays", change), (f"{table}_remains", "DELETE")):
            when = f"BEFORE {deed} ON {table} FOR EACH ROW WHEN"
            if is_sqlite:
                body = f"BEGIN SELECT RAISE(ABORT, '{table} is frozen'); END"
                run(f"CREATE TRIGGER {name} {when} OLD.{column} IS NOT NULL {body}")
            else:
                run(f"CREATE TRIGGER {name} {when} (OLD.{column} IS NOT NULL) EXECUTE FUNCTION refuse_frozen()")


def downgrade() -> None:
    """Go back."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for table, _column, _change in FROZEN:
        for name in (f"{table}_stays", f"{table}_remains"):
            run(f"DROP TRIGGER {name}" if is_sqlite else f"DROP TRIGGER {name} ON {table}")
    if not is_sqlite:
        run("DROP FUNCTION refuse_frozen()")


def run(statement: str) -> None:
    """Run one statement as it stands."""
    op.get_bind().execute(sa.text(statement))
