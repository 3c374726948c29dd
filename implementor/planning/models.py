"""Every table of planning."""

from __future__ import annotations

from implementor.planning.scenario_models import Scenario, ScenarioChange
from implementor.planning.snapshot_models import PlanSnapshot
from implementor.planning.suggestion_models import Suggestion

__all__ = ["PlanSnapshot", "Scenario", "ScenarioChange", "Suggestion"]
