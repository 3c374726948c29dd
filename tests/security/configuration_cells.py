"""What is sent to the pages of the configuration in the walks; see `cells`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.security import automation_cells as automation
from tests.security import own_field_cells as own_fields
from tests.security import report_cells as reports

WORDED = {"label_en": "Written", "label_es": "Escrito"}
STAGE = {**WORDED, "kind": "open", "probability": "30", "forecast": "pipeline"}
NEED = {**WORDED, "field": "city", "strength": "warn", **{f"test_{row}": "equals" for row in range(1, 5)}}
Sent = Callable[..., dict[str, Any]]


def _assignment(world: Any) -> dict[str, Any]:
    person = world.people["member"].id
    tests = {f"test_{row}": "equals" for row in range(1, 5)}
    return {**WORDED, "way": "person", "user_id": person, "team_id": "", **tests}


ARGUMENTS: dict[str, Sent] = {
    **automation.ARGUMENTS,
    **own_fields.ARGUMENTS,
    "picklist_id": lambda r, w: {"picklist_id": w.ids["picklist"]},
    "value_id": lambda r, w: {"value_id": w.ids["value"]},
    "pipeline_id": lambda r, w: {"pipeline_id": w.ids["pipeline"]},
    "stage_id": lambda r, w: {"stage_id": w.ids["stage"]},
    "record_kind": lambda r, w: {"record_kind": "account"},
    "field_name": lambda r, w: {"field_name": "industry"},
    "rule_id": lambda r, w: {"rule_id": w.ids["need"]},
}
EXCEPTIONS: dict[str, Sent] = {
    **automation.EXCEPTIONS,
    **reports.EXCEPTIONS,
    **own_fields.EXCEPTIONS,
    "configuration.restore_word": lambda r, w: {"value_id": w.ids["spare_value"]},
    "configuration.restore_pipeline": lambda r, w: {"pipeline_id": w.ids["spare_pipeline"]},
    "configuration.restore_stage": lambda r, w: {"stage_id": w.ids["spare_stage"]},
    "configuration.restore_need": lambda r, w: {"rule_id": w.ids["spare_need"]},
    **dict.fromkeys(
        ("configuration.new_assignment", "configuration.add_assignment"), lambda r, w: {"record_kind": "lead"}
    ),
    **dict.fromkeys(
        (
            "configuration.edit_assignment",
            "configuration.change_assignment",
            "configuration.move_assignment",
            "configuration.withdraw_assignment",
        ),
        lambda r, w: {"record_kind": "lead", "rule_id": w.ids["assignment"]},
    ),
    "configuration.restore_assignment": lambda r, w: {"record_kind": "lead", "rule_id": w.ids["spare_assignment"]},
}
BODIES: dict[str, Sent] = {
    **automation.BODIES,
    **reports.BODIES,
    **own_fields.BODIES,
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
    "configuration.rename_kind": lambda p, r, w: {
        "singular_en": "Firm",
        "singular_es": "Firma",
        "plural_en": "Firms",
        "plural_es": "Firmas",
    },
    "configuration.switch_kind": lambda p, r, w: {"deed": "on"},
    "configuration.rename_field": lambda p, r, w: WORDED,
    "configuration.change_layout": lambda p, r, w: {
        "label-1-en": "Written",
        "label-1-es": "Escrito",
        "heading-industry": "1",
        "place-industry": "1",
    },
    "configuration.change_columns": lambda p, r, w: {"column-name": "1", "sort": "name"},
    "configuration.add_need": lambda p, r, w: NEED,
    "configuration.change_need": lambda p, r, w: NEED,
    "configuration.add_assignment": lambda p, r, w: _assignment(w),
    "configuration.change_assignment": lambda p, r, w: _assignment(w),
    "configuration.move_assignment": lambda p, r, w: {"step": "up"},
}
