"""The page that says where a field of a CRM record comes from."""

from __future__ import annotations

from flask import Response

from implementor.foundation.errors import NotFound
from implementor.foundation.fields import Field, entities
from implementor.lists.origins import has_origin
from implementor.lists.sheets import sheet_of
from implementor.releases import permissions
from implementor.releases.origins import origin_of
from implementor.releases.views.release_routing import blueprint
from implementor.web.guard import actor, allow
from implementor.web.render import draw
from implementor.web.unit_of_work import session


@blueprint.get("/fields/<kind>/<name>/origin")
@allow(permissions.READ_RELEASES)
def origin(kind: str, name: str) -> Response:
    """Which release or whose hand brought a field; its story and wave for those who may see the project."""
    field = _field_or_404(kind, name)
    found = origin_of(session(), field, actor=actor())
    sheet = sheet_of(kind)
    return draw("releases/origin.html", field=field, sheet=sheet, origin=found)


def _field_or_404(kind: str, name: str) -> Field:
    """A field that the reader meets on records, and that is not just as the program ships it."""
    entity = entities.get(kind)
    field = entity.fields.get(name) if entity is not None else None
    if field is None or not has_origin(field) or not field.is_visible_to(actor()):
        raise NotFound("field")
    if not actor().may(sheet_of(kind).may_view):
        raise NotFound("field")
    return field
