"""What cases add to the shared pages, to accounts, contacts and products, and to service levels."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Flask, url_for

from implementor.calendars.clocked_kinds import Clocked, ClockName, clocked_kind
from implementor.configuration.assignable import Assignable, assigned_by_rules
from implementor.configuration.switching import may_be_off
from implementor.crm.cases import agenda, permissions, services, telling, words
from implementor.crm.cases.catalogue import CASE
from implementor.crm.cases.importing import import_cases
from implementor.crm.cases.limits import CONDITIONS
from implementor.crm.cases.models import DONE, Case
from implementor.crm.records.agenda import AgendaSource, calendar, my_day
from implementor.crm.records.around import Around, around
from implementor.crm.records.kinds import CrmKind, crm_kind
from implementor.crm.records.queries import owned_counts
from implementor.foundation.access import TEAMWORK
from implementor.foundation.panels import panel
from implementor.foundation.words import say
from implementor.history.restoring import Restorer, undoable
from implementor.history.timeline import sources


def contribute(app: Flask) -> None:
    """Called once by the factory."""
    may_be_off("case")
    assigned_by_rules(Assignable("case", partial(owned_counts, Case, Case.status.not_in(DONE))))
    _kind(app)
    _clocks()
    telling.declare_news()
    around("account", _cases_of("account", lambda account_id: Case.account_id == account_id))
    around("contact", _cases_of("contact", lambda contact_id: Case.contact_id == contact_id))
    around("product", _cases_of("product", lambda product_id: Case.product_id == product_id))
    around("case", _duplicates())
    panel("crm.case.side", 10, "crm/cases/_clocks.html", agenda.panel_of)
    sources["cases"] = agenda.as_entries
    undoable["case"] = Restorer(Case, services.restore_case, asks_to_put_away=True)
    import_cases()
    near = AgendaSource(
        "cases", say("Cases near their limit"), permissions.VIEW, agenda.near_their_limit, 15, _mine
    )  # fmt: skip
    my_day(near)
    calendar(near)


def _kind(app: Flask) -> None:
    crm_kind(
        app,
        CrmKind(
            entity=CASE,
            plural="cases",
            may_view=permissions.VIEW,
            may_edit=permissions.EDIT,
            new_label=say("New case"),
            empty_text=say("What customers ask for and complain of stands here until it is solved."),
            order=50,
            reach=TEAMWORK,
            create=services.add_case,
            change=services.change_case,
            restore=services.restore_case,
            keys="g s",
            searched=("code", "description", "resolution"),
            is_subject=True,
            known_elsewhere=True,
            hint=Case.code,
        ),
    )


def _clocks() -> None:
    """Cases are promised a first response and a resolution; the times of new service levels in minutes."""
    clocked_kind(
        Clocked(
            "case",
            CASE.label_plural,
            tuple(reversed(words.PRIORITIES)),
            (
                ClockName(
                    words.FIRST_RESPONSE, say("First response"), {"urgent": 60, "high": 120, "normal": 480, "low": 960}
                ),
                ClockName(
                    words.RESOLUTION, say("Resolution"), {"urgent": 480, "high": 960, "normal": 2400, "low": 4800}
                ),
            ),
            tuple(CASE.fields[name] for name in CONDITIONS),
        )
    )


def _cases_of(field: str, condition: Any) -> Around:
    return Around("case", say("Cases"), condition, filter_name=field, show=("number", "status"), order=40)


def _duplicates() -> Around:
    return Around(
        "case",
        say("Duplicates of it"),
        lambda case_id: Case.duplicate_of_id == case_id,
        filter_name="duplicate_of",
        show=("number", "status"),
        new_field="",
        order=90,
    )


def _mine() -> str:
    return url_for("cases.index", owner="me", open="y")
