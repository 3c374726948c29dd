"""Letting nobody pass a gate that is shut: asked before a wave starts, is closed or finished, and a stage begins."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from implementor.foundation.errors import Refusal
from implementor.foundation.permissions import ROLE_LABELS, Role
from implementor.foundation.words import Phrase, say
from implementor.projects.models import Project
from implementor.stages.checks import GatePlace
from implementor.stages.gate_finding import Passage, method_of_project, passages_of
from implementor.stages.gate_look import Line, Look, look_at
from implementor.stages.methods import CLOSE, FINISH, START, Method
from implementor.stages.models import PROJECT_SCOPE, Stage

BEFORE = {START: (START,), CLOSE: (START, CLOSE), FINISH: (START, CLOSE, FINISH)}
"""Deed of a wave -> the deeds whose gates must be open: those that were passed before must be so still."""


class GateShut(Refusal):
    """A gate on the way is not open; `gate` is what addresses call it, `failing` its lines that do not hold."""

    def __init__(self, reason: Phrase, *, gate: str, failing: Sequence[str] = ()) -> None:
        super().__init__(reason)
        self.gate = gate
        self.failing = tuple(failing)


def require_passage(session: Session, place: GatePlace, deed: str, *, at: datetime) -> None:
    """Let a wave do its deed (start, close, finish) only behind open gates. Raises GateShut naming what is missing."""
    project = session.get_one(Project, place.project_id)
    method = method_of_project(session, project)
    if not any(stage.is_gated for stage in method.stages):
        return
    stages = {stage.key: stage for stage in method.stages}
    for passage in passages_of(session, project, method, waves=[place]):
        if passage.stage.scope == PROJECT_SCOPE:
            if passage.stage.position > _last_of_waves(method):
                break
        elif stages[passage.stage.key].passes not in BEFORE[deed]:
            continue
        if not passage.is_open:
            refuse(session, method, passage, at=at)


def what_shuts(session: Session, place: GatePlace, deed: str, *, at: datetime) -> GateShut | None:
    """The refusal that a wave would meet if it did its deed now, so that a page can say it before; None for none."""
    try:
        require_passage(session, place, deed, at=at)
    except GateShut as shut:
        return shut
    return None


def require_earlier(session: Session, project: Project, method: Method, stage: Stage, *, at: datetime) -> None:
    """Let a stage of the project begin only behind the gates of the project's earlier ones. Raises GateShut."""
    for passage in passages_of(session, project, method, waves=[]):
        if passage.stage.position < stage.position and not passage.is_open:
            refuse(session, method, passage, at=at)


def _last_of_waves(method: Method) -> int:
    """The place of the last stage that waves pass."""
    return max((place for place, stage in enumerate(method.stages, start=1) if stage.passes), default=0)


def refuse(session: Session, method: Method, passage: Passage, *, at: datetime) -> None:
    """Say which gate is shut and what it lacks."""
    look = look_at(session, method, passage.stage, passage.place, passage.gate, at=at)
    raise GateShut(why_shut(look), gate=look.name, failing=[line.key for line in look.failing])


def why_shut(look: Look) -> Phrase:
    """What stands between a gate and its opening, in a sentence."""
    if look.failing:
        return say("%(gate)s is shut. Not met: %(lines)s.", gate=title_of(look), lines=named(look.failing))
    if look.verdict.colour == "red":
        return say(
            "%(gate)s is shut. %(share)s %% of what it asks holds; below %(red)s %% waivers do not help.",
            gate=title_of(look), share=look.verdict.ready_share, red=look.method.red_below,
        )  # fmt: skip
    if look.unsigned:
        roles = ", ".join(str(ROLE_LABELS[Role(role)]) for role in look.unsigned)
        return say("%(gate)s is shut. Not signed yet: %(roles)s.", gate=title_of(look), roles=roles)
    return say("%(gate)s is shut, though nothing is missing: open it first.", gate=title_of(look))


def title_of(look: Look) -> Phrase:
    """A gate in words."""
    if look.place.wave_number is None:
        return say("The gate %(stage)s", stage=look.stage.name)
    return say("The gate %(stage)s of wave %(number)s", stage=look.stage.name, number=look.place.wave_number)


def named(lines: Sequence[Line]) -> str:
    """Lines of a gate with what is measured, to be read in a sentence."""
    return "; ".join(
        f"{line.item.label} ({line.measured[0]:f}/{line.measured[1]:f})" if line.is_automatic else str(line.item.label)
        for line in lines
    )
