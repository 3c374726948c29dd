"""What of migration runs a project office runs after: those that nobody vouched for."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from implementor.foundation.model import Rows
from implementor.foundation.permissions import Role
from implementor.foundation.words import say
from implementor.governance.chasing import Chased, chased_kind
from implementor.releases import permissions
from implementor.releases.models import MigrationRun


def unreconciled_runs(day: date) -> Rows:
    """Runs whose day has come and whose figures nobody signed."""
    return select(
        MigrationRun.id, MigrationRun.project_id, MigrationRun.id.label("record_id"), MigrationRun.id.label("link"),
        MigrationRun.name.label("title"), MigrationRun.created_by_id.label("owner_id"),
        MigrationRun.migrated_on.label("due_on"),
    ).where(
        MigrationRun.signed_at.is_(None), MigrationRun.archived_at.is_(None), MigrationRun.migrated_on <= day
    )  # fmt: skip


def let_chase() -> None:
    """Fill the registry of the chase list; doing it twice changes nothing."""
    chased_kind(
        Chased("migration_run", say("Migrations to reconcile"), say("please reconcile the migration and sign it"),
               unreconciled_runs, "migration_run", "releases.show", permissions.VIEW, argument="migration_id",
               role=Role.DATA_LEAD)
    )  # fmt: skip
