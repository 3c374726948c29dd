"""The life of one story in the demo world, from the idea to its validation, carried out by services alone."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.comments.services import add_comment
from implementor.demo.play import Place, Play
from implementor.demo.texts import StoryText, one_of, some_of
from implementor.foundation.permissions import Actor
from implementor.foundation.records import RecordRef
from implementor.stories.part_catalogue import AREA_REVIEW, CRITERION, OPEN_MATTER, STORY_EFFORT, TASK, USER_TEST
from implementor.stories.part_services import (
    add_part,
    answer_matter,
    decide_review,
    run_test,
    settle,
    sign_test,
)
from implementor.stories.services import change_story, create_story, move_story

POINTS = ("1", "2", "3", "3", "5", "5", "8", "8", "13")
PROFILES = ("Análisis", "Desarrollo", "Formación")
"""What people bring, in the one language of the company's plans, whatever a story is written in."""
TAGS = ("móvil", "hoteles", "hospitales", "datos personales", "quick win", "informe", "feria")
MODULES = {
    "Ventas": "Oportunidades", "Mercadeo": "Campañas", "Servicio": "Casos", "Finanzas": "Pedidos",
    "Tecnología": "Datos maestros", "Dirección": "Tableros", "Personas": "Formación",
}  # fmt: skip
MOSCOW = {"1": ("must",), "2": ("must", "should"), "3": ("should",), "4": ("should", "could")}
REACHES = ("planned", "doing", "review", "validated")


@dataclass
class Life:
    """One story: its words, its place, what was made of it so far, and the dice that are its own."""

    play: Play
    place: Place
    text: StoryText
    rng: random.Random
    owner: str
    story: Any = None
    parts: dict[str, list[Any]] = field(default_factory=dict)

    def plan(self, days_ago: float, by: str, deed: Any) -> None:
        """Let somebody do one thing with this story."""
        self.play.plan(days_ago, by, deed, self.place.key)

    # --- before a wave ------------------------------------------------------------------------------------------------

    def write(self, session: Session, by: Actor, at: datetime) -> None:
        """Somebody has the idea."""
        rng, text = self.rng, self.text
        values: dict[str, Any] = {
            "title": text.title, "type": text.type, "as_a": text.as_a, "i_want": text.what, "so_that": text.so_that,
            "area": self.play.areas[text.area], "module": MODULES[text.area],
            "tags": rng.sample(TAGS, rng.randint(0, 2)),
            "value": min(100, max(5, {"1": 78, "2": 64, "3": 52, "4": 40}.get(text.wave, 28) + rng.randint(-18, 18))),
            "urgency": rng.randint(2, 10), "risk_reduction": rng.randint(1, 8),
            "moscow": rng.choice(MOSCOW.get(text.wave, ("could", "wont", "should"))),
        }  # fmt: skip
        if rng.random() < 0.6:
            values["description"] = one_of(rng, text.language, "descriptions")
        self.story = create_story(session, self.place.scope(by), values, by=by, at=at)
        self.place.stories[text.title] = self.story

    def refine(self, session: Session, by: Actor, at: datetime) -> None:
        """A workshop makes the story ready: effort, criteria, tasks, tests and who has to approve."""
        rng, language = self.rng, self.text.language
        owner = self.play.actors[self.owner].user_id
        values = {"points": rng.choice(POINTS), "owner": owner, "value_argument": one_of(rng, language, "arguments")}
        change_story(session, self.story, values, by=by, at=at)
        if rng.random() < 0.4:
            self._add(session, AREA_REVIEW, {"area": self.play.areas[self.text.area]}, by, at)
        for sentence in some_of(rng, language, "criteria", rng.randint(1, 3), what=self.text.what):
            self._add(session, CRITERION, {"text": sentence, "phase": "release"}, by, at)
        if rng.random() < 0.5:
            steps = {step: one_of(rng, language, step) for step in ("given", "when", "then")}
            self._add(session, CRITERION, {**steps, "phase": "release"}, by, at)
        for title in some_of(rng, language, "tasks", rng.randint(1, 3)):
            hours = {"assignee": owner, "estimate_hours": str(rng.choice((2, 4, 6, 8, 12)))}
            self._add(session, TASK, {"title": title, **hours, "remaining_hours": hours["estimate_hours"]}, by, at)
        self._refine_further(session, by, at)
        session.flush()  # the definition of ready reads what was just added
        move_story(session, self.story, status="ready", by=by, at=at)

    def _refine_further(self, session: Session, by: Actor, at: datetime) -> None:
        """What only some stories have."""
        rng, language = self.rng, self.text.language
        if rng.random() < 0.5:
            title, script = one_of(rng, language, "tests"), one_of(rng, language, "script")
            values = {"title": title, "script": script, "area": self.play.areas[self.text.area]}
            self._add(session, USER_TEST, values, by, at)
        if rng.random() < 0.3:
            values = {"text": one_of(rng, language, "value_criteria"), "phase": "value"}
            self._add(session, CRITERION, values, by, at)
        if rng.random() < 0.35:
            question = {"question": one_of(rng, language, "matters"), "answerer": self.play.actors[self.owner].user_id}
            self._add(session, OPEN_MATTER, {**question, "due_on": at.date()}, by, at)
        if rng.random() < 0.5:
            for profile in rng.sample(PROFILES, 2):
                self._add(session, STORY_EFFORT, {"profile": profile, "hours": str(rng.randint(2, 24))}, by, at)

    def _add(self, session: Session, entity: Any, values: dict[str, Any], by: Actor, at: datetime) -> None:
        self.parts.setdefault(entity.kind, []).append(add_part(session, self.story, entity, values, by=by, at=at))

    # --- in a wave ----------------------------------------------------------------------------------------------------

    def begin(self, session: Session, by: Actor, at: datetime) -> None:
        """Its owner takes it up."""
        move_story(session, self.story, status="doing", by=by, at=at)

    def work(self, session: Session, by: Actor, at: datetime) -> None:
        """Tasks get done and questions are answered."""
        for task in self.parts.get("task", []):
            settle(task, settled=True, by=by, at=at)
        for matter in self.parts.get("open_matter", []):
            answer_matter(matter, answer=one_of(self.rng, self.text.language, "answers"), by=by, at=at)

    def hand_over(self, session: Session, by: Actor, at: datetime) -> None:
        """It goes to review."""
        move_story(session, self.story, status="review", by=by, at=at)

    def meet(self, session: Session, by: Actor, at: datetime) -> None:
        """A test fails and an area asks for changes, as it happens to some at first."""
        rng, language = self.rng, self.text.language
        for test in self.parts.get("user_test", []):
            note = one_of(rng, language, "failed")
            run_test(session, test, result="failed", note=note, defect=False, by=by, at=at)
        for review in self.parts.get("area_review", []):
            decide_review(review, verdict="changes", comment=one_of(rng, language, "changes"), by=by, at=at)

    def approve(self, session: Session, by: Actor, at: datetime) -> None:
        """Tests pass and are signed, areas approve, criteria are met."""
        rng, language = self.rng, self.text.language
        for test in self.parts.get("user_test", []):
            note = one_of(rng, language, "passed")
            run_test(session, test, result="passed", note=note, defect=False, by=by, at=at)
            session.flush()  # a signature looks for the run
            sign_test(session, test, by=by, at=at)
        for review in self.parts.get("area_review", []):
            decide_review(review, verdict="approved", comment=one_of(rng, language, "approvals"), by=by, at=at)
        for criterion in self.parts.get("criterion", []):
            if criterion.phase == "release":
                settle(criterion, settled=True, by=by, at=at)

    def validate(self, session: Session, by: Actor, at: datetime) -> None:
        """The functional lead says that it is what was wanted."""
        move_story(session, self.story, status="validated", by=by, at=at)

    def comment(self, session: Session, by: Actor, at: datetime) -> None:
        """Somebody says something about it."""
        body = one_of(self.rng, self.text.language, "comments", person=self.play.actors[self.owner].name)
        about = RecordRef("story", self.story.id)
        add_comment(session, about=about, project_id=self.place.project_id, body=body, by=by, at=at)


def plan_backlog(life: Life, written: float, *, is_refined: bool) -> None:
    """A story is written so many days ago and, later, made ready; people talk about it."""
    life.plan(written, life.owner, life.write)
    if is_refined:
        life.plan(written * life.rng.uniform(0.75, 0.95), "lead", life.refine)
    for _ in range(life.rng.choice((0, 0, 1, 2))):
        speaker = life.rng.choice(life.place.owners)
        life.plan(life.rng.uniform(1, written * 0.7), speaker, life.comment)


def plan_building(life: Life, starts: float, ends: float, reaches: str) -> None:
    """A story is worked on between two days until it reaches a status."""
    rng, owner = life.rng, life.owner
    moments = sorted((rng.uniform(ends, starts) for _ in range(6)), reverse=True)
    steps = [
        ("doing", owner, life.begin), ("doing", owner, life.work), ("review", owner, life.hand_over),
        ("review", "functional", life.meet), ("validated", "functional", life.approve),
        ("validated", "functional", life.validate),
    ]  # fmt: skip
    may_fail = rng.random() < 0.3
    for at, (status, by, deed) in zip(moments, steps, strict=True):
        is_due = REACHES.index(status) <= REACHES.index(reaches)
        if is_due and (deed != life.meet or may_fail) and not (reaches == "doing" and deed == life.work):
            life.plan(at, by, deed)
    if reaches != "planned" and rng.random() < 0.5:
        life.plan(moments[1], rng.choice(life.place.owners), life.comment)
