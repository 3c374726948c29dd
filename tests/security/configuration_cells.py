"""What is sent to the pages of the configuration in the walks; see `cells`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

WORDED = {"label_en": "Written", "label_es": "Escrito"}
STAGE = {**WORDED, "kind": "open", "probability": "30", "forecast": "pipeline"}
Sent = Callable[..., dict[str, Any]]
ARGUMENTS: dict[str, Sent] = {
    "picklist_id": lambda r, w: {"picklist_id": w.ids["picklist"]},
    "value_id": lambda r, w: {"value_id": w.ids["value"]},
    "pipeline_id": lambda r, w: {"pipeline_id": w.ids["pipeline"]},
    "stage_id": lambda r, w: {"stage_id": w.ids["stage"]},
    "record_kind": lambda r, w: {"record_kind": "account"},
}
EXCEPTIONS: dict[str, Sent] = {
    "configuration.restore_word": lambda r, w: {"value_id": w.ids["spare_value"]},
    "configuration.restore_pipeline": lambda r, w: {"pipeline_id": w.ids["spare_pipeline"]},
    "configuration.restore_stage": lambda r, w: {"stage_id": w.ids["spare_stage"]},
}
BODIES: dict[str, Sent] = {
    "configuration.change_list": lambda p, r, w: {**WORDED, "default_key": ""},
    "configuration.add_word": lambda p, r, w: {**WORDED, "tone": "ok"},
    "configuration.change_word": lambda p, r, w: {**WORDED, "tone": "ok"},
    "configuration.move_word": lambda p, r, w: {"step": "down"},
    "configuration.add_pipeline": lambda p, r, w: {**WORDED, "currency": ""},
    "configuration.change_pipeline": lambda p, r, w: {**WORDED, "currency": ""},
    "configuration.move_pipeline": lambda p, r, w: {"step": "up"},
    "configuration.add_stage": lambda p, r, w: STAGE,
    "configuration.change_stage": lambda p, r, w: STAGE,
    "configuration.move_stage": lambda p, r, w: {"step": "up"},
    "configuration.retire_stage": lambda p, r, w: {"move_to": ""},
}
