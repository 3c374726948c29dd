"""What can happen to saved views, and saving a record from one of the shared forms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import delete, inspect
from sqlalchemy.orm import Session

from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.events import publish
from implementor.foundation.extensible import custom_field
from implementor.foundation.fields import Entity, Field, Scope
from implementor.foundation.permissions import Actor
from implementor.foundation.records import RecordRef
from implementor.foundation.text import clean_line
from implementor.foundation.words import Phrase, say
from implementor.history.services import StaleEdit, name_action, reconcile
from implementor.lists.events import BroughtBack, PutAway
from implementor.lists.models import PinnedView, SavedView
from implementor.lists.sheets import Existing, Sheet

LONGEST_NAME = 80
LONGEST_REASON = 500


def save_view(
    session: Session,
    *,
    kind: str,
    project_id: int | None,
    name: str,
    address: str,
    shared: bool,
    by: Actor,
    at: datetime,
) -> SavedView:
    """Keep a list as it is arranged now."""
    name = clean_line(name)
    if not name or len(name) > LONGEST_NAME:
        raise InvalidInput({"name": say("Give the view a name of up to %(longest)s characters.", longest=LONGEST_NAME)})
    view = SavedView(
        project_id=project_id,
        entity_kind=kind,
        owner_id=by.user_id,
        name=name,
        address=address[:4000],
        shared_at=at if shared else None,
    )
    session.add(view)
    name_action(session, say("Saved the view %(name)s", name=name), verb="view.save", project_id=project_id)
    session.flush()  # the answer leads to the new view's id
    return view


def rearrange_view(view: SavedView, *, address: str) -> None:
    """Let a saved view keep another arrangement."""
    view.address = address[:4000]


def share_view(view: SavedView, *, shared: bool, at: datetime) -> None:
    """Show a view to everybody who sees the list, or to its owner alone."""
    view.shared_at = (view.shared_at or at) if shared else None


def archive_view(view: SavedView, *, by: Actor, at: datetime) -> None:
    """Put a view away."""
    view.archived_at = at
    view.archived_by_id = by.user_id


def pin_view(session: Session, view: SavedView, *, pinned: bool, by: Actor, at: datetime) -> None:
    """Keep a view among the tabs of this person's list, or take it from there."""
    session.execute(delete(PinnedView).where(PinnedView.user_id == by.user_id, PinnedView.view_id == view.id))
    if pinned:
        session.add(PinnedView(user_id=by.user_id, view_id=view.id, pinned_at=at))


class ExistsAlready(Refusal):
    """A record bears already what only one can bear, and nobody who may said why there must be another."""

    def __init__(self, reason: Phrase, records: Sequence[Existing]) -> None:
        super().__init__(reason)
        self.records = records


def create_record(
    session: Session, sheet: Sheet, scope: Scope, values: dict[str, Any], *, why: str, by: Actor, at: datetime
) -> Any:
    """Make a record of what a form says; `why` is the reason for one that doubles another. Raises ExistsAlready."""
    assert sheet.create is not None
    if titles := _doubled(session, sheet, values, why=why, by=by):
        summary = say("Added a record although %(titles)s is here already: %(why)s", titles=titles, why=_kept(why))
        name_action(session, summary, verb=f"{sheet.entity.kind}.add")
    return sheet.create(session, scope, values, by, at)


def _doubled(
    session: Session, sheet: Sheet, values: Mapping[str, Any], *, why: str, by: Actor, but: int | None = None
) -> str:
    """The titles of others that bear what these values say, where somebody says why; else raises ExistsAlready."""
    found = sheet.exists(session, values, by) if sheet.exists is not None else ()
    known = [one for one in found if one.id != but]
    titles = ", ".join(one.title for one in known)
    if known and (not _kept(why) or sheet.may_double is None or not by.may(sheet.may_double)):
        raise ExistsAlready(say("%(titles)s is here already. Open it instead.", titles=titles), known)
    return titles


def _kept(why: str) -> str:
    return clean_line(why)[:LONGEST_REASON]


def save_record(
    session: Session, sheet: Sheet, record: Any, values: Mapping[str, Any], *, version: int, by: Actor, at: datetime,
    why: str = "",
) -> bool:  # fmt: skip
    """Save what a form that showed `version` now says; fields that others changed meanwhile merge or raise StaleEdit.

    Answers whether anything became different. `why` is the reason for bearing what another record bears; without it
    that raises ExistsAlready.
    """
    fields = sheet.entity.fields
    names = {fields[name].attribute: name for name in values if is_own(record, fields[name])}
    by_attribute = {attribute: values[name] for attribute, name in names.items()}
    amounts = [(fields[name].attribute, fields[name].currency_name or "") for name in values]
    together = [pair for pair in amounts if set(pair) <= by_attribute.keys()]
    try:
        merged = reconcile(session, record, version=version, values=by_attribute, together=together)
    except StaleEdit as stale:
        conflicts = [replace(one, field=names[one.field]) for one in stale.conflicts]
        raise StaleEdit(conflicts, {names[one]: value for one, value in stale.merged.items()}) from stale
    kept = {names[attribute]: value for attribute, value in merged.items()}
    wanted = different(sheet.entity, record, {**values, **kept})
    if wanted:
        if titles := _doubled(session, sheet, wanted, why=why, by=by, but=record.id):
            told = {"titles": titles, "why": _kept(why)}
            summary = say("Changed a record although %(titles)s bears the same number: %(why)s", **told)
            name_action(session, summary, verb=f"{sheet.entity.kind}.change")
        sheet.change(session, record, wanted, by, at)
    return bool(wanted)


def is_own(record: Any, field: Field) -> bool:
    """Whether the record itself holds the field; what upper packages contributed is kept elsewhere."""
    model = type(record)
    return field.attribute in inspect(model).column_attrs or custom_field(model, field.attribute) is not None


def different(entity: Entity, record: Any, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values that the record does not have yet; what is kept elsewhere is for its own service to compare."""
    missing = object()
    return {
        name: value
        for name, value in values.items()
        if getattr(record, entity.fields[name].attribute, missing) != value
    }


def put_away(session: Session, sheet: Sheet, record: Any, *, by: Actor, at: datetime) -> None:
    """Archive a record: it leaves the lists and can be restored."""
    record.archived_at = at
    record.archived_by_id = by.user_id
    title = getattr(record, sheet.entity.title_field)
    name_action(session, say("Archived %(title)s", title=title), verb=f"{sheet.entity.kind}.archive")
    publish(session, PutAway(RecordRef(sheet.entity.kind, record.id), at))


def bring_back(session: Session, sheet: Sheet, record: Any, *, by: Actor, at: datetime) -> None:
    """Restore an archived record. Raises ExistsAlready where another one has its number now."""
    if sheet.may_double is None or not by.may(sheet.may_double):
        own = {name: getattr(record, one.attribute) for name, one in sheet.entity.fields.items() if is_own(record, one)}
        _doubled(session, sheet, own, why="", by=by, but=record.id)
    record.archived_at = None
    record.archived_by_id = None
    title = getattr(record, sheet.entity.title_field)
    name_action(session, say("Restored %(title)s", title=title), verb=f"{sheet.entity.kind}.restore")
    publish(session, BroughtBack(RecordRef(sheet.entity.kind, record.id), at))
