"""The charter of a project: begun, read and printed, signed by sponsor and lead, followed by its next edition."""

from __future__ import annotations

from typing import Any

from flask import Response, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.discovery import charter_queries as queries
from implementor.discovery import charter_services as services
from implementor.discovery import permissions
from implementor.discovery.charter_models import Charter
from implementor.discovery.charter_parts import aims_of, people_of, roles_of
from implementor.discovery.views.routing import blueprint, charter_or_404
from implementor.discovery.wanted_catalogue import EDITIONS
from implementor.foundation.words import say
from implementor.history.timeline import timeline_of
from implementor.lists.record_page import present_scope, record_page
from implementor.lists.sheets import sheet_of
from implementor.web.guard import actor, allow
from implementor.web.messages import tell, tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

ROOT = "/charters/<int:charter_id>"


@blueprint.get("/charters")
@allow(permissions.VIEW)
def charters(project_key: str) -> Response:
    """The charter that is in force, else the draft, else the offer to begin one."""
    editions = session().scalars(queries.charters_of(project_id=g.project.id)).all()
    standing = next((one for one in editions if one.state == "signed"), editions[0] if editions else None)
    if standing is not None:
        return _draw(standing)
    return draw("discovery/charter_none.html", may_edit=actor().may(permissions.EDIT))


@blueprint.post("/charters")
@allow(permissions.EDIT)
def begin_charter(project_key: str) -> ResponseReturnValue:
    """Begin the first edition."""
    made = services.begin_charter(session(), project_id=g.project.id, by=actor(), at=now())
    tell_done(say("The charter is begun. Say what is still missing."))
    return redirect(url_for("discovery.charter", charter_id=made.id), 303)


@blueprint.get(ROOT)
@allow(permissions.VIEW)
def charter(project_key: str, charter_id: int) -> Response:
    """One edition."""
    return _draw(charter_or_404(charter_id))


@blueprint.post(f"{ROOT}/signature")
@allow(permissions.SIGN_CHARTER)
def sign_charter(project_key: str, charter_id: int) -> ResponseReturnValue:
    """Sign it in one's role."""
    found = charter_or_404(charter_id, to_change=True)
    services.sign(session(), found, by=actor(), at=now())
    tell(
        say("The charter is signed by sponsor and project lead, and in force.")
        if found.signed_at is not None
        else say("You signed the charter. The other signature is still missing.")
    )
    return redirect(url_for("discovery.charter", charter_id=charter_id), 303)


@blueprint.post(f"{ROOT}/signature/removal")
@allow(permissions.SIGN_CHARTER)
def withdraw_from_charter(project_key: str, charter_id: int) -> ResponseReturnValue:
    """Take one's signature back while the other is missing."""
    services.withdraw(session(), charter_or_404(charter_id, to_change=True), by=actor(), at=now())
    tell(say("Your signature under the charter is taken back."))
    return redirect(url_for("discovery.charter", charter_id=charter_id), 303)


@blueprint.post(f"{ROOT}/edition")
@allow(permissions.EDIT)
def begin_charter_edition(project_key: str, charter_id: int) -> ResponseReturnValue:
    """Begin the edition that will replace it."""
    made = services.next_edition(session(), charter_or_404(charter_id, to_change=True), by=actor(), at=now())
    tell_done(say("The next edition of %(title)s is a draft now.", title=made.title))
    return redirect(url_for("discovery.charter", charter_id=made.id), 303)


def _draw(found: Charter) -> Response:
    scope = present_scope()
    parts = found.frozen or services.parts_of_project(session(), found.project_id, at=now())
    signers = {one for one in (found.sponsor_signed_by_id, found.lead_signed_by_id) if one is not None}
    people = session().execute(queries.names_of(people_of(parts) | signers)).all()
    editions = session().scalars(queries.charters_of(project_id=found.project_id)).all()
    may_edit = actor().may(permissions.EDIT) and not found.is_archived
    may_sign = actor().may(permissions.SIGN_CHARTER) and not found.is_archived and found.signed_at is None
    return draw(
        "discovery/charter.html",
        found=found,
        page=record_page(session(), sheet_of("charter"), scope, found.id),
        state=EDITIONS[found.state],
        states=EDITIONS,
        aims=aims_of(parts),
        roles=roles_of(parts),
        names={row.id: row.name for row in people},
        editions=editions,
        missing=services.missing_of(session(), found) if not found.is_touched else [],
        may_change=may_edit and not found.is_touched,
        may_continue=may_edit and found.state == "signed" and editions[0].signed_at is not None,
        may_sign=may_sign and services.side_of(found, actor()) is not None,
        may_withdraw=may_sign and actor().user_id in signers,
        **_timeline(found, scope),
    )


def _timeline(found: Charter, scope: Any) -> dict[str, Any]:
    timeline = timeline_of(session(), "charter", found.id, scope, at=now(), after=request.args.get("after"))
    older = timeline.next and url_for("discovery.charter", charter_id=found.id, after=timeline.next)
    return {"timeline": timeline, "timeline_next_url": older}
