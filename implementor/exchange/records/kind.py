"""Tells the import engine of a kind of records: its targets, where it goes, and what follows when a file is in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.exchange.kinds import ImportKind, Where, import_kind
from implementor.exchange.models import ImportRun
from implementor.exchange.records.declaring import RecordImport, record_imports
from implementor.exchange.records.importer import RecordImporter
from implementor.exchange.records.people import owners_offered
from implementor.exchange.records.taking_back import take_back
from implementor.exchange.records.targets import is_filled, is_open, own_targets_of, targets_of
from implementor.foundation.errors import Refusal
from implementor.foundation.fields import Kind
from implementor.foundation.permissions import Actor
from implementor.foundation.words import say
from implementor.jobs.models import WAITING, Job
from implementor.jobs.services import enqueue

REBUILD = "search.rebuild"


def record_import(declared: RecordImport) -> RecordImport:
    """Let records of a kind come in from files; called from a package's contributions."""
    record_imports[declared.kind] = declared
    import_kind(
        ImportKind(
            name=declared.kind,
            label=declared.entity.label_plural,
            targets=targets_of(declared),
            own_targets=partial(own_targets_of, declared),
            is_open=partial(is_open, declared),
            permission=declared.permission,
            prepare=partial(RecordImporter, declared),
            undo=take_back,
            find_place=outside_projects,
            result_url=declared.result_url,
            needs=declared.needs,
            open_words=partial(words_to_explain, declared),
            after=_make_findable,
            in_project=False,
        )
    )
    return declared


def outside_projects(_session: Session, by: Actor, key: str | None) -> Where:
    """CRM records are of no project."""
    if key:
        raise Refusal(say("These records belong to no project. Leave --project out."))
    return Where(None, by)


def words_to_explain(
    declared: RecordImport, session: Session, _project_id: int | None
) -> Mapping[str, Sequence[tuple[str, Any]]]:
    """Fields whose words a person may explain, with what they can mean."""
    offered: dict[str, Sequence[tuple[str, Any]]] = {
        one.name: [(choice.key, choice.label) for choice in one.offered_choices]
        for one in declared.entity.fields.values()
        if one.kind in (Kind.CHOICE, Kind.CHOICES) and is_filled(declared, one)
    }
    for link in declared.links:  # without an offer a person writes what it is called here
        offered[link.field] = link.offer() if link.offer is not None else ()
    if "owner" in declared.entity.fields:
        offered["owner"] = owners_offered(session)
    return offered


def _make_findable(session: Session, run: ImportRun, by: Actor, at: datetime) -> None:
    """Bulk writes tell the search nothing, so it reads the kind anew; once, however many imports ask."""
    arguments = {"kind": run.kind, "project_id": None}
    waiting = session.scalars(select(Job.arguments).where(Job.kind == REBUILD, Job.state == WAITING))
    if arguments not in list(waiting):
        title = say("Making imported records findable")
        enqueue(session, REBUILD, arguments=arguments, title=title, by=by, at=at)
