"""The fields of a kept report, said once for its list, its history and its export."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.orm import aliased

from implementor.auth.models import User
from implementor.foundation.choices import Choice
from implementor.foundation.fields import Entity, Field, Kind, entities, entity
from implementor.foundation.model import Rows
from implementor.foundation.words import Label, Phrase, say
from implementor.metrics.definitions import BadDefinition
from implementor.reports.models import MINE, SHARED, SavedReport
from implementor.reports.plans import plan_from
from implementor.reports.wording import in_words

columns = SavedReport.__table__.c
Keeper = aliased(User, name="report_owner")


def with_owner(statement: Rows) -> Rows:
    """Rows of reports with the name of who keeps each."""
    return statement.outerjoin(Keeper, Keeper.id == columns.owner_id)


def has_words(words: str) -> ColumnElement[bool]:
    """Reports whose name in either language holds these words."""
    return columns.label_en.icontains(words, autoescape=True) | columns.label_es.icontains(words, autoescape=True)


def told_name(english: Any, spanish: Any) -> Label | None:
    """The name of a report in the reader's language."""
    return Label({"en": english, "es": spanish or english}) if english else None


def told_kind(kind: Any, _shown: Any) -> Phrase | Label | None:
    """What the records are called that it is of."""
    return entities[kind].label_plural if kind in entities else None


def told_plan(kept: Any, _shown: Any) -> Phrase | None:
    """What a report is of, in a sentence."""
    try:
        return in_words(plan_from(kept)) if kept else None
    except BadDefinition:
        return None


REPORT = entity(
    Entity(
        kind="saved_report",
        label=say("Kept report"),
        label_plural=say("Reports"),
        model=SavedReport,
        default_columns=("label_en", "kind", "shared", "owner_id", "created_at"),
        default_sort="-created_at",
        title_field="label_en",
        unique_order=columns.id,
        search=has_words,
    )
)
if not REPORT.declared:
    REPORT.declare(
        (
            Field(
                "label_en", Kind.LINE, say("Name"), columns.label_en, shown=columns.label_es, told=told_name,
                editable=False, nullable=False, width="wide",
            ),
            Field("label_es", Kind.LINE, say("Name in Spanish"), columns.label_es, editable=False, nullable=False),
            Field("kind", Kind.LINE, say("Of which records"), columns.kind, editable=False, nullable=False,
                  told=told_kind),
            Field(
                "shared", Kind.CHOICE, say("Shared with"), columns.shared, editable=False, nullable=False,
                filterable=True, groupable=True,
                choices=tuple(
                    Choice(key, label, "neutral" if key == MINE else "review") for key, label in SHARED.items()
                ),
            ),
            Field(
                "owner_id", Kind.REFERENCE, say("Kept by"), columns.owner_id, shown=Keeper.name, join=with_owner,
                editable=False, is_person=True,
            ),
            Field("team_id", Kind.WHOLE, say("Team"), columns.team_id, editable=False),
            Field("plan", Kind.TEXT, say("What it is of"), columns.plan, editable=False, told=told_plan),
            Field(
                "created_at", Kind.MOMENT, say("Created"), columns.created_at, editable=False, sortable=True,
                nullable=False,
            ),
            Field("archived_at", Kind.MOMENT, say("Put away"), columns.archived_at, editable=False),
        )
    )  # fmt: skip
