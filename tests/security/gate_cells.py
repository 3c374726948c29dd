"""Addresses of stages, gates and methods in the walks; see `cells`. Their records are those of `world_gates`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Sent = Callable[..., dict[str, Any]]
ARGUMENTS: dict[str, Sent] = {
    "stage_key": lambda r, w: {"stage_key": "release"},
    "gate_name": lambda r, w: {"gate_name": "release"},
    "line_key": lambda r, w: {"line_key": "lessons"},
    "method_key": lambda r, w: {"method_key": "classic"},
    "version": lambda r, w: {"version": 1},
}
DRAFTED = ("edit_stage", "change_stage", "edit_line", "change_line", "remove_line")
EXCEPTIONS: dict[str, Sent] = {
    f"stages.{name}": lambda r, w: {
        "method_key": "classic",
        "stage_key": "transition",
        "line_key": "lessons-recorded",
    }
    for name in DRAFTED
}
TEXTS = {"name_en": "Written", "name_es": "Escrito"}
BODIES: dict[str, Sent] = {
    "stages.prepare": lambda p, r, w: {"review_on": "2030-01-15"},
    "stages.send_back": lambda p, r, w: {"reason": "Written"},
    "stages.reverse": lambda p, r, w: {"reason": "Written"},
    "stages.sign": lambda p, r, w: {"role": "project_lead"},
    "stages.tick": lambda p, r, w: {"evidence": "Written"},
    "stages.waive": lambda p, r, w: {"reason": "Written", "expires_on": "2030-01-15"},
    "stages.give": lambda p, r, w: {"owner": ""},
    "stages.change_limits": lambda p, r, w: {"red_below": "80", "green_from": "90", "longest_waiver": "60"},
    "stages.change_stage": lambda p, r, w: {
        **TEXTS, "purpose_en": "Written", "purpose_es": "Escrito", "signatures": ["sponsor"],
    },
    "stages.change_line": lambda p, r, w: {
        **TEXTS, "check": "", "role": "sponsor", "minimum": "100", "weight": "1",
    },
}  # fmt: skip
