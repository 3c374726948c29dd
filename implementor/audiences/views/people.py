"""What the page of a person affected shows besides the fields, and the erasing of a name on request."""

from __future__ import annotations

from typing import Any

from flask import g, redirect, url_for
from flask.typing import ResponseReturnValue

from implementor.audiences import permissions
from implementor.audiences.models import AffectedPerson
from implementor.audiences.pages import record_or_404
from implementor.audiences.queries.audiences import audiences_of_person
from implementor.audiences.services.people import erase_person
from implementor.audiences.views.routing import blueprint
from implementor.foundation.words import say
from implementor.web.guard import actor, allow
from implementor.web.messages import tell
from implementor.web.unit_of_work import now, session


def parts_of_person(person: AffectedPerson) -> dict[str, Any]:
    """The audiences of a person."""
    return {
        "audiences": session().execute(audiences_of_person(project_id=g.project.id, person_id=person.id)).all(),
        "may_erase": actor().may(permissions.PEOPLE_EDIT) and person.erased_at is None,
    }


@blueprint.post("/affected/<int:record_id>/erase")
@allow(permissions.PEOPLE_EDIT)
def erase(project_key: str, record_id: int) -> ResponseReturnValue:
    """Take the name out for good, as the person asked."""
    erase_person(session(), record_or_404(AffectedPerson, record_id), by=actor(), at=now())
    tell(say("The name is erased, here and in the history."))
    return redirect(url_for("audiences.affected_person", record_id=record_id), 303)
