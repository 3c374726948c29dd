"""Service levels bear a name in each language, and an identity by which settings of stories know them."""

from __future__ import annotations

from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "2026_11_23_0053"
down_revision = "2026_11_23_0052"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    for name in ("uid", "name_es"):
        op.add_column("sla_policy", sa.Column(name, sa.Text(), nullable=True))
    connection = op.get_bind()
    for policy_id in connection.scalars(sa.text("SELECT id FROM sla_policy")).all():
        told = {"uid": str(uuid4()), "id": policy_id}
        connection.execute(sa.text("UPDATE sla_policy SET uid = :uid, name_es = name WHERE id = :id"), told)
    with op.batch_alter_table("sla_policy", table_kwargs={"sqlite_autoincrement": True}) as policy:
        for name in ("uid", "name_es"):
            policy.alter_column(name, existing_type=sa.Text(), nullable=False)
        policy.create_unique_constraint(op.f("uq_sla_policy_uid"), ["uid"])


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("sla_policy", table_kwargs={"sqlite_autoincrement": True}) as policy:
        policy.drop_constraint(op.f("uq_sla_policy_uid"), type_="unique")
        for name in ("name_es", "uid"):
            policy.drop_column(name)
