"""The kinds of setting in the order in which they are offered."""

from __future__ import annotations

from typing import Any

from implementor.foundation.choices import Choice
from implementor.releases.item_kinds import item_kind
from implementor.releases.kinds.access import AccessKind
from implementor.releases.kinds.automation import RuleKind
from implementor.releases.kinds.field_kinds import FieldKind
from implementor.releases.kinds.layout import PageLayout
from implementor.releases.kinds.lists import ListColumns, ModuleSwitch
from implementor.releases.kinds.names import FieldName, RecordName
from implementor.releases.kinds.own_fields import OwnField
from implementor.releases.kinds.owners import AssignmentKind
from implementor.releases.kinds.pipelines import PipelineKind
from implementor.releases.kinds.reports import ReportKind
from implementor.releases.kinds.rules import NeedRule
from implementor.releases.kinds.service_levels import ServiceLevel
from implementor.releases.kinds.stages import PipelineStageKind
from implementor.releases.kinds.templates import TemplateKind
from implementor.releases.kinds.weights import DuplicateWeights
from implementor.releases.kinds.words import ChoiceValue

KINDS: tuple[Any, ...] = (
    OwnField(), FieldKind(), ChoiceValue(), NeedRule(), FieldName(), RecordName(), PageLayout(), ListColumns(),
    PipelineKind(), PipelineStageKind(), AssignmentKind(), ServiceLevel(), DuplicateWeights(), TemplateKind(),
    RuleKind(), AccessKind(), ModuleSwitch(), ReportKind(),
)  # fmt: skip
KIND_CHOICES = tuple(Choice(kind.key, kind.label) for kind in KINDS)


def declare_kinds() -> None:
    """Make them known; called from contributions."""
    for kind in KINDS:
        item_kind(kind)
