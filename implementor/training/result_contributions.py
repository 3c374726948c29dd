"""What results of training add to the shared pages: import, undo, the gate check, a place in the side bar."""

from __future__ import annotations

from flask import Flask

from implementor.foundation.words import say
from implementor.history.restoring import Restorer, undoable
from implementor.training import result_permissions as permissions
from implementor.training.gate_checks import declare_checks
from implementor.training.models import Enrolment
from implementor.training.result_importing import import_results
from implementor.training.seat_importing import import_seats
from implementor.web.navigation import NavItem, directory


def contribute_results(app: Flask) -> None:
    """Called once by the contributions of the package."""
    undoable["enrolment"] = Restorer(Enrolment, None, permissions.EDIT)
    import_results()
    import_seats()
    declare_checks()
    board = directory(app)
    board.items += [
        NavItem(
            "change", say("Figures of training"), "training_results.index", permissions.VIEW, in_project=True, order=83
        ),
        NavItem("start", say("My certificates"), "certificates.mine", permissions.OWN, order=46),
    ]
