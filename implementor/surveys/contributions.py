"""What surveys add to the shared pages: kinds of records, the worker's look, places in the side bar."""

from __future__ import annotations

from flask import Flask

from implementor.foundation.words import say
from implementor.jobs.worker import chore
from implementor.surveys import permissions
from implementor.surveys.kinds import declare
from implementor.surveys.telling import LOOK_EVERY, declare_news, look
from implementor.web.navigation import NavItem, directory


def contribute(app: Flask) -> None:
    """Called once by the factory."""
    declare()
    declare_news()
    chore("surveys.look", every=LOOK_EVERY)(look)
    directory(app).items += [
        NavItem("change", say("Surveys"), "surveys.surveys", permissions.VIEW, in_project=True, order=83),
        NavItem("start", say("My surveys"), "own_surveys.mine", permissions.OWN, order=46),
    ]
