"""A release of the CRM's settings in the demo world, and the dry run of the next one."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from implementor.configuration.first_use import speeches
from implementor.demo.play import Play
from implementor.foundation.permissions import Actor
from implementor.releases.item_services import add_item
from implementor.releases.release_planning import plan_of
from implementor.releases.release_services import release_later
from implementor.releases.release_trial import try_out
from implementor.releases.setting_kinds import Wish

PLACE, LIVE, RUNNING = "VEN", "De la visita a la cotización", "Orders without paper"
STORY = "See open quotes by age"
Words = tuple[tuple[str, str], ...]
WORDS: Words = (
    ("Schools and kindergartens", "Colegios y jardines"),
    ("Hospitals and clinics", "Hospitales y clínicas"),
)
LATER: Words = (("Museums and theatres", "Museos y teatros"),)


def plan_releases(play: Play) -> None:
    """Plan what came live after the second wave was closed, and how the third one's settings are tried."""
    play.plan(45.4, "functional", lambda *deed: _carry(play, WORDS, *deed), PLACE)
    play.plan(44.3, "lead", lambda *deed: _bring_live(play, *deed), PLACE)
    play.plan(4.3, "functional", lambda *deed: _carry(play, LATER, *deed), PLACE)
    play.plan(1.2, "lead", lambda *deed: _try(play, *deed), PLACE)


def _carry(play: Play, words: Words, session: Session, by: Actor, at: datetime) -> None:
    story = play.places[PLACE].stories[STORY]
    for english, spanish in words:
        values = {"list": "account.industry", "label_en": english, "label_es": spanish, "tone": "neutral"}
        add_item(session, story, Wish("choice_value", "add", None, values), by=by, at=at)


def _bring_live(play: Play, session: Session, by: Actor, at: datetime) -> None:
    wave = play.places[PLACE].waves[LIVE]
    release_later(session, wave, speeches=speeches(), by=by, at=at)


def _try(play: Play, session: Session, by: Actor, at: datetime) -> None:
    wave = play.places[PLACE].waves[RUNNING]
    try_out(session, wave, plan_of(session, wave), by=by, at=at)
