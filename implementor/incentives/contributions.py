"""What incentives add to the shared pages: kinds, news, counting by itself, places in the side bar."""

from __future__ import annotations

from flask import Flask

from implementor.foundation.panels import panel
from implementor.foundation.words import say
from implementor.incentives import permissions
from implementor.incentives.announcing import declare_news
from implementor.incentives.kinds import declare
from implementor.incentives.panel import load_own
from implementor.incentives.schedule import LOOK_EVERY, count_open
from implementor.jobs.worker import chore
from implementor.web.navigation import NavItem, directory


def contribute(app: Flask) -> None:
    """Called once by the factory."""
    declare()
    declare_news()
    panel("own_use.page", 10, "incentives/_of_use.html", load_own)
    chore("incentives.count", every=LOOK_EVERY)(count_open)
    directory(app).items += [
        NavItem("change", say("Incentives"), "incentives.index", permissions.VIEW, in_project=True, order=85),
        NavItem("crm", say("My points"), "own_points.mine", permissions.OWN, order=96),
    ]
