"""Every table of planning."""

from __future__ import annotations

from implementor.planning.scenario_models import Scenario, ScenarioChange
from implementor.planning.suggestion_models import Suggestion

__all__ = ["Scenario", "ScenarioChange", "Suggestion"]
