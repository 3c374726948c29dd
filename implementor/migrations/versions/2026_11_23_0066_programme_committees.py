"""A committee belongs to a project or to a programme; a point of an agenda says which project it is about."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "2026_11_23_0066"
down_revision = "2026_11_23_0065"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
FROZEN = (("meeting", "closed_at"), ("agenda_item", "frozen_at"), ("attendance", "frozen_at"))
"""Tables whose rows stay once this column is filled in, as revision 0049 had it: rebuilding a table loses triggers."""
CHILDREN = (
    ("committee_member", "committee"),
    ("committee_limit", "committee"),
    ("meeting", "committee"),
    ("agenda_item", "meeting"),
    ("attendance", "meeting"),
)
ABOUT = "project_id IS NULL OR (about_project_id IS NOT NULL AND about_project_id = project_id)"
OLD, NEW = "fk_agenda_item_project_id_decision_id", "fk_agenda_item_about_project_id_decision_id"


def upgrade() -> None:
    """Go forward."""
    loosen()
    with rebuilt("committee") as table:
        table.alter_column("project_id", existing_type=KEY, nullable=True)
        table.add_column(sa.Column("programme_id", KEY, nullable=True))
        table.create_foreign_key(op.f("fk_committee_programme_id"), "programme", ["programme_id"], ["id"])
        table.create_check_constraint(op.f("ck_committee_belongs"), "(project_id IS NULL) <> (programme_id IS NULL)")
    op.create_index("ix_committee_programme", "committee", ["programme_id", "name", "id"], unique=False)
    for name, parent in CHILDREN:
        with rebuilt(name) as table:
            table.alter_column("project_id", existing_type=KEY, nullable=True)
            table.create_foreign_key(op.f(f"fk_{name}_{parent}_id"), parent, [f"{parent}_id"], ["id"])
    with rebuilt("agenda_item") as table:
        table.add_column(sa.Column("about_project_id", KEY, nullable=True))
    run("UPDATE agenda_item SET about_project_id = project_id")
    op.drop_index("ix_agenda_item_decision_id", table_name="agenda_item")
    with rebuilt("agenda_item") as table:
        table.drop_constraint(op.f(OLD), type_="foreignkey")
        table.create_foreign_key(op.f("fk_agenda_item_about_project_id"), "project", ["about_project_id"], ["id"])
        decided = (["about_project_id", "decision_id"], ["project_id", "id"])
        table.create_foreign_key(op.f(NEW), "decision", *decided)
        table.create_check_constraint(op.f("ck_agenda_item_about"), ABOUT)
    op.create_index("ix_agenda_item_decision_id", "agenda_item", ["about_project_id", "decision_id"], unique=False)
    tighten()


def downgrade() -> None:
    """Go back; committees of programmes go with all they held, because nothing could hold them."""
    loosen()
    for name in ("agenda_item", "attendance", "meeting", "committee_limit", "committee_member", "committee"):
        of_programmes = sa.table(name, sa.column("project_id"))
        op.get_bind().execute(sa.delete(of_programmes).where(of_programmes.c.project_id.is_(None)))
    op.drop_index("ix_agenda_item_decision_id", table_name="agenda_item")
    with rebuilt("agenda_item") as table:
        for name, kind in (("ck_agenda_item_about", "check"), (NEW, "foreignkey"),
                           ("fk_agenda_item_about_project_id", "foreignkey")):  # fmt: skip
            table.drop_constraint(op.f(name), type_=kind)
        table.create_foreign_key(op.f(OLD), "decision", ["project_id", "decision_id"], ["project_id", "id"])
        table.drop_column("about_project_id")
    op.create_index("ix_agenda_item_decision_id", "agenda_item", ["project_id", "decision_id"], unique=False)
    for name, parent in reversed(CHILDREN):
        with rebuilt(name) as table:
            table.drop_constraint(op.f(f"fk_{name}_{parent}_id"), type_="foreignkey")
            table.alter_column("project_id", existing_type=KEY, nullable=False)
    op.drop_index("ix_committee_programme", table_name="committee")
    with rebuilt("committee") as table:
        table.drop_constraint(op.f("ck_committee_belongs"), type_="check")
        table.drop_constraint(op.f("fk_committee_programme_id"), type_="foreignkey")
        table.drop_column("programme_id")
        table.alter_column("project_id", existing_type=KEY, nullable=False)
    tighten()


def rebuilt(name: str) -> Any:
    """The table, rebuilt where the database cannot change it in place."""
    return op.batch_alter_table(name, table_kwargs={"sqlite_autoincrement": True})


def loosen() -> None:
    """Let frozen rows be changed while their tables are."""
    for name, _column in FROZEN:
        for trigger in (f"{name}_stays", f"{name}_remains"):
            run(f"DROP TRIGGER {trigger}" if is_sqlite() else f"DROP TRIGGER {trigger} ON {name}")


def tighten() -> None:
    """Keep closed meetings as they are again."""
    for name, column in FROZEN:
        for trigger, deed in ((f"{name}_stays", "UPDATE"), (f"{name}_remains", "DELETE")):
            when = f"CREATE TRIGGER {trigger} BEFORE {deed} ON {name} FOR EACH ROW WHEN"
            body = f"BEGIN SELECT RAISE(ABORT, '{name} is frozen'); END"
            said = f"OLD.{column} IS NOT NULL {body}" if is_sqlite() else None
            run(f"{when} {said or f'(OLD.{column} IS NOT NULL) EXECUTE FUNCTION refuse_frozen()'}")


def is_sqlite() -> bool:
    """Whether this is the embedded database."""
    return op.get_bind().dialect.name == "sqlite"


def run(statement: str) -> None:
    """Run one statement as it stands."""
    op.get_bind().execute(sa.text(statement))
