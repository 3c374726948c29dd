"""The blueprint, the pair of addresses of each page, and the record that an address is about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Blueprint, g, url_for

from implementor.comments.models import AboutRecord
from implementor.foundation.errors import NotFound
from implementor.foundation.permissions import Permission
from implementor.foundation.records import RecordRef, kinds
from implementor.web.guard import actor, allow
from implementor.web.unit_of_work import session

View = TypeVar("View", bound=Callable[..., Any])
blueprint = Blueprint("comments", __name__)


@dataclass(frozen=True)
class Subject:
    """A record that the actor may see here."""

    ref: RecordRef
    title: str
    url: str
    project_id: int | None


def beside_records(rule: str, permission: Permission, *methods: str) -> Callable[[View], View]:
    """Mount a view under `/projects/KEY` for records of projects and at the top for all others."""

    def mount(view: View) -> View:
        marked = allow(permission)(view)
        for prefix in ("/projects/<project_key>", ""):
            blueprint.add_url_rule(prefix + rule, view_func=marked, methods=list(methods))
        return marked

    return mount


def subject_here(kind: str, record_id: int) -> Subject:
    """The record of an address: visible to the actor, and of the project the address is in (or of none)."""
    known = kinds.get(kind)
    row = session().execute(known.visible(actor(), [record_id])).one_or_none() if known else None
    project = g.get("project")
    if known is None or row is None or row.project_key != (project.key if project else None):
        raise NotFound(kind)
    endpoint, values = known.endpoint_values(row)
    address = url_for(endpoint, **values)
    return Subject(RecordRef(kind, record_id), row.title, address, project.id if project else None)


def subject_of(thing: AboutRecord | None) -> Subject:
    """The record a comment or file belongs to; whoever may not see the record finds neither."""
    if thing is None:
        raise NotFound("comment")
    return subject_here(thing.about_kind, thing.about_id)
