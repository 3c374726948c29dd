"""Letting searches find what records hold of a field that came back, and no longer of one that went."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.configuration.models import CustomField
from implementor.configuration.own_fields import FOUND
from implementor.foundation.fields import entities
from implementor.foundation.permissions import Actor
from implementor.foundation.words import say
from implementor.jobs.models import WAITING, Job
from implementor.jobs.services import enqueue

REBUILD = "search.rebuild"


def find_anew(session: Session, row: CustomField, *, by: Actor, at: datetime) -> None:
    """Let a job read the words of the kind's records again; once, however many fields come and go before it runs."""
    arguments = {"kind": row.kind, "project_id": None}
    waiting = session.scalars(select(Job.arguments).where(Job.kind == REBUILD, Job.state == WAITING))
    if row.field_kind in FOUND and arguments not in list(waiting):
        title = say("Search %(what)s by their present fields", what=entities[row.kind].label_plural)
        enqueue(session, REBUILD, arguments=arguments, title=title, by=by, at=at)
