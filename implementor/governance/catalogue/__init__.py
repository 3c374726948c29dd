"""What the fields of the records of governance are, one module for each kind."""

from implementor.governance.catalogue.actions import ACTION_ITEM
from implementor.governance.catalogue.changes import CHANGE_REQUEST
from implementor.governance.catalogue.decisions import DECISION
from implementor.governance.catalogue.obstacles import KINDS, OBSTACLE, SEVERITIES
from implementor.governance.catalogue.risks import RISK

__all__ = ["ACTION_ITEM", "CHANGE_REQUEST", "DECISION", "KINDS", "OBSTACLE", "RISK", "SEVERITIES"]
