"""The list and the page of each kind of record, drawn alike; kinds add their own parts to the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response, request, url_for

from implementor.audiences.kinds import AUDIENCES, PEOPLE, SHOWN, Shown
from implementor.audiences.views.audiences import parts_of_audience
from implementor.audiences.views.people import parts_of_person
from implementor.audiences.views.routing import blueprint, record_or_404, tabs_at
from implementor.audiences.views.transition import parts_of_message
from implementor.history.timeline import timeline_of
from implementor.lists.page import list_page
from implementor.lists.record_page import present_scope, record_page
from implementor.lists.sheets import sheet_of
from implementor.web.guard import actor, allow
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

PATHS = {
    "audience": "audiences", "affected_person": "affected", "stakeholder": "stakeholders", "change_impact": "impacts",
    "blackout_period": "blackouts", "transition_step": "transition/steps", "planned_message": "messages",
}  # fmt: skip
PARTS: dict[str, tuple[str, Callable[[Any], dict[str, Any]]]] = {
    AUDIENCES.one: ("audiences/_audience.html", parts_of_audience),
    PEOPLE.one: ("audiences/_person.html", parts_of_person),
    "planned_message": ("audiences/_message.html", parts_of_message),
}
"""What the page of a kind shows besides its fields: a template, and what it needs."""


def _pages_of(shown: Shown) -> None:
    path, kind, one = PATHS[shown.entity.kind], shown.entity.kind, f"audiences.{shown.one}"

    @allow(shown.may_view)
    def index(project_key: str) -> Response:
        """The records of the project."""
        page = list_page(session(), sheet_of(kind), present_scope(), request.args.to_dict(flat=False))
        return draw("audiences/list.html", page=page, kind=kind, tabs=tabs_at(f"audiences.{shown.many}"))

    @allow(shown.may_view)
    def show(project_key: str, record_id: int) -> Response:
        """Everything about one record."""
        scope = present_scope()
        page = record_page(session(), sheet_of(kind), scope, record_id)
        found = record_or_404(shown.model, record_id)
        template, parts = PARTS.get(shown.one, (None, lambda _found: {}))
        timeline = timeline_of(session(), kind, found.id, scope, at=now(), after=request.args.get("after"))
        return draw(
            "audiences/record.html", page=page, shown=found, kind=kind, part=template,
            many_url=url_for(f"audiences.{shown.many}"), timeline=timeline,
            timeline_next_url=timeline.next and url_for(one, record_id=record_id, after=timeline.next),
            may_edit=actor().may(shown.may_edit) and not found.is_archived and page.is_changeable, **parts(found),
        )  # fmt: skip

    blueprint.add_url_rule(f"/{path}", shown.many, index)
    blueprint.add_url_rule(f"/{path}/<int:record_id>", shown.one, show)


for _shown in SHOWN:
    _pages_of(_shown)
