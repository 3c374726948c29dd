"""The two rollouts of the demo world: who takes part, which waves they had, and what got in the way."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.demo.company import COMPANY, COUNTRY, with_project_role
from implementor.demo.crews import write_crew
from implementor.demo.gates import PREPARED, REVIEW, Gatekeeping
from implementor.demo.lives import Life, plan_backlog, plan_building
from implementor.demo.play import Place, Play
from implementor.demo.texts import StoryText, stories
from implementor.foundation.permissions import Actor, Role
from implementor.projects.models import Programme
from implementor.projects.queries import programme_named
from implementor.projects.services import NewProject, create_project
from implementor.stories.part_services import add_dependency
from implementor.waves.queries import stories_in_wave
from implementor.waves.scope import put_in_wave, take_out
from implementor.waves.services import BACKLOG, close_wave, create_wave, finish_wave, set_limits, start_wave

PROGRAMME = "Un solo cliente"


@dataclass(frozen=True)
class WavePlan:
    """A wave in days before today (negative: to come); `closed` and `finished` are None while it is not."""

    name: str
    goal: str
    created: float
    starts: float
    ends: float
    is_started: bool = True
    closed: float | None = None
    finished: float | None = None
    capacity: str = "90"


@dataclass(frozen=True)
class Rollout:
    """A project of the demo world; `begun` and `looked` (when Visualization was left) are in days before today."""

    key: str
    name: str
    purpose: str
    begun: float
    ends: float
    areas: Sequence[str]
    people: Sequence[tuple[str, Role]]
    owners: Sequence[str]
    waves: Sequence[WavePlan]
    looked: float | None = None
    method_version: int | None = None
    """The version that it keeps from when it began; None for the newest."""


SALES = Rollout(
    "VEN", f"{COMPANY}: ventas y mercadeo", "Que ventas y mercadeo vean al mismo cliente, desde el primer contacto "
    "hasta la entrega: ciclo de venta un 20 % más corto y pronóstico con error menor al 10 %.",
    183, -120, ("Ventas", "Mercadeo", "Finanzas", "Tecnología", "Dirección", "Personas"),
    (("sponsor", Role.SPONSOR), ("committee", Role.COMMITTEE), ("lead", Role.PROJECT_LEAD),
     ("functional", Role.FUNCTIONAL_LEAD), ("data", Role.DATA_LEAD), ("change", Role.CHANGE_LEAD),
     ("analyst", Role.MEMBER), ("developer", Role.MEMBER), ("trainer", Role.MEMBER), ("seller", Role.MEMBER),
     ("finance", Role.VIEWER)),
    ("analyst", "developer", "data", "trainer", "seller"),
    (
        WavePlan("Una memoria del cliente", "Cada asesor abre la página de su cliente y encuentra lo último ocurrido.",
                 151, 140, 105, closed=105, finished=78),
        WavePlan("De la visita a la cotización", "La cotización sale el mismo día y mercadeo entrega candidatos "
                 "calificados.", 112, 100, 54, closed=52, capacity="100"),
        WavePlan("Orders without paper", "An order goes from the won quote to billing without being typed again.",
                 56, 33, -9, capacity="110"),
        WavePlan("Renovar y crecer", "Las renovaciones se ven a tiempo y las comisiones salen de los pedidos.",
                 20, -12, -54, is_started=False),
    ),
    150, method_version=4,
)  # fmt: skip
SERVICE = Rollout(
    "SER", f"{COMPANY}: servicio en campo", "Que el cliente cuente su problema una sola vez y el técnico llegue con el "
    "repuesto correcto: ocho de diez casos resueltos en la primera visita.",
    72, -200, ("Servicio", "Tecnología", "Finanzas", "Personas", "Ventas", "Dirección", "Mercadeo"),
    (("sponsor", Role.SPONSOR), ("service_lead", Role.PROJECT_LEAD), ("lead", Role.FUNCTIONAL_LEAD),
     ("data", Role.DATA_LEAD), ("change", Role.CHANGE_LEAD), ("developer", Role.MEMBER), ("trainer", Role.MEMBER),
     ("committee", Role.COMMITTEE)),
    ("service_lead", "developer", "trainer", "data"),
    (
        WavePlan("Un caso, una historia", "El caso nace con el equipo y su garantía, y se cierra con la firma del "
                 "cliente.", 17, -6, -48, is_started=False, capacity="70"),
    ),
)  # fmt: skip
ROLLOUTS = (SALES, SERVICE)
LIMITS = {"doing": 4, "review": 5}
RUNNING = ("validated",) * 5 + ("review",) * 3 + ("doing",) * 5 + ("planned",) * 5
"""How far the stories of a running wave are, in turn."""
CARRIED = 7
"""Every so many-th story of a wave that was closed was not done in time."""


def plan_rollout(play: Play, rollout: Rollout) -> None:
    """Plan everything that happens in one project."""
    place = play.places[rollout.key] = Place(rollout.key, owners=rollout.owners)
    play.plan(rollout.begun, "pmo", lambda *deed: _begin(play, rollout, *deed), rollout.key)
    gates = Gatekeeping(play, place, rollout.people)
    if rollout.looked is not None:
        gates.plan(lambda: "visualization", rollout.looked)
    else:
        gates.plan(lambda: "visualization", 3, REVIEW)
    told = [text for text in stories() if text.project == rollout.key]
    for number, plan in enumerate(rollout.waves, start=1):
        _plan_wave(play, place, rollout, plan, [text for text in told if text.wave == str(number)])
        _plan_gates(gates, number, plan)
    for text in told:
        if not text.wave:
            written = play.rng.uniform(3, rollout.begun * 0.8)
            plan_backlog(_life(play, place, text), written, is_refined=play.rng.random() < 0.45)


def _life(play: Play, place: Place, text: StoryText) -> Life:
    rng = random.Random(f"{text.project} {text.title}")  # nosec B311  # noqa: S311  # an invented life, not a secret
    return Life(play, place, text, rng, rng.choice(place.owners))


def _begin(play: Play, rollout: Rollout, session: Session, by: Actor, at: datetime) -> None:
    known = session.scalar(programme_named(PROGRAMME))
    wanted = NewProject(
        key=rollout.key, name=rollout.name, purpose=rollout.purpose, programme_id=known,
        programme_name="" if known else PROGRAMME, starts_on=at.date(), ends_on=play.day(rollout.ends), country=COUNTRY,
        area_ids=[play.areas[name] for name in rollout.areas],
        people=[(role, play.actors[key].user_id or 0) for key, role in rollout.people],
    )  # fmt: skip
    made = create_project(session, wanted, by=by, at=at)
    made.method_version = rollout.method_version or made.method_version
    if known is None:
        session.get_one(Programme, made.programme_id).sponsor_id = play.actors["sponsor"].user_id
    play.places[rollout.key].project_id = made.id
    for key, role in rollout.people:
        with_project_role(play, key, role)


def _plan_gates(gates: Gatekeeping, number: int, plan: WavePlan) -> None:
    """The gates of a wave as far as it has come; the next one is being prepared."""
    if not plan.is_started:
        gates.plan(lambda: f"planning-{number}", 2, PREPARED, missing=("testers-named", "test-plan"))
        return
    gates.plan(lambda: f"planning-{number}", plan.starts + 0.6)
    if plan.closed is None:
        gates.plan(lambda: f"implementation-{number}", 2, PREPARED, missing=("rollback-rehearsed", "users-trained"))
        return
    gates.plan(lambda: f"implementation-{number}", plan.closed + 0.6)
    if plan.finished is None:
        gates.plan(lambda: f"adoption-{number}", 2, PREPARED, missing=("use-measured",))
        return
    gates.plan(lambda: f"adoption-{number}", plan.finished + 0.6)


# --- waves ------------------------------------------------------------------------------------------------------------


def _plan_wave(play: Play, place: Place, rollout: Rollout, plan: WavePlan, texts: Sequence[StoryText]) -> None:
    lead = next(key for key, role in rollout.people if role is Role.PROJECT_LEAD)
    lives = [_life(play, place, text) for text in texts]
    for life in lives:
        earliest = min(rollout.begun - 4, plan.created + 70)
        plan_backlog(life, life.rng.uniform(plan.created + 8, earliest), is_refined=False)
        life.plan(life.rng.uniform(plan.created + 0.5, plan.created + 7), lead, life.refine)
    titles = [text.title for text in texts]

    def create(session: Session, by: Actor, at: datetime) -> None:
        values = {
            "name": plan.name, "goal": plan.goal, "starts_on": play.day(plan.starts), "ends_on": play.day(plan.ends),
            "capacity_points": plan.capacity,
        }  # fmt: skip
        wave = create_wave(session, project_id=place.project_id, values=values, by=by, at=at)
        place.waves[plan.name] = wave
        session.flush()
        write_crew(play, place, wave, session, by, at)

    def fill(session: Session, by: Actor, at: datetime) -> None:
        put_in_wave(session, place.waves[plan.name], [place.stories[title] for title in titles], by=by, at=at)

    play.plan(plan.created, lead, create, place.key)
    play.plan(plan.created - 0.4, lead, fill, place.key)
    _plan_dependencies(play, place, titles, lead, plan.created - 0.6)
    if plan.is_started:
        _plan_building(play, place, rollout, plan, lives, lead)


def _plan_dependencies(play: Play, place: Place, titles: Sequence[str], by: str, days_ago: float) -> None:
    """Every fourth story waits for the one before it; some stand beside each other."""

    def link(session: Session, actor: Actor, at: datetime) -> None:
        for index in range(1, len(titles), 4):
            waiting, earlier = place.stories[titles[index]], place.stories[titles[index - 1]]
            add_dependency(session, waiting, earlier, kind="waits", by=actor, at=at)
        if len(titles) > 5:
            add_dependency(session, place.stories[titles[2]], place.stories[titles[5]], kind="relates", by=actor, at=at)

    play.plan(days_ago, by, link, place.key)


def _plan_building(
    play: Play, place: Place, rollout: Rollout, plan: WavePlan, lives: Sequence[Life], lead: str
) -> None:
    wave = place.waves

    def start(session: Session, by: Actor, at: datetime) -> None:
        set_limits(session, wave[plan.name], LIMITS, by=by, at=at)
        start_wave(session, wave[plan.name], by=by, at=at)

    def close(session: Session, by: Actor, at: datetime) -> None:
        held = session.scalars(stories_in_wave(wave_id=wave[plan.name].id))
        unfinished = [story.id for story in held if story.status in ("planned", "doing", "review")]
        decisions: dict[int, str | int] = dict.fromkeys(unfinished, BACKLOG)
        decisions |= dict.fromkeys(unfinished[:1], wave[_next_name(rollout, plan)].id)
        close_wave(session, wave[plan.name], decisions, by=by, at=at)

    def carry_over(session: Session, by: Actor, at: datetime) -> None:
        """The gate asks that all is validated or moved out: the first goes to the next wave, the others wait."""
        held = session.scalars(stories_in_wave(wave_id=wave[plan.name].id))
        late = [story for story in held if story.status in ("planned", "doing", "review")]
        put_in_wave(session, wave[_next_name(rollout, plan)], late[:1], by=by, at=at)
        take_out(session, late[1:], by=by, at=at)

    play.plan(plan.starts, lead, start, place.key)
    ends = plan.closed + 1 if plan.closed else 1.0
    for index, life in enumerate(lives):
        reaches = RUNNING[index % len(RUNNING)]
        if plan.closed is not None:
            reaches = "review" if index % CARRIED == CARRIED - 1 else "validated"
        plan_building(life, plan.starts - 0.5, ends, reaches)
    if plan.closed is not None:
        play.plan(plan.closed + 0.95, lead, carry_over, place.key)
        play.plan(plan.closed, lead, close, place.key)
    if plan.finished is not None:
        finished: Any = lambda session, by, at: finish_wave(session, wave[plan.name], by=by, at=at)  # noqa: E731
        play.plan(plan.finished, lead, finished, place.key)


def _next_name(rollout: Rollout, plan: WavePlan) -> str:
    """The wave after this one, which exists before this one is closed."""
    names = [one.name for one in rollout.waves]
    return names[names.index(plan.name) + 1]
