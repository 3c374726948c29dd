"""A setting that a story of the world carries and that is not live."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import Flask
from sqlalchemy.orm import Session

from implementor.foundation.permissions import Actor
from implementor.releases.item_services import add_item
from implementor.releases.setting_kinds import Wish
from implementor.stories.models import Story

if TYPE_CHECKING:
    from tests.security.world import Place


def add_items(session: Session, _app: Flask, place: Place, text: str, by: Actor) -> None:
    """A word that the first story adds to a list."""
    story = session.get_one(Story, place.ids["story0"])
    name = f"{text} {place.key}"[:80]
    values = {"list": "account.industry", "label_en": name, "label_es": name, "tone": "neutral"}
    item = add_item(session, story, Wish("choice_value", "add", None, values), by=by, at=datetime.now(UTC))
    place.ids |= {"carried_item": item.id, "carried_version": item.version}
    place.ids.setdefault("config_item", item.id)
