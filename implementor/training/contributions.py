"""What training adds to the shared pages: kinds of records, reminders, places in the side bar."""

from __future__ import annotations

from flask import Flask

from implementor.foundation.words import say
from implementor.history.restoring import undone_elsewhere
from implementor.jobs.worker import chore
from implementor.training import expiry_news, permissions
from implementor.training.invitations import LOOK_EVERY, remind
from implementor.training.kinds import declare
from implementor.training.result_contributions import contribute_results
from implementor.web.navigation import NavItem, directory


def contribute(app: Flask) -> None:
    """Called once by the factory."""
    declare()
    undone_elsewhere["training_session.call_off"] = say("People were told that it is called off. Plan it anew.")
    contribute_results(app)
    expiry_news.declare_news()
    chore("training.reminders", every=LOOK_EVERY)(remind)
    chore("training.expiry", every=expiry_news.LOOK_EVERY)(expiry_news.tell_of_expiry)
    directory(app).items += [
        NavItem("change", say("Training"), "training.courses", permissions.VIEW, in_project=True, order=82),
        NavItem("start", say("My training"), "own_training.mine", permissions.OWN, order=45),
    ]
