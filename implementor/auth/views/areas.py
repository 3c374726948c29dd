"""The company's areas as a tree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from flask import Response, redirect, url_for
from flask.typing import ResponseReturnValue

from implementor.auth import queries
from implementor.auth.forms import AreaForm
from implementor.auth.models import Area
from implementor.auth.permissions import MANAGE_AREAS
from implementor.auth.services import areas
from implementor.auth.views.blueprint import blueprint
from implementor.foundation.errors import InvalidInput
from implementor.foundation.words import say
from implementor.web.found import is_newer, one_or_404, pairs
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session


@blueprint.get("/settings/areas")
@allow(MANAGE_AREAS)
def list_areas() -> ResponseReturnValue:
    """The tree, with a form for the next area and the archived ones below."""
    return _index(AreaForm(formdata=None))


@blueprint.post("/settings/areas")
@allow(MANAGE_AREAS)
def add_area() -> ResponseReturnValue:
    """Add an area."""
    form = _with_choices(AreaForm(), None)
    if not form.validate():
        return _index(form, 422)
    try:
        area = areas.add_area(session(), **form.values(), by=actor(), at=now())
    except InvalidInput as invalid:
        form.refuse(invalid)
        return _index(form, 422)
    tell_done(say("The area %(name)s is added.", name=area.name))
    return redirect(url_for("auth.list_areas"), 303)


@blueprint.get("/settings/areas/<int:area_id>")
@allow(MANAGE_AREAS)
def edit_area(area_id: int) -> ResponseReturnValue:
    """The form of one area."""
    area = one_or_404(queries.area_by_id(area_id))
    return _edit(area, AreaForm(formdata=None, obj=area))


@blueprint.post("/settings/areas/<int:area_id>")
@allow(MANAGE_AREAS)
def change_area(area_id: int) -> ResponseReturnValue:
    """Rename, move or change the head."""
    area = one_or_404(queries.area_by_id(area_id))
    form = _with_choices(AreaForm(), area)
    if not form.validate() or is_newer(area, form):
        return _edit(area, form, 422)
    try:
        areas.edit_area(session(), area, **form.values(), by=actor(), at=now())
    except InvalidInput as invalid:
        form.refuse(invalid)
        return _edit(area, form, 422)
    tell_done(say("The area %(name)s is changed.", name=area.name))
    return redirect(url_for("auth.list_areas"), 303)


@blueprint.post("/settings/areas/<int:area_id>/archive")
@allow(MANAGE_AREAS)
def archive_area(area_id: int) -> ResponseReturnValue:
    """Put an area away."""
    area = one_or_404(queries.area_by_id(area_id))
    areas.archive_area(session(), area, by=actor(), at=now())
    tell_done(say("The area %(name)s is archived.", name=area.name))
    return redirect(url_for("auth.list_areas"), 303)


@blueprint.post("/settings/areas/<int:area_id>/restore")
@allow(MANAGE_AREAS)
def restore_area(area_id: int) -> ResponseReturnValue:
    """Take an area back into use."""
    area = one_or_404(queries.area_by_id(area_id))
    areas.restore_area(session(), area, by=actor(), at=now())
    tell_done(say("The area %(name)s is in use again.", name=area.name))
    return redirect(url_for("auth.list_areas"), 303)


def in_tree_order(found: Sequence[Area]) -> Iterator[tuple[int, Area]]:
    """Areas with their depth, each directly before those below it; none is lost, even if data should close a circle."""
    below: dict[int | None, list[Area]] = defaultdict(list)
    known = {area.id for area in found}
    for area in found:
        below[area.parent_id if area.parent_id in known else None].append(area)
    waiting, seen = [(0, area) for area in reversed([*below[None], *found])], set()
    while waiting:
        depth, area = waiting.pop()
        if area.id not in seen:
            seen.add(area.id)
            yield depth, area
            waiting.extend((depth + 1, child) for child in reversed(below[area.id]))


def _with_choices(form: AreaForm, area: Area | None) -> AreaForm:
    own = area.id if area else None
    places = [pair for pair in pairs(queries.areas_to_choose()) if pair[0] != own]
    if area is not None and area.parent is not None and area.parent.is_archived:
        places.append((area.parent.id, area.parent.name))
    leaders = pairs(queries.people_to_choose())
    if area is not None and area.head is not None and area.head.is_disabled:
        leaders.append((area.head.id, area.head.name))
    return form.offer(places, leaders)


def _index(form: AreaForm, status: int = 200) -> Response:
    found = session().scalars(queries.areas(with_archived=True)).all()
    return draw(
        "auth/areas/index.html", status, form=_with_choices(form, None),
        tree=list(in_tree_order([area for area in found if not area.is_archived])),
        archived=[area for area in found if area.is_archived],
    )  # fmt: skip


def _edit(area: Area, form: AreaForm, status: int = 200) -> Response:
    return draw("auth/areas/edit.html", status, area=area, form=_with_choices(form, area))
