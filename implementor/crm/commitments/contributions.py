"""What commitments add to the shared pages."""

from __future__ import annotations

from flask import Flask, url_for

from implementor.crm.commitments import agenda, permissions, services
from implementor.crm.commitments.catalogue import COMMITMENT
from implementor.crm.commitments.importing import import_commitments
from implementor.crm.records.agenda import AgendaSource, calendar, my_day
from implementor.crm.records.concerning import owned_by, sight_by_subject
from implementor.crm.records.kinds import CrmKind, crm_kind
from implementor.crm.records.sight import sights
from implementor.foundation.access import SHARED
from implementor.foundation.panels import panel
from implementor.foundation.words import say
from implementor.history.timeline import sources


def contribute(app: Flask) -> None:
    """Called once by the factory."""
    sights["commitment"] = sight_by_subject(owned_by("owner_id"))
    crm_kind(
        app,
        CrmKind(
            entity=COMMITMENT,
            plural="commitments",
            may_view=permissions.VIEW,
            may_edit=permissions.EDIT,
            new_label=say("New commitment"),
            empty_text=say("What you promise customers stands here until it is kept. Note one on an account's page."),
            order=70,
            reach=SHARED,
            create=services.add_commitment,
            change=services.change_commitment,
            restore=services.restore_commitment,
        ),
    )
    import_commitments()
    panel("crm.subject", 20, "crm/commitments/_panel.html", agenda.panel_of)
    sources["commitments"] = agenda.as_entries
    source = AgendaSource("commitments", say("Commitments due"), permissions.VIEW, agenda.due, 30, _mine)
    my_day(source)
    calendar(source)


def _mine() -> str:
    return url_for("commitments.index", owner="me", state="open,overdue")
