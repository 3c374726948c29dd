"""The fields of a migration run, said once for its list, its form, export and history."""

from __future__ import annotations

from sqlalchemy import ColumnElement
from sqlalchemy.orm import aliased

from implementor.auth.models import User
from implementor.foundation.fields import Entity, Field, Kind, Scope, entity
from implementor.foundation.model import Rows
from implementor.foundation.words import say
from implementor.releases.models import MigrationRun
from implementor.waves.models import Wave
from implementor.waves.queries import waves_in_scope

Signer = aliased(User, name="migration_signer")
columns = MigrationRun.__table__.c
ABOUT, STANDING = say("Migration"), say("Standing")


def waves_offered(scope: Scope) -> Rows:
    """The (id, name) rows of the waves that a run may belong to."""
    return waves_in_scope(scope).with_only_columns(Wave.id, Wave.name).order_by(Wave.rank, Wave.id)


def named_like(words: str) -> ColumnElement[bool]:
    """Runs whose name or system holds these words."""
    return columns.name.icontains(words, autoescape=True) | columns.system.icontains(words, autoescape=True)


MIGRATION = entity(
    Entity(
        kind="migration_run",
        label=say("Migration run"),
        label_plural=say("Migration runs"),
        model=MigrationRun,
        default_columns=("name", "system", "wave_id", "migrated_on", "counted_at", "signed_at", "signed_by_id"),
        default_sort="-created_at",
        title_field="name",
        unique_order=columns.id,
        search=named_like,
    )
)

if not MIGRATION.fields:
    MIGRATION.declare(
        (
            Field(
                "name", Kind.LINE, say("Name"), columns.name, required=True, longest=120, nullable=False, width="wide",
                group=ABOUT,
            ),
            Field(
                "system", Kind.LINE, say("Source system"), columns.system, required=True, longest=80, nullable=False,
                filterable=True, group=ABOUT,
                hint=say("The name its imports were given, under which the keys of its records are kept."),
            ),
            Field(
                "wave_id", Kind.REFERENCE, say("Wave"), columns.wave_id, options=waves_offered, shown=Wave.name,
                join=lambda found: found.outerjoin(Wave, Wave.id == columns.wave_id), filterable=True, group=ABOUT,
            ),
            Field("migrated_on", Kind.DATE, say("Brought over on"), columns.migrated_on, filterable=True, group=ABOUT),
            Field("note", Kind.TEXT, say("Note"), columns.note, longest=4000, group=ABOUT),
            Field("counted_at", Kind.MOMENT, say("Counted"), columns.counted_at, editable=False, group=STANDING),
            Field(
                "signed_at", Kind.MOMENT, say("Signed"), columns.signed_at, editable=False, filterable=True,
                group=STANDING,
            ),
            Field(
                "signed_by_id", Kind.REFERENCE, say("Signed by"), columns.signed_by_id, shown=Signer.name,
                join=lambda found: found.outerjoin(Signer, Signer.id == columns.signed_by_id), editable=False,
                is_person=True, group=STANDING,
            ),
            Field(
                "created_at", Kind.MOMENT, say("Created"), columns.created_at, editable=False, sortable=True,
                nullable=False, group=STANDING,
            ),
        )
    )  # fmt: skip
