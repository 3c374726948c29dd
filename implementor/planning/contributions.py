"""What planning adds to the shared pages."""

from __future__ import annotations

from flask import Flask

from implementor.exchange.kinds import import_kind
from implementor.foundation.words import say
from implementor.history.restoring import Restorer, undoable
from implementor.planning.plan_kind import plan_kind
from implementor.planning.scenario_models import Scenario, ScenarioChange
from implementor.planning.suggestion_models import Suggestion
from implementor.waves.permissions import VIEW
from implementor.web.navigation import NavItem, directory


def contribute(app: Flask) -> None:
    """Called once by the factory."""
    import_kind(plan_kind())
    undoable["suggestion"] = Restorer(Suggestion)
    undoable["scenario"] = Restorer(Scenario)
    undoable["scenario_change"] = Restorer(ScenarioChange)
    directory(app).items.append(
        NavItem("project", say("Scenarios"), "planning.scenarios", VIEW, in_project=True, order=31)
    )
