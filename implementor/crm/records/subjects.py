"""The record that a page logs something about, or promises something to: found within what the reader sees."""

from __future__ import annotations

from sqlalchemy.orm import Session

from implementor.crm.records.kinds import crm_kinds
from implementor.foundation.errors import NotFound
from implementor.foundation.fields import Scope
from implementor.foundation.permissions import Actor
from implementor.lists.record_page import RecordPage, record_page
from implementor.lists.sheets import sheet_of


def subject_page(session: Session, scope: Scope, kind: str, record_id: int) -> RecordPage:
    """The record named in an address, if its kind is one that people talk and meet about. Raises NotFound."""
    declared = crm_kinds.get(kind)
    if declared is None or not declared.is_subject or not may_see(scope.actor, kind):
        raise NotFound(kind)
    page = record_page(session, sheet_of(kind), scope, record_id)
    if page.is_archived:
        raise NotFound(kind)
    return page


def may_see(actor: Actor, kind: str) -> bool:
    """Whether the actor sees records of a kind at all."""
    return actor.may(crm_kinds[kind].may_view)
