"""The settings of the world: a wave whose release is live with more to come, and one with something to settle."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.configuration.models import PicklistValue, PipelineStage, StoredPicklist
from implementor.crm.opportunities.models import Opportunity
from implementor.foundation.fields import Scope
from implementor.foundation.permissions import Actor
from implementor.releases.item_kinds import item_kinds
from implementor.releases.item_models import ConfigItem
from implementor.releases.release_planning import plan_of
from implementor.releases.release_queries import releases_of_wave
from implementor.releases.release_trial import try_out
from implementor.stories.models import Story
from implementor.stories.services import create_story
from implementor.waves import services as waves
from implementor.waves.models import Wave
from implementor.waves.scope import put_in_wave

if TYPE_CHECKING:
    from tests.security.world import Place

INDUSTRY = "account.industry"


def add_releases(session: Session, _app: Flask, place: Place, text: str, by: Actor) -> None:
    """A release with one word and another word to come; a word that drifted and a stage with open sales elsewhere."""
    at = datetime.now(UTC)
    live, story = _wave(session, place, "released", by, at)
    waves.start_wave(session, live, by=by, at=at)
    story.status = "validated"
    _word(session, place, story, f"First of {place.key}")
    waves.close_wave(session, live, {}, by=by, at=at)
    _word(session, place, story, f"Second of {place.key}")
    release = session.scalars(releases_of_wave(wave_id=live.id)).one()
    try_out(session, live, plan_of(session, live), by=by, at=at)
    trying, story = _wave(session, place, "trying", by, at)
    story.status = "validated"
    drifted = _drifted(session, place, story)
    found = _found(session, place, story)
    try_out(session, trying, plan_of(session, trying), by=by, at=at)
    place.ids |= {
        "config_release": release.id, "release_number": release.number, "drifted_item": drifted.id,
        "found_item": found.id,
    }  # fmt: skip
    session.flush()


def _wave(session: Session, place: Place, name: str, by: Actor, at: datetime) -> tuple[Wave, Story]:
    values: dict[str, Any] = {"title": f"Story {name}", "points": "3"}
    story = create_story(session, Scope(place.project_id, by), values, by=by, at=at)
    wave = waves.create_wave(session, project_id=place.project_id, values={"name": f"Wave {name}"}, by=by, at=at)
    session.flush()
    put_in_wave(session, wave, [story], by=by, at=at)
    place.ids |= {f"{name}_number": wave.number}
    return wave, story


def _word(session: Session, place: Place, story: Story, name: str) -> ConfigItem:
    label = {"en": name, "es": name}
    image = {"list": INDUSTRY, "key": "", "label": label, "tone": "neutral", "default": False, "rank": "zz"}
    return _item(session, place, story, "choice_value", str(uuid4()), image)


def _drifted(session: Session, place: Place, story: Story) -> ConfigItem:
    """A word that is another one than it was when the item was written."""
    found = select(PicklistValue).join(StoredPicklist, StoredPicklist.id == PicklistValue.picklist_id)
    word = session.scalars(found.where(StoredPicklist.key == INDUSTRY).order_by(PicklistValue.id)).first()
    assert word is not None
    before = dict(item_kinds["choice_value"].live(session, word.uid) or {})
    item = _item(session, place, story, "choice_value", word.uid, {**before, "tone": "ok"})
    item.before = {**before, "tone": "off"}
    return item


def _found(session: Session, place: Place, story: Story) -> ConfigItem:
    """A stage that goes while an open sale stands in it."""
    sale = session.get_one(Opportunity, place.ids["opportunity"])
    uid = session.scalars(select(PipelineStage.uid).where(PipelineStage.id == sale.stage_id)).one()
    others = select(PipelineStage.uid).where(
        PipelineStage.pipeline_id == sale.pipeline_id, PipelineStage.id != sale.stage_id, PipelineStage.kind == "open"
    )
    place.ids["other_stage"] = session.scalars(others).first()  # type: ignore[assignment]  # known by its letters
    return _item(session, place, story, "pipeline_stage", uid, None)


def _item(session: Session, place: Place, story: Story, kind: str, uid: str, after: Any) -> ConfigItem:
    before = item_kinds[kind].live(session, uid)
    verb = "add" if before is None else "retire" if after is None else "change"
    item = ConfigItem(
        project_id=place.project_id, story_id=story.id, kind=kind, verb=verb, target=uid, label_en=f"Set {verb}",
        label_es=f"Ajuste {verb}", before=before, after=after, rank="m",
    )  # fmt: skip
    session.add(item)
    session.flush()
    return item
