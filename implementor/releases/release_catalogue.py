"""The fields of a release, said once for the list of a project, its file and its history."""

from __future__ import annotations

from typing import Any

from sqlalchemy import case
from sqlalchemy.orm import aliased

from implementor.auth.models import User
from implementor.foundation.choices import Choice
from implementor.foundation.fields import Entity, Field, Kind, Scope, entity
from implementor.foundation.model import Rows
from implementor.foundation.words import Phrase, say
from implementor.releases.release_models import APPLIED, ROLLED_BACK, ConfigRelease
from implementor.waves.models import Wave
from implementor.waves.queries import waves_in_scope

STATE_CHOICES = (Choice(APPLIED, say("Live"), "ok"), Choice(ROLLED_BACK, say("Rolled back"), "off"))
Applier, ItsWave = aliased(User, name="release_applier"), aliased(Wave, name="release_wave")
columns = ConfigRelease.__table__.c


def waves_offered(scope: Scope) -> Rows:
    """The (id, name) rows of the waves that a release may be of."""
    return waves_in_scope(scope).with_only_columns(Wave.id, Wave.name).order_by(Wave.rank, Wave.id)


def with_wave(found: Rows) -> Rows:
    """Rows of releases with the wave of each."""
    return found.join(ItsWave, ItsWave.id == columns.wave_id)


def with_applier(found: Rows) -> Rows:
    """Rows of releases with who brought each live, if that was a person."""
    return found.outerjoin(Applier, Applier.id == columns.applied_by_id)


def told_number(number: Any, _shown: Any) -> Phrase | None:
    """What a release is called."""
    return say("Release %(number)s", number=number) if number is not None else None


RELEASE = entity(
    Entity(
        kind="config_release",
        label=say("Release of the CRM"),
        label_plural=say("Releases of the CRM"),
        model=ConfigRelease,
        default_columns=("number", "applied_at", "wave", "operation_count", "row_count", "state"),
        default_sort="-number",
        title_field="number",
        unique_order=columns.id,
    )
)

if not RELEASE.declared:
    RELEASE.declare(
        (
            Field(
                "number", Kind.LINE, say("Number"), columns.number, told=told_number, editable=False, nullable=False,
                sortable=True,
            ),
            Field(
                "applied_at", Kind.MOMENT, say("Live since"), columns.applied_at, editable=False, nullable=False,
                filterable=True, sortable=True,
            ),
            Field(
                "wave", Kind.REFERENCE, say("Wave"), columns.wave_id, options=waves_offered, shown=ItsWave.name,
                join=with_wave, editable=False, nullable=False, filterable=True, groupable=True,
            ),
            Field(
                "applied_by", Kind.REFERENCE, say("Brought live by"), columns.applied_by_id, shown=Applier.name,
                join=with_applier, editable=False, is_person=True,
            ),
            Field(
                "operation_count", Kind.WHOLE, say("Settings of the CRM"), columns.operation_count, editable=False,
                nullable=False, filterable=True,
            ),
            Field(
                "row_count", Kind.WHOLE, say("Records moved"), columns.row_count, editable=False, nullable=False,
                filterable=True,
            ),
            Field(
                "state", Kind.CHOICE, say("State"),
                case((columns.rolled_back_at.is_(None), APPLIED), else_=ROLLED_BACK), choices=STATE_CHOICES,
                editable=False, nullable=False, filterable=True, groupable=True,
            ),
            Field(
                "rolled_back_at", Kind.MOMENT, say("Rolled back"), columns.rolled_back_at, editable=False,
                filterable=True,
            ),
        )
    )  # fmt: skip
