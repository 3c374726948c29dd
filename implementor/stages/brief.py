"""The stages of a project in brief, as the side bar shows them on every page of it."""

from __future__ import annotations

import json
from dataclasses import dataclass

from implementor.foundation.words import speech
from implementor.stages.queries import PART, STAGE_END


@dataclass(frozen=True)
class StageInBrief:
    """One stage by its key, with its state and the name in the reader's language."""

    key: str
    state: str
    name: str


def in_brief(told: str | None) -> list[StageInBrief]:
    """The stages in their order from the text of `queries.stages_in_brief`; none where a project has none."""
    parts = [stage.split(PART) for stage in (told or "").split(STAGE_END) if stage]
    parts.sort(key=lambda part: int(part[0]))
    return [StageInBrief(key, state, _name(json.loads(names))) for _, key, state, names in parts]


def _name(names: dict[str, str]) -> str:
    return names.get(speech().language) or names["en"]
