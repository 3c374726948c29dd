"""What can happen to the records of governance, one module for each noun."""

from implementor.governance.services.actions import assign_action
from implementor.governance.services.decisions import record_decision, reverse_decision
from implementor.governance.services.obstacles import edit_obstacle, raise_obstacle, reopen_obstacle, resolve_obstacle
from implementor.governance.services.risks import close_risk, open_risk

__all__ = [
    "assign_action",
    "close_risk",
    "edit_obstacle",
    "open_risk",
    "raise_obstacle",
    "record_decision",
    "reopen_obstacle",
    "resolve_obstacle",
    "reverse_decision",
]
