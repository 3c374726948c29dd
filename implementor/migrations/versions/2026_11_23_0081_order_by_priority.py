"""Stories that came in from files get their place in the order by priority, which the import did not write."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "2026_11_23_0081"
down_revision = "2026_11_23_0080"
branch_labels = None
depends_on = None


STORY = sa.table("story", sa.column("moscow", sa.Text()), sa.column("moscow_order", sa.SmallInteger()))
ORDER = {"must": 0, "should": 1, "could": 2, "wont": 3}


def upgrade() -> None:
    """Go forward."""
    place = sa.case(ORDER, value=STORY.c.moscow)
    op.execute(
        STORY.update().where(STORY.c.moscow_order.is_(None), STORY.c.moscow.in_(ORDER)).values(moscow_order=place)
    )


def downgrade() -> None:
    """Go back; what is right stays right."""
