"""Keeping, sharing, pinning and putting away views of lists."""

from __future__ import annotations

from flask import abort, redirect, request
from flask.typing import ResponseReturnValue

from implementor.foundation.errors import InvalidInput, NotFound
from implementor.foundation.words import say
from implementor.lists import permissions, services
from implementor.lists.models import SavedView
from implementor.lists.queries import own_view, visible_view
from implementor.lists.record_page import present_scope
from implementor.lists.sheets import sheet_of
from implementor.lists.state import whole_address
from implementor.lists.views.routing import open_sheet, require, sent_address, shared_page
from implementor.web.guard import actor
from implementor.web.messages import tell, tell_done
from implementor.web.unit_of_work import now, session


@shared_page("/lists/<kind>/views", "POST")
def save_view(kind: str) -> ResponseReturnValue:
    """Keep the list as it is arranged now."""
    sheet = open_sheet(kind)
    shared = request.form.get("shared") == "1"
    if shared:
        require(permissions.SHARE)
    address = whole_address(sheet.entity, sent_address())
    try:
        view = services.save_view(
            session(),
            kind=kind,
            project_id=present_scope().project_id,
            name=request.form.get("name", ""),
            address=address,
            shared=shared,
            by=actor(),
            at=now(),
        )
    except InvalidInput as refusal:
        session().rollback()
        tell(refusal.errors["name"], "error")
        return redirect(f"{sheet.index_url()}?{address}", 303)
    tell_done(say("The view %(name)s is kept.", name=view.name))
    return redirect(f"{sheet.index_url()}?{view.address}&view={view.id}", 303)


@shared_page("/views/<int:view_id>", "POST")
def change_view(view_id: int) -> ResponseReturnValue:
    """Rearrange, share, stop sharing or put away a view of one's own."""
    view = _own(view_id)
    sentence = say("The view %(name)s is saved.", name=view.name)
    match request.form.get("deed"):
        case "rearrange":
            entity = sheet_of(view.entity_kind).entity
            services.rearrange_view(view, address=whole_address(entity, sent_address()))
        case "share":
            require(permissions.SHARE)
            services.share_view(view, shared=True, at=now())
            sentence = say("The view %(name)s is shared.", name=view.name)
        case "keep":
            services.share_view(view, shared=False, at=now())
            sentence = say("The view %(name)s is only yours now.", name=view.name)
        case "archive":
            services.archive_view(view, by=actor(), at=now())
            sentence = say("The view %(name)s is put away.", name=view.name)
        case _:
            abort(400)
    tell_done(sentence)
    index = sheet_of(view.entity_kind).index_url()
    return redirect(index if view.archived_at else f"{index}?{view.address}&view={view.id}", 303)


@shared_page("/views/<int:view_id>/pin", "POST")
def pin_view(view_id: int) -> ResponseReturnValue:
    """Keep a view among the tabs, or take it from there."""
    view = session().scalars(visible_view(view_id=view_id, scope=present_scope())).one_or_none()
    if view is None:
        raise NotFound("view")
    services.pin_view(session(), view, pinned=request.form.get("pinned") == "1", by=actor(), at=now())
    return redirect(f"{sheet_of(view.entity_kind).index_url()}?{view.address}&view={view.id}", 303)


def _own(view_id: int) -> SavedView:
    view: SavedView | None = session().scalars(own_view(view_id=view_id, scope=present_scope())).one_or_none()
    if view is None:
        raise NotFound("view")
    return view
