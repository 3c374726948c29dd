"""The places of calendars among the settings, what of them can be taken back, and the turn of the clocks."""

from __future__ import annotations

from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from implementor.auth.current import Carried, carried
from implementor.calendars import queries
from implementor.calendars.mentions import policies_naming
from implementor.calendars.models import BaseCurrency, BusinessCalendar, CurrencyRate, SlaPolicy
from implementor.calendars.permissions import MANAGE_CURRENCIES, MANAGE_HOURS, MANAGE_SERVICE_LEVELS
from implementor.calendars.services import opening
from implementor.calendars.services.rates import conventions_of
from implementor.calendars.watching import LOOK_EVERY, watch_clocks
from implementor.foundation.conventions import assume, usual_again
from implementor.foundation.mentions import mentions_of
from implementor.foundation.words import say
from implementor.history.restoring import Restorer, undoable
from implementor.jobs.worker import chore
from implementor.web.navigation import NavItem, directory

SETTINGS = "settings"


def contribute(app: Flask) -> None:
    """Called once by the factory."""
    carried["base_currency"] = Carried(queries.base_currency_code().scalar_subquery(), take_base_currency)
    app.teardown_request(forget_conventions)
    directory(app).items += [
        NavItem(SETTINGS, say("Currencies"), "calendars.list_rates", MANAGE_CURRENCIES, order=50),
        NavItem(SETTINGS, say("Opening hours"), "calendars.list_calendars", MANAGE_HOURS, order=51),
        NavItem(SETTINGS, say("Service levels"), "calendars.list_policies", MANAGE_SERVICE_LEVELS, order=52),
    ]
    mentions_of("calendars", policies_naming)
    chore("calendars.watch", every=LOOK_EVERY)(watch_clocks)
    for model, restore in (
        (BaseCurrency, None),
        (CurrencyRate, None),
        (BusinessCalendar, opening.put_back),
        (SlaPolicy, None),
    ):
        undoable[model.__record_kind__] = Restorer(model, restore)


def take_base_currency(_session: Session, currency: str | None) -> None:
    """Take for granted in this request what follows from the chosen currency."""
    assume(conventions_of(currency))


def forget_conventions(_fault: BaseException | None) -> Any:
    """What this thread does next may be for another database."""
    usual_again()
