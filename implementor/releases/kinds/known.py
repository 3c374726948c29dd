"""The kinds of setting in the order in which they are offered."""

from __future__ import annotations

from typing import Any

from implementor.foundation.choices import Choice
from implementor.releases.item_kinds import item_kind
from implementor.releases.kinds.access import AccessKind
from implementor.releases.kinds.pipelines import PipelineKind
from implementor.releases.kinds.stages import PipelineStageKind
from implementor.releases.kinds.words import ChoiceValue

KINDS: tuple[Any, ...] = (ChoiceValue(), PipelineKind(), PipelineStageKind(), AccessKind())
KIND_CHOICES = tuple(Choice(kind.key, kind.label) for kind in KINDS)


def declare_kinds() -> None:
    """Make them known; called from contributions."""
    for kind in KINDS:
        item_kind(kind)
