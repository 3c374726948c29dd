"""What consents add to the page of a contact and to the frame."""

from __future__ import annotations

from flask import Flask

from implementor.crm.consents import permissions
from implementor.crm.consents.exporting import consents_to_take_away
from implementor.crm.consents.importing import CONSENT_IMPORT, import_consents
from implementor.crm.consents.overview import panel_of
from implementor.crm.consents.timeline import consents_as_entries
from implementor.crm.consents.vocabulary import choice_of, label_of
from implementor.foundation.panels import panel
from implementor.foundation.words import say
from implementor.history.timeline import sources
from implementor.lists.exporting import Exported, without_list
from implementor.web.navigation import NavItem, directory


def contribute(app: Flask) -> None:
    """Called once by the factory."""
    import_consents()
    out = Exported(CONSENT_IMPORT.entity, CONSENT_IMPORT, permissions.VIEW, consents_to_take_away)
    without_list["consent"] = out
    panel("crm.contact.side", 20, "crm/consents/_panel.html", panel_of)
    sources["consents"] = consents_as_entries
    app.jinja_env.globals.update(consent_label=label_of, consent_choice=choice_of)
    directory(app).items.append(
        NavItem("crm", say("Words of consents"), "consents.wordings", permissions.WRITE_WORDING, order=95)
    )
