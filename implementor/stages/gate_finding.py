"""Which gate an address, a command or a wave means, and the gates that stand before a deed of a wave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from implementor.foundation.errors import NotFound, Refusal
from implementor.foundation.words import say
from implementor.projects.models import Project
from implementor.stages.checks import GatePlace, wave_places
from implementor.stages.gate_look import Look, look_at
from implementor.stages.gate_models import Gate
from implementor.stages.gate_queries import gate_named, gates_of_project
from implementor.stages.method_store import method_of
from implementor.stages.methods import Method
from implementor.stages.models import PROJECT_SCOPE, WAVE_SCOPE, Stage
from implementor.stages.queries import stages_of_project
from implementor.stages.services import UnknownMethod


class NoGate(Refusal):
    """The stage is left without a gate."""


@dataclass(frozen=True)
class Passage:
    """One gate of the method in a place, whether anybody touched it yet or not."""

    stage: Stage
    place: GatePlace
    gate: Gate | None

    @property
    def name(self) -> str:
        """What addresses and commands call it."""
        return self.place.gate_name(self.stage.key)

    @property
    def is_open(self) -> bool:
        """Whether it lets everybody pass."""
        return self.gate is not None and self.gate.is_open


def method_of_project(session: Session, project: Project) -> Method:
    """The version of the method that the project keeps."""
    method = method_of(session, project.method_key, project.method_version)
    if method is None:
        raise UnknownMethod(say("There is no method %(method)s. Choose one from the list.", method=project.method_key))
    return method


def look_at_gate(session: Session, project: Project, name: str, *, at: datetime) -> Look:
    """The gate of that name now. Raises NotFound where neither the method nor a wave knows it, NoGate without one."""
    method = method_of_project(session, project)
    stage, place = _place_called(session, project, name)
    of_method = method.stage(stage.key)
    if of_method is None or not of_method.is_gated:
        raise NoGate(say("%(stage)s has no gate: it is left without signatures.", stage=stage.name))
    gate = session.scalars(gate_named(project_id=project.id, name=place.gate_name(stage.key))).one_or_none()
    return look_at(session, method, stage, place, gate, at=at)


def _place_called(session: Session, project: Project, name: str) -> tuple[Stage, GatePlace]:
    """The stage and the place of a gate's name: `visualization`, or `planning-3` for the third wave."""
    key, _, number = name.rpartition("-")
    stages = {stage.key: stage for stage in session.scalars(stages_of_project(project_id=project.id))}
    if name in stages and stages[name].scope == PROJECT_SCOPE:
        return stages[name], GatePlace(project.id, project.key)
    if key in stages and stages[key].scope == WAVE_SCOPE and number.isascii() and number.isdigit() and len(number) < 10:
        place = wave_places.find(session, project.id, project.key, int(number))
        if place is not None and number == str(place.wave_number):
            return stages[key], place
    raise NotFound("gate")


def passages_of(session: Session, project: Project, method: Method, *, waves: Sequence[GatePlace]) -> list[Passage]:
    """Every gate of the project and of these waves, in the order in which they are passed."""
    gates = {gate.name: gate for gate in session.scalars(gates_of_project(project_id=project.id))}
    whole = GatePlace(project.id, project.key)
    stages = list(session.scalars(stages_of_project(project_id=project.id)))
    gated = {stage.key for stage in method.stages if stage.is_gated}
    before = [stage for stage in stages if stage.scope == PROJECT_SCOPE and stage.key in gated]
    first_wave = min((stage.position for stage in stages if stage.scope == WAVE_SCOPE), default=0)
    in_waves = [stage for stage in stages if stage.scope == WAVE_SCOPE and stage.key in gated]
    ordered = [(stage, whole) for stage in before if stage.position < first_wave]
    ordered += [(stage, wave) for wave in waves for stage in in_waves]
    ordered += [(stage, whole) for stage in before if stage.position >= first_wave]
    return [Passage(stage, place, gates.get(place.gate_name(stage.key))) for stage, place in ordered]
