"""The settings of the CRM that stories of the running and the next wave carry."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.configuration.models import PipelineStage
from implementor.demo.play import Play
from implementor.foundation.permissions import Actor
from implementor.releases.item_services import add_item
from implementor.releases.setting_kinds import Wish, setting_kind

PLACE, BY = "VEN", "functional"
CARRIED: tuple[tuple[float, str, str, str, dict[str, Any]], ...] = (
    (30.2, "Follow an order from approval to installation", "custom_field", "add",
     {"kind": "order", "field_kind": "date", "label_en": "Installed on", "label_es": "Instalado el",
      "is_filterable": True}),
    (29.6, "Registrar el motivo cuando se pierde una oportunidad", "choice_value", "add",
     {"list": "opportunity.loss_reason", "label_en": "Term of delivery", "label_es": "Plazo de entrega",
      "tone": "neutral"}),
    (29.5, "Registrar el motivo cuando se pierde una oportunidad", "required_rule", "add",
     {"kind": "opportunity", "field": "next_step", "label_en": "A next step in every sale",
      "label_es": "Un próximo paso en cada venta", "strength": "warn"}),
    (28.4, "Armar segmentos por sector y equipo instalado", "custom_field", "add",
     {"kind": "account", "field_kind": "choice", "label_en": "Equipment installed", "label_es": "Equipo instalado",
      "words": "Kitchen / Cocina\nCold room / Cuarto frío\nLaundry / Lavandería", "is_filterable": True}),
    (10.3, "Generar la oportunidad de renovación noventa días antes", "pipeline_stage", "change",
     {"target": "negotiation", "days_limit": 20, "required_fields": ["amount", "close_on"]}),
)  # fmt: skip
"""Days before today, the story, and what it changes."""


def plan_settings(play: Play) -> None:
    """Plan what the functional lead writes on the stories."""
    for days, title, kind, verb, values in CARRIED:
        play.plan(days, BY, _deed(play, title, kind, verb, values), PLACE)


def _deed(play: Play, title: str, kind: str, verb: Any, values: dict[str, Any]) -> Any:
    def deed(session: Session, by: Actor, at: datetime) -> None:
        story = play.places[PLACE].stories[title]
        add_item(session, story, _wish(session, kind, verb, dict(values)), by=by, at=at)

    return deed


def _wish(session: Session, kind: str, verb: Any, values: dict[str, Any]) -> Wish:
    """What is wanted; a change keeps everything else as it is."""
    key = values.pop("target", None)
    found = setting_kind(kind)
    if key is None or found is None:
        return Wish(kind, verb, None, values)
    target = session.scalars(select(PipelineStage.uid).where(PipelineStage.key == key)).first()
    image = found.live(session, target or "")
    return Wish(kind, verb, target, {**(found.values(image) if image is not None else {}), **values})
