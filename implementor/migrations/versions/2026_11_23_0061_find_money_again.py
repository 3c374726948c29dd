"""Ask for the documents by which lines of budgets and contracts written before they were searched are found."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from implementor.foundation import model

revision = "2026_11_23_0061"
down_revision = "2026_11_23_0060"
branch_labels = None
depends_on = None

KINDS = ("budget_line", "contract")
JOB = sa.table(
    "job",
    sa.column("kind", sa.Text()),
    sa.column("title", model.Json),
    sa.column("arguments", model.Json),
    sa.column("state", sa.Text()),
    sa.column("progress_done", sa.Integer()),
    sa.column("attempts", sa.Integer()),
    sa.column("created_at", model.UtcMoment()),
    sa.column("not_before", model.UtcMoment()),
)


def upgrade() -> None:
    """Go forward: a worker writes them, people can go on working."""
    connection, at = op.get_bind(), datetime.now(UTC)
    for kind in KINDS:
        if connection.scalar(sa.select(sa.func.min(sa.table(kind, sa.column("id")).c.id))) is None:
            continue
        title = {"message": "Reading %(kind)s", "plural": None, "count": 1, "values": {"kind": kind}}
        asked = {"kind": "search.rebuild", "title": title, "arguments": {"kind": kind}, "state": "waiting"}
        connection.execute(JOB.insert().values(**asked, progress_done=0, attempts=0, created_at=at, not_before=at))


def downgrade() -> None:
    """Go back: what waits is asked for again on the way forward."""
    op.get_bind().execute(JOB.delete().where(JOB.c.kind == "search.rebuild", JOB.c.state == "waiting"))
