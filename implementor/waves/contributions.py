"""What waves add to the shared pages: their records, the wave of a story, panels, history and the side bar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Flask, url_for
from sqlalchemy.orm import Session, object_session

from implementor.exchange.kinds import import_kind
from implementor.foundation.asking import Asking
from implementor.foundation.measures import measurable
from implementor.foundation.panels import Data, Place, panel
from implementor.foundation.records import RecordKind, record_kind
from implementor.foundation.words import say
from implementor.governance.matrix_targets import MatrixTarget, matrix_target
from implementor.history.restoring import Restorer, undoable, undone_elsewhere
from implementor.history.timeline import sources
from implementor.jobs.worker import chore
from implementor.lists.sheets import Sheet, sheet
from implementor.stages.checks import wave_places
from implementor.stories.models import Story
from implementor.stories.services import contributed
from implementor.waves import permissions, queries, services
from implementor.waves.catalogue import STAGES, WAVE, extend_story
from implementor.waves.gate_checks import declare_checks
from implementor.waves.gate_places import find_place, places_of_project
from implementor.waves.judging import LOOK_EVERY, judge_every_wave
from implementor.waves.models import CapacityRate, CapacityShare, DayOff, ScopeNote, Wave, WaveMilestone, WaveStory
from implementor.waves.restoring import restore_wave
from implementor.waves.scope import set_wave_of_story
from implementor.waves.story_import_kind import stories_kind
from implementor.waves.story_import_timeline import sourced_entries
from implementor.waves.timeline import scope_entries
from implementor.waves.value_checks import declare_value_checks
from implementor.web.navigation import NavItem, Shortcut, directory

STAGE_CHOICES = {choice.key: choice for choice in STAGES}


def contribute(app: Flask) -> None:
    """Called once by the factory."""
    extend_story()
    measurable(WAVE)
    contributed["wave"] = set_wave_of_story
    # lists and forms ask a story for the wave it is in now, as for any other of its fields
    Story.wave_id = property(wave_of)
    sheet(
        Sheet(
            entity=WAVE,
            base=queries.waves_in_scope,
            record=queries.wave_in_scope,
            record_url=lambda row: url_for("waves.show", number=row.link_number),
            index_url=lambda: url_for("waves.index"),
            may_view=permissions.VIEW,
            may_edit=permissions.PLAN,
            change=lambda of, wave, values, by, at: services.change_wave(of, wave, values, by=by, at=at),
            create=lambda of, scope, values, by, at: services.create_wave(
                of, project_id=scope.project_id or 0, values=values, by=by, at=at
            ),
            link_columns=("number",),
            new_label=say("New wave"),
        )
    )
    _be_pointed_at()
    _be_undone()
    sources["waves"] = scope_entries
    sources["sourced"] = sourced_entries
    import_kind(stories_kind())
    declare_checks()
    judge_value()
    wave_places.find, wave_places.all = find_place, places_of_project
    panel("project.overview", 30, "waves/_overview.html", load_overview)
    panel("story.page", 10, "waves/_of_story.html", load_of_story)
    board = directory(app)
    board.items.append(NavItem("project", say("Waves"), "waves.index", permissions.VIEW, in_project=True, order=30))
    board.shortcuts.append(Shortcut("g w", say("Go to the waves"), "waves.index", in_project=True))
    board.shortcuts.append(Shortcut("n w", say("New wave"), "waves.new", in_project=True))


def _be_undone() -> None:
    undoable["wave"] = Restorer(Wave, restore_wave)
    undoable["wave_story"] = Restorer(WaveStory)
    undoable["wave_milestone"] = Restorer(WaveMilestone)
    for kept in (CapacityShare, DayOff, CapacityRate, ScopeNote):
        undoable[kept.__record_kind__] = Restorer(kept, may=permissions.PLAN)


def judge_value() -> None:
    """Let gates ask for the value that stories promised, and the worker judge it."""
    declare_value_checks()
    chore("waves.judge", every=LOOK_EVERY)(judge_every_wave)
    for verb in ("wave.judge", "target.waive", "target.unwaive"):
        undone_elsewhere[verb] = say("Value is judged anew from the metrics; a waiver is withdrawn on its own page.")


def wave_of(story: Story) -> int | None:
    """The id of the wave a story is in now."""
    of = object_session(story)
    row = of.execute(queries.wave_of_story(story_id=story.id)).one_or_none() if of is not None else None
    return row.id if row is not None else None


def address_of_wave(row: Any) -> tuple[str, dict[str, Any]]:
    """View name and values of a wave's page."""
    return "waves.show", {"project_key": row.project_key, "number": row.number}


def load_overview(session: Session, place: Place) -> Mapping[str, Any] | None:
    """The waves of the project with what is validated of each."""
    if not place.actor.may(permissions.VIEW):
        return None
    waves = list(session.scalars(queries.waves_of_project(project_id=place.project.id)))
    if not waves:
        return None
    sums = {row.wave_id: row for row in session.execute(queries.loads_of_project(project_id=place.project.id))}
    return {"waves": [(wave, STAGE_CHOICES[wave.stage], sums.get(wave.id)) for wave in waves]}


def load_of_story(session: Session, place: Place) -> Asking[Data] | None:
    """The wave of the story whose page is shown, and those it could go to."""
    if not place.actor.may(permissions.VIEW):
        return None
    story: Story = place.record
    asked = queries.waves_about_story(project_id=story.project_id, story_id=story.id)
    return Asking((asked,), lambda rows: _of_story(rows[0], story, place))


def _of_story(found: Sequence[Any], story: Story, place: Place) -> Data:
    wave = next((one for one in found if one.link_id is not None), None)
    may_plan = place.actor.may(permissions.PLAN) and not story.is_archived
    waves = [one for one in found if one.is_open] if may_plan else []
    # a story of a closed wave stays there
    is_fixed = wave is not None and not wave.is_open
    return {
        "wave": wave,
        "stage": STAGE_CHOICES[wave.stage] if wave is not None else None,
        "story_id": story.id,
        "story_number": story.number,
        "waves": waves,
        "may_plan": bool(may_plan and waves and not is_fixed),
    }


def _be_pointed_at() -> None:
    record_kind(RecordKind("wave", WAVE.label, Wave, queries.visible_waves, address_of_wave))
    matrix_target(
        MatrixTarget("wave", "deliverable", say("Waves"), Wave, lambda one: str(one.name),
                     lambda one: ("waves.show", {"number": one.number}))
    )  # fmt: skip
