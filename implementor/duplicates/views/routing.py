"""The blueprint, and the records that an address names, within what the actor sees."""

from __future__ import annotations

from flask import Blueprint, url_for

from implementor.duplicates import queries
from implementor.duplicates.models import DuplicatePair, MergeRecord
from implementor.duplicates.sameness import Sameness, sameness_of
from implementor.duplicates.services.pairs import require_seen
from implementor.foundation.errors import NotFound
from implementor.foundation.records import RecordRef
from implementor.foundation.records import kinds as record_kinds
from implementor.web.found import one_or_404
from implementor.web.guard import actor
from implementor.web.unit_of_work import session

blueprint = Blueprint("duplicates", __name__, url_prefix="/crm/duplicates")


def kind_or_404(kind: str) -> Sameness:
    """The kind, if this actor works with its records at all."""
    declared = sameness_of(kind)
    if not actor().may(declared.may_view):
        raise NotFound(kind)
    return declared


def pair_or_404(pair_id: int) -> tuple[DuplicatePair, Sameness]:
    """A pair of records that the actor sees, both of them."""
    pair = one_or_404(queries.pair_by_id(pair_id))
    declared = kind_or_404(pair.kind)
    require_seen(session(), declared, pair.left_id, pair.right_id, by=actor())
    return pair, declared


def merge_or_404(merge_id: int) -> tuple[MergeRecord, Sameness]:
    found = one_or_404(queries.merge_by_id(merge_id))
    declared = kind_or_404(found.kind)
    require_seen(session(), declared, found.survivor_id, found.survivor_id, by=actor())
    return found, declared


def record_url(declared: Sameness, record_id: int) -> str:
    endpoint, values = record_kinds[declared.kind].endpoint_values(RecordRef(declared.kind, record_id))
    return url_for(endpoint, **values)
