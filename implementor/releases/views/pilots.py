"""The pilot of a wave's settings: who tries them, beginning and ending it."""

from __future__ import annotations

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.auth.queries import teams_to_choose
from implementor.foundation.errors import InvalidInput, NotFound
from implementor.foundation.words import say
from implementor.releases import permissions
from implementor.releases import pilot_queries as queries
from implementor.releases.pilot_services import end_pilot, start_pilot
from implementor.releases.piloting import why_not
from implementor.releases.release_forms import EndForm, PilotForm
from implementor.releases.release_notes import sentence_of
from implementor.releases.release_planning import verdict_of
from implementor.releases.views.release_routing import OF_WAVE, blueprint, frame_of, may, wave_or_404
from implementor.waves.models import Wave
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session


@blueprint.get(f"{OF_WAVE}/pilot")
@allow(permissions.VIEW_RELEASES)
def pilot(project_key: str, number: int) -> ResponseReturnValue:
    """Who tries the settings of the wave, since when; which of them cannot be tried by some people first."""
    return _draw(wave_or_404(number), PilotForm(), EndForm())


@blueprint.post(f"{OF_WAVE}/pilot")
@allow(permissions.APPLY_RELEASE)
def begin_pilot(project_key: str, number: int) -> ResponseReturnValue:
    """Begin it for the teams that were ticked."""
    wave, form = wave_or_404(number), PilotForm()
    team_ids = [int(one) for one in request.form.getlist("teams") if one.isdecimal() and len(one) < 16]
    verdict = verdict_of(session(), wave)
    try:
        start_pilot(session(), wave, verdict, team_ids=team_ids, until=form.until.data, by=actor(), at=now())
    except InvalidInput as refusal:
        errors = {name: text for name, text in refusal.errors.items() if name in form}
        if errors:
            form.refuse(InvalidInput(errors))
        return _draw(wave, form, EndForm(), 422, teams_error=refusal.errors.get("teams"))
    tell_done(say("The pilot of %(wave)s is live for its teams.", wave=wave.name))
    return redirect(url_for("config_releases.pilot", number=number), 303)


@blueprint.post(f"{OF_WAVE}/pilot/end")
@allow(permissions.APPLY_RELEASE)
def stop_pilot(project_key: str, number: int) -> ResponseReturnValue:
    """End it: everybody works with what is live for all."""
    wave, form = wave_or_404(number), EndForm()
    standing = session().scalars(queries.standing_pilot()).one_or_none()
    if standing is None or standing.wave_id != wave.id:
        raise NotFound("config_pilot")
    try:
        end_pilot(session(), standing, reason=form.reason.data or "", by=actor(), at=now())
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw(wave, PilotForm(), form, 422)
    tell_done(say("The pilot of %(wave)s is over.", wave=wave.name))
    return redirect(url_for("config_releases.pilot", number=number), 303)


def _draw(
    wave: Wave, form: PilotForm, end_form: EndForm, status: int = 200, teams_error: object = None
) -> ResponseReturnValue:
    verdict = verdict_of(session(), wave)
    pilots = session().execute(queries.pilots_of_wave(wave_id=wave.id)).all()
    teams: dict[int, list[str]] = {}
    for pilot_id, name in session().execute(queries.teams_of_pilots([row.ConfigPilot.id for row in pilots])):
        teams.setdefault(pilot_id, []).append(name)
    standing = next((row for row in pilots if row.ConfigPilot.stands), None)
    return draw(
        "releases/pilot.html",
        status,
        verdict=verdict,
        refused=[(sentence_of(step), why_not(step.operation)) for step in verdict.plan.todo if why_not(step.operation)],
        pilots=pilots,
        teams=teams,
        standing=standing,
        offered=session().execute(teams_to_choose()).all(),
        chosen=request.form.getlist("teams"),
        form=form,
        end_form=end_form,
        teams_error=teams_error,
        is_late=standing is not None and standing.ConfigPilot.until_on < now().date(),
        may_pilot=may(permissions.APPLY_RELEASE) and not wave.is_archived and not wave.is_closed,
        project=g.project,
        **frame_of(wave),
    )
