"""The pilot of a wave's settings: who tries them, beginning, judging and ending it."""

from __future__ import annotations

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.auth.queries import people_to_choose, teams_to_choose
from implementor.foundation.errors import InvalidInput, NotFound
from implementor.foundation.words import say
from implementor.releases import permissions
from implementor.releases import pilot_queries as queries
from implementor.releases.pilot_models import ConfigPilot
from implementor.releases.pilot_services import Triers, end_pilot, judge_pilot, start_pilot
from implementor.releases.piloting import why_not
from implementor.releases.release_forms import EndForm, JudgeForm, PilotForm
from implementor.releases.release_notes import sentence_of
from implementor.releases.release_planning import verdict_of
from implementor.releases.views.release_routing import OF_WAVE, blueprint, frame_of, may, wave_or_404
from implementor.waves.models import Wave
from implementor.web.forms import Form, offered
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session


@blueprint.get(f"{OF_WAVE}/pilot")
@allow(permissions.VIEW_RELEASES)
def pilot(project_key: str, number: int) -> ResponseReturnValue:
    """Who tries the settings of the wave, since when; which of them cannot be tried by some people first."""
    return _draw(wave_or_404(number))


@blueprint.post(f"{OF_WAVE}/pilot")
@allow(permissions.APPLY_RELEASE)
def begin_pilot(project_key: str, number: int) -> ResponseReturnValue:
    """Begin it for the teams that were ticked and the people who were chosen."""
    wave, form = wave_or_404(number), PilotForm()
    verdict = verdict_of(session(), wave)
    triers = Triers(_numbers("teams"), _numbers("people"))
    try:
        start_pilot(session(), wave, verdict, triers=triers, until=form.until.data, by=actor(), at=now())
    except InvalidInput as refusal:
        errors = {name: text for name, text in refusal.errors.items() if name in form}
        if errors:
            form.refuse(InvalidInput(errors))
        return _draw(wave, form, 422, teams_error=refusal.errors.get("teams"))
    tell_done(say("The pilot of %(wave)s is live for those who try it.", wave=wave.name))
    return redirect(url_for("config_releases.pilot", number=number), 303)


@blueprint.post(f"{OF_WAVE}/pilot/judge")
@allow(permissions.APPLY_RELEASE)
def judge(project_key: str, number: int) -> ResponseReturnValue:
    """Keep what those who tried it found."""
    wave, form = wave_or_404(number), JudgeForm()
    standing, said = _standing_or_404(wave), form.judgement.data or ""
    try:
        judge_pilot(session(), standing, said, finding=form.finding.data or "", by=actor(), at=now())
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw(wave, form, 422)
    tell_done(say("The judgement on the pilot of %(wave)s is kept.", wave=wave.name))
    return redirect(url_for("config_releases.pilot", number=number), 303)


@blueprint.post(f"{OF_WAVE}/pilot/end")
@allow(permissions.APPLY_RELEASE)
def stop_pilot(project_key: str, number: int) -> ResponseReturnValue:
    """End it: everybody works with what is live for all."""
    wave, form = wave_or_404(number), EndForm()
    standing = _standing_or_404(wave)
    try:
        end_pilot(session(), standing, reason=form.reason.data or "", by=actor(), at=now())
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw(wave, form, 422)
    tell_done(say("The pilot of %(wave)s is over.", wave=wave.name))
    return redirect(url_for("config_releases.pilot", number=number), 303)


def _standing_or_404(wave: Wave) -> ConfigPilot:
    found = session().scalars(queries.standing_pilots(wave_id=wave.id)).first()
    if found is None:
        raise NotFound("config_pilot")
    return found


def _numbers(name: str) -> list[int]:
    return [int(one) for one in request.form.getlist(name) if one.isdecimal() and len(one) < 16]


def _draw(wave: Wave, typed: Form | None = None, status: int = 200, teams_error: object = None) -> ResponseReturnValue:
    """The page; `typed` is the form that was sent, the others are empty."""
    begin = typed if isinstance(typed, PilotForm) else PilotForm(formdata=None)
    judged = typed if isinstance(typed, JudgeForm) else JudgeForm(formdata=None)
    end = typed if isinstance(typed, EndForm) else EndForm(formdata=None)
    begin.people.choices = offered(session().execute(people_to_choose()).all())
    verdict = verdict_of(session(), wave)
    pilots = session().execute(queries.pilots_of_wave(wave_id=wave.id)).all()
    triers: dict[int, list[str]] = {}
    for pilot_id, name in session().execute(queries.trying([row.ConfigPilot.id for row in pilots])):
        triers.setdefault(pilot_id, []).append(name)
    standing = next((row for row in pilots if row.ConfigPilot.stands), None)
    return draw(
        "releases/pilot.html",
        status,
        verdict=verdict,
        refused=[(sentence_of(step), why_not(step.operation)) for step in verdict.plan.todo if why_not(step.operation)],
        pilots=pilots,
        triers=triers,
        standing=standing,
        offered=session().execute(teams_to_choose()).all(),
        chosen=request.form.getlist("teams"),
        form=begin,
        judge_form=judged,
        end_form=end,
        teams_error=teams_error,
        is_late=standing is not None and standing.ConfigPilot.until_on < now().date(),
        may_pilot=may(permissions.APPLY_RELEASE) and not wave.is_archived and not wave.is_closed,
        project=g.project,
        **frame_of(wave),
    )
