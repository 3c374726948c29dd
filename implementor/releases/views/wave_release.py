"""The release of a wave: its plan, the dry run, what people say to what was found, and going live later."""

from __future__ import annotations

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.configuration.first_use import speeches
from implementor.foundation.errors import InvalidInput, NotFound
from implementor.foundation.live import living
from implementor.foundation.words import say, say_n
from implementor.releases import permissions, release_services
from implementor.releases import release_queries as queries
from implementor.releases.coming import coming
from implementor.releases.pilot_queries import standing_pilots
from implementor.releases.release_forms import DriftForm, WaiveForm, answer_form
from implementor.releases.release_notes import compared, sentence_of
from implementor.releases.release_plan import Said, Step, Verdict
from implementor.releases.release_planning import plan_of, verdict_of
from implementor.releases.release_trial import try_out
from implementor.releases.views.release_look import drift_told, edits_since, look_of
from implementor.releases.views.release_routing import (
    OF_WAVE,
    blueprint,
    frame_of,
    may,
    verdict_and_step,
    wave_or_404,
)
from implementor.waves.models import Wave
from implementor.web.forms import Form
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session


@blueprint.get(OF_WAVE)
@allow(permissions.VIEW_RELEASES)
def show(project_key: str, number: int) -> ResponseReturnValue:
    """What the release of the wave would do, and what speaks against it."""
    wave = wave_or_404(number)
    verdict = verdict_of(session(), wave)
    releases = session().scalars(queries.releases_of_wave(wave_id=wave.id)).all()
    with living(coming(step.operation for step in (*verdict.plan.steps, *verdict.plan.left_out))):
        looks = [look_of(verdict, step) for step in verdict.plan.steps]
        left_out = [(step, sentence_of(step)) for step in verdict.plan.left_out]
    return draw(
        "releases/wave.html",
        verdict=verdict,
        looks=looks,
        left_out=left_out,
        releases=releases,
        pilot=session().scalars(standing_pilots(wave_id=wave.id)).first(),
        edits=edits_since(session(), wave, releases),
        may_prepare=may(permissions.PREPARE_RELEASE) and not wave.is_archived,
        may_apply=may(permissions.APPLY_RELEASE) and wave.is_closed and not wave.is_archived,
        **frame_of(wave),
    )


@blueprint.post(f"{OF_WAVE}/try")
@allow(permissions.PREPARE_RELEASE)
def try_it(project_key: str, number: int) -> ResponseReturnValue:
    """Try the release on the live data; nothing but what was found stays."""
    _try(wave_or_404(number))
    return redirect(url_for("config_releases.show", number=number), 303)


@blueprint.post(f"{OF_WAVE}/apply")
@allow(permissions.APPLY_RELEASE)
def apply(project_key: str, number: int) -> ResponseReturnValue:
    """Bring live what came to a wave that is live already."""
    release = release_services.release_later(session(), wave_or_404(number), speeches=speeches(), by=actor(), at=now())
    tell_done(say("Release %(number)s is live.", number=release.number))
    return redirect(url_for("config_releases.release", release_number=release.number), 303)


@blueprint.get(f"{OF_WAVE}/<int:item_id>")
@allow(permissions.VIEW_RELEASES)
def item(project_key: str, number: int, item_id: int) -> ResponseReturnValue:
    """One item: what it changes, what was changed since, what was found and what to say to that."""
    wave = wave_or_404(number)
    verdict, step = verdict_and_step(wave, item_id)
    return _draw_item(wave, verdict, step)


@blueprint.post(f"{OF_WAVE}/<int:item_id>/answer")
@allow(permissions.PREPARE_RELEASE)
def answer(project_key: str, number: int, item_id: int) -> ResponseReturnValue:
    """Choose a way out of a finding, and try again."""
    wave = wave_or_404(number)
    verdict, step = verdict_and_step(wave, item_id)
    said = _said(verdict, step)
    form = answer_form(said)
    if not form.validate():
        return _draw_item(wave, verdict, step, form, 422)
    release_services.answer(session(), step, said, form.choice.data, by=actor(), at=now())
    _try(wave)
    return redirect(url_for("config_releases.item", number=number, item_id=item_id), 303)


@blueprint.post(f"{OF_WAVE}/<int:item_id>/waive")
@allow(permissions.PREPARE_RELEASE)
def waive(project_key: str, number: int, item_id: int) -> ResponseReturnValue:
    """Let a finding be for a reason, or no longer (`deed` is withdraw)."""
    wave = wave_or_404(number)
    verdict, step = verdict_and_step(wave, item_id)
    said = _said(verdict, step)
    if request.form.get("deed") == "withdraw" and said.waiver is not None:
        release_services.withdraw_waiver(session(), said.waiver, by=actor(), at=now())
        tell_done(say("The finding of %(item)s blocks again.", item=step.item.label))
        return redirect(url_for("config_releases.item", number=number, item_id=item_id), 303)
    form = WaiveForm()
    try:
        release_services.waive(session(), step, said, reason=form.reason.data or "", by=actor(), at=now())
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw_item(wave, verdict, step, form, 422)
    tell_done(say("The finding of %(item)s is let be.", item=step.item.label))
    return redirect(url_for("config_releases.item", number=number, item_id=item_id), 303)


@blueprint.post(f"{OF_WAVE}/<int:item_id>/drift")
@allow(permissions.PREPARE_RELEASE)
def drift(project_key: str, number: int, item_id: int) -> ResponseReturnValue:
    """Say what becomes of an item whose setting was changed since, and try again."""
    wave = wave_or_404(number)
    verdict, step = verdict_and_step(wave, item_id)
    form = DriftForm()
    if not form.validate():
        return _draw_item(wave, verdict, step, form, 422)
    release_services.settle_drift(session(), step, form.choice.data, by=actor(), at=now())
    _try(wave)
    return redirect(url_for("config_releases.item", number=number, item_id=item_id), 303)


def _try(wave: Wave) -> None:
    """Try the release, and say how it went."""
    try_out(session(), wave, plan_of(session(), wave), by=actor(), at=now())
    open_steps = len(verdict_of(session(), wave).blocking)
    if open_steps:
        tell_done(
            say_n("Tried: %(count)s setting is not settled.", "Tried: %(count)s settings are not settled.", open_steps)
        )
    else:
        tell_done(say("Tried: nothing speaks against the release."))


def _said(verdict: Verdict, step: Step) -> Said:
    """The finding that a form is about."""
    found = next((one for one in verdict.of(step) if one.finding.code == request.form.get("code")), None)
    if found is None:
        raise NotFound("finding")
    return found


def _draw_item(
    wave: Wave, verdict: Verdict, step: Step, refused: Form | None = None, status: int = 200
) -> ResponseReturnValue:
    with living(coming(one.operation for one in verdict.plan.steps)):
        look, told, changed = look_of(verdict, step), drift_told(step), compared(step, step.operation)
    return draw(
        "releases/item.html",
        status,
        look=look,
        verdict=verdict,
        told=told,
        compared=changed,
        forms=[(said, _form_of(said, refused)) for said in look.said],
        drift_form=refused if isinstance(refused, DriftForm) else DriftForm(),
        may_prepare=may(permissions.PREPARE_RELEASE) and not wave.is_archived and not g.project.is_archived,
        **frame_of(wave),
    )


def _form_of(said: Said, refused: Form | None) -> tuple[Form | None, WaiveForm | None]:
    """The forms of one finding: its ways out, and letting it be."""
    mine = refused is not None and getattr(refused, "code", None) is not None
    if mine and refused is not None and refused["code"].data == said.finding.code and isinstance(refused, WaiveForm):
        return (answer_form(said) if said.finding.choices else None, refused)
    waiver = WaiveForm(code=said.finding.code) if said.may_be_waived else None
    return (answer_form(said) if said.finding.blocks and said.finding.choices else None, waiver)
