"""What contacts add to the shared pages, and to the pages of accounts."""

from __future__ import annotations

from flask import Flask

from implementor.crm.contacts import part_services, permissions, queries, services
from implementor.crm.contacts.account_importing import import_places
from implementor.crm.contacts.catalogue import CONTACT
from implementor.crm.contacts.importing import CONTACT_IMPORT
from implementor.crm.contacts.part_services import RowServices
from implementor.crm.contacts.sameness import SAME_CONTACT
from implementor.crm.records.around import Around, around
from implementor.crm.records.kinds import CrmKind, CrmPart, crm_kind, crm_part
from implementor.duplicates.declaring import recognise
from implementor.exchange.records.kind import record_import
from implementor.foundation.access import SHARED
from implementor.foundation.words import Phrase, say


def contribute(app: Flask) -> None:
    """Called once by the factory."""
    crm_kind(
        app,
        CrmKind(
            entity=CONTACT,
            plural="contacts",
            may_view=permissions.VIEW,
            may_edit=permissions.EDIT,
            new_label=say("New contact"),
            empty_text=say("The people you speak with stand here. Add the first one, or import a file of contacts."),
            order=25,
            reach=SHARED,
            create=services.add_contact,
            change=services.change_contact,
            restore=services.restore_contact,
            keys="g c",
            known_elsewhere=True,
            is_subject=True,
            found=queries.contacts_found,
        ),
    )
    record_import(CONTACT_IMPORT)
    import_places()
    recognise(SAME_CONTACT)
    _part(part_services.AT_ACCOUNTS, say("Add account"), ("account", "role", "primary", "until"), 10)
    _part(
        part_services.ADDRESSES,
        say("Add address"),
        ("address", "label", "primary", "invalid", "opted_out"),
        20,
        "email",
    )
    _part(
        part_services.NUMBERS, say("Add number"), ("number", "label", "primary", "invalid", "do_not_call"), 30, "phone"
    )
    people = Around(
        "contact", say("Contacts"), queries.of_account, filter_name="account", show=("job_title", "phone"), order=10
    )
    around("account", people)


def _part(kept_by: RowServices, new_label: Phrase, show: tuple[str, ...], order: int, shown_with: str = "") -> None:
    crm_part(
        CrmPart(
            entity=kept_by.entity,
            parent_kind="contact",
            parent="contact",
            new_label=new_label,
            show=show,
            order=order,
            create=kept_by.add,
            change=kept_by.change,
            restore=kept_by.restore,
            shown_with=shown_with,
        )
    )
