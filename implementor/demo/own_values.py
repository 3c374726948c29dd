"""Fields of the company's own that the second wave brought, and what people wrote into them since."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.configuration.snapshots import load
from implementor.demo.play import Play
from implementor.foundation.extension import is_key
from implementor.foundation.fields import entities
from implementor.foundation.live import living
from implementor.foundation.permissions import Actor
from implementor.foundation.words import say
from implementor.history.services import name_action
from implementor.lists.bulk import change_selection
from implementor.lists.sheets import sheet_of
from implementor.releases.item_services import add_item
from implementor.releases.setting_kinds import Wish

PLACE, BY, STORY = "VEN", "functional", "See open quotes by age"
CARRIED, FILLED = 45.3, 0.8
"""Days before today: when the story got them, and when the last of them were filled in."""
MOST = 120
OWN: tuple[dict[str, Any], ...] = (
    {"kind": "opportunity", "field_kind": "choices", "label_en": "What they need", "label_es": "Lo que necesitan",
     "words": "Installation / Instalación\nTraining / Capacitación\nMaintenance / Mantenimiento\nCredit / Crédito",
     "hint_en": "Besides the equipment itself.", "hint_es": "Además del equipo.", "is_filterable": True},
    {"kind": "opportunity", "field_kind": "date", "label_en": "Visit of the kitchen", "label_es": "Visita a la cocina",
     "is_filterable": True},
    {"kind": "case", "field_kind": "choice", "label_en": "What failed", "label_es": "Qué falló",
     "words": "Burner / Quemador\nCooling / Refrigeración\nElectrics / Parte eléctrica\nUse / Uso",
     "is_filterable": True},
)  # fmt: skip
VALUES: Mapping[str, tuple[Any, ...]] = {
    "What they need": (["installation", "training"], ["maintenance"], [], ["installation", "credit"]),
    "What failed": ("burner", "cooling", None, "electrics", "use"),
}


def plan_own_values(play: Play) -> None:
    """Plan that the fields come with the wave that is live, and that people fill them in."""
    play.plan(CARRIED, BY, lambda *deed: _carry(play, *deed), PLACE)
    play.plan(FILLED, BY, lambda *deed: _fill_in(play, *deed))


def _carry(play: Play, session: Session, by: Actor, at: datetime) -> None:
    for values in OWN:
        story = play.places[PLACE].stories[STORY]
        add_item(session, story, Wish("custom_field", "add", None, dict(values)), by=by, at=at)


def _fill_in(play: Play, session: Session, by: Actor, at: datetime) -> None:
    """As somebody does on a list: every record of some gets one value."""
    with living(load(session)):
        name_action(session, say("Filled in what came with the release"))
        for kind in sorted({one["kind"] for one in OWN}):
            model = entities[kind].model
            ids = list(session.scalars(select(model.id).where(model.archived_at.is_(None)).order_by(model.id.desc())))
            for key, values in _values_of(play, kind).items():
                for place, value in enumerate(values):
                    chosen = ids[place : MOST : len(values)]
                    if value:
                        list(change_selection(session, sheet_of(kind), chosen, {key: value}, by=by, at=at))


def _values_of(play: Play, kind: str) -> dict[str, tuple[Any, ...]]:
    """Key of a field -> the values that records get in turn."""
    days = tuple(play.day(number) for number in (3, 12, 25))
    labels = {one["label_en"] for one in OWN}
    with_label = ((one.name, str(getattr(one.label, "texts", {}).get("en"))) for one in entities[kind].fields.values())
    return {name: VALUES.get(label, days) for name, label in with_label if is_key(name) and label in labels}
