"""What imports add to the packages below: their place among the pages, their entries in timelines, the sweeping."""

from __future__ import annotations

from flask import Flask

from implementor.exchange.mentions import mappings_naming
from implementor.exchange.own_keys import mark_with
from implementor.exchange.permissions import IMPORT, IMPORT_RECORDS
from implementor.exchange.timeline import imports_as_entries
from implementor.exchange.uploads import EVERY, sweep
from implementor.foundation.mentions import mentions_of
from implementor.foundation.words import say
from implementor.history.timeline import sources
from implementor.jobs.worker import chore
from implementor.web.navigation import NavItem, directory


def contribute(app: Flask) -> None:
    """Called once by the factory."""
    mentions_of("exchange", mappings_naming)
    mark_with(app.config["SECRET_KEY"])
    sources["imports"] = imports_as_entries
    chore("exchange.sweep", every=EVERY)(sweep)
    board = directory(app)
    board.items.append(NavItem("manage", say("Imports"), "exchange.index", IMPORT, in_project=True, order=60))
    board.items.append(NavItem("crm", say("Imports"), "exchange.index", IMPORT_RECORDS, order=90))
