"""Pages of interventions: the list, one with its effect, and saying what came of it."""

from __future__ import annotations

from flask import Response, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.adoption import help_queries, intervening, permissions
from implementor.adoption.catalogue import APPOINTMENT
from implementor.adoption.forms import ResultForm, meeting_form
from implementor.adoption.helping import FEWEST_OTHERS, FIGURES
from implementor.adoption.intervention_models import Intervention
from implementor.adoption.meeting import is_to_come
from implementor.adoption.reading import ratio
from implementor.adoption.views.routing import blueprint
from implementor.foundation.errors import InvalidInput, NotFound, Refusal
from implementor.foundation.words import say, speech
from implementor.history.timeline import timeline_of
from implementor.lists.page import list_page
from implementor.lists.record_page import present_scope, record_page
from implementor.lists.sheets import sheet_of
from implementor.training.moments import differs, moment_there
from implementor.web.forms import CatalogueForm
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session


@blueprint.get("/interventions")
@allow(permissions.HELP_VIEW)
def interventions() -> Response:
    """Help that was given, is under way or is planned."""
    asked = request.args.to_dict(flat=False)
    page = list_page(session(), sheet_of("intervention"), present_scope(), asked)
    return draw("adoption/interventions.html", page=page, done=asked.get("done_at", [""])[0])


@blueprint.get("/interventions/<int:intervention_id>")
@allow(permissions.HELP_VIEW)
def intervention(project_key: str, intervention_id: int) -> Response:
    """One of them, with how the figure moved since, and of others who stood alike."""
    return draw_intervention(found_or_404(intervention_id), ResultForm(formdata=None))


@blueprint.post("/interventions/<int:intervention_id>/finish")
@allow(permissions.HELP)
def finish_intervention(project_key: str, intervention_id: int) -> ResponseReturnValue:
    """Say what came of it."""
    found, form = intervention_to_change(intervention_id), ResultForm()
    try:
        intervening.finish_intervention(session(), found, result=form.result.data or "", by=actor(), at=now())
    except InvalidInput as refusal:
        form.refuse(refusal)
        return draw_intervention(found, form, status=422)
    tell_done(say("It is done. Its effect is measured from a week after on."))
    return redirect(url_for("adoption.intervention", intervention_id=intervention_id), 303)


@blueprint.post("/interventions/<int:intervention_id>/resume")
@allow(permissions.HELP)
def resume_intervention(project_key: str, intervention_id: int) -> ResponseReturnValue:
    """Take it up again."""
    intervening.resume_intervention(session(), intervention_to_change(intervention_id), by=actor(), at=now())
    tell_done(say("It is open again."))
    return redirect(url_for("adoption.intervention", intervention_id=intervention_id), 303)


def found_or_404(intervention_id: int) -> Intervention:
    """One of the project at hand, with its people."""
    asked = help_queries.intervention_with_people(g.project.id, intervention_id)
    found = session().scalars(asked).one_or_none()
    if found is None:
        raise NotFound("intervention")
    return found


def intervention_to_change(intervention_id: int) -> Intervention:
    """The same, not put away."""
    found = found_or_404(intervention_id)
    if found.is_archived:
        raise Refusal(say("This is archived. Restore it first."))
    return found


def draw_intervention(
    found: Intervention, form: ResultForm, meeting: CatalogueForm | None = None, status: int = 200
) -> Response:
    """Its page, with `meeting` as it was refused."""
    scope = present_scope()
    to_come = found if is_to_come(found, now()) else None
    timeline = timeline_of(session(), "intervention", found.id, scope, at=now(), after=request.args.get("after"))
    after = timeline.next and url_for("adoption.intervention", intervention_id=found.id, after=timeline.next)
    return draw(
        "adoption/intervention.html", status, page=record_page(session(), sheet_of("intervention"), scope, found.id),
        shown=found, form=form, ratio=ratio, figure=FIGURES[found.figure], fewest=FEWEST_OTHERS,
        settles_after=intervening.SETTLES_AFTER, timeline=timeline, timeline_next_url=after,
        may_edit=actor().may(permissions.HELP) and not found.is_archived, to_come=to_come, apart=APPOINTMENT,
        meeting=meeting or meeting_form(scope, session(), to_come), is_refused=meeting is not None,
        there=moment_there(found.meets_at, found.meets_zone or "UTC") if found.meets_at is not None
        and differs(found.meets_at, found.meets_zone or "UTC", speech().zone) else "",
    )  # fmt: skip
