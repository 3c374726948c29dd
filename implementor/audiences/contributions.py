"""What audiences add to the shared pages: kinds of records, imports, warnings of plans, a place in the side bar."""

from __future__ import annotations

from flask import Flask

from implementor.audiences import permissions
from implementor.audiences.gate_checks import declare_checks
from implementor.audiences.importing import import_people
from implementor.audiences.kinds import declare
from implementor.audiences.load_reading import warnings_of
from implementor.audiences.message_news import LOOK_EVERY, declare_news, remind_senders
from implementor.foundation.words import say
from implementor.jobs.worker import chore
from implementor.planning.plan_warnings import plan_warning
from implementor.web.navigation import NavItem, directory


def contribute(app: Flask) -> None:
    """Called once by the factory."""
    declare()
    declare_checks()
    import_people()
    plan_warning("audiences", warnings_of)
    declare_news()
    chore("audiences.messages", every=LOOK_EVERY)(remind_senders)
    directory(app).items.append(
        NavItem("change", say("Audiences"), "audiences.audiences", permissions.VIEW, in_project=True, order=79)
    )
