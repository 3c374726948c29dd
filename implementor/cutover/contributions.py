"""What going live adds to the shared pages: kinds of records, gate checks, a place in the side bar."""

from __future__ import annotations

from flask import Flask

from implementor.cutover import permissions
from implementor.cutover.gate_checks import declare_checks
from implementor.cutover.importing import import_steps
from implementor.cutover.kinds import declare
from implementor.foundation.words import say
from implementor.web.navigation import NavItem, directory


def contribute(app: Flask) -> None:
    """Called once by the factory."""
    declare()
    declare_checks()
    import_steps()
    directory(app).items.append(
        NavItem("project", say("Cutover"), "cutover.run", permissions.VIEW, in_project=True, order=81)
    )
