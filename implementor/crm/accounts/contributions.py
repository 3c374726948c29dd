"""What accounts add to the shared pages."""

from __future__ import annotations

from dataclasses import replace

from flask import Flask

from implementor.crm.accounts import permissions, relation_services, services
from implementor.crm.accounts.catalogue import ACCOUNT
from implementor.crm.accounts.importing import ACCOUNT_IMPORT
from implementor.crm.accounts.models import Account
from implementor.crm.accounts.relation_catalogue import RELATION
from implementor.crm.accounts.relation_importing import import_relations
from implementor.crm.accounts.sameness import SAME_ACCOUNT
from implementor.crm.records.around import Around, around
from implementor.crm.records.kinds import CrmKind, CrmPart, crm_kind, crm_part
from implementor.duplicates.declaring import recognise
from implementor.duplicates.entry import bearers_of
from implementor.duplicates.permissions import ADD_ANYWAY
from implementor.exchange.records.kind import record_import
from implementor.foundation.access import SHARED
from implementor.foundation.words import say
from implementor.lists.sheets import sheet, sheet_of

ACCOUNTS = CrmKind(
    entity=ACCOUNT,
    plural="accounts",
    may_view=permissions.VIEW,
    may_edit=permissions.EDIT,
    new_label=say("New account"),
    empty_text=say("The companies you sell to and serve stand here. Add the first one, or import a customer file."),
    order=20,
    reach=SHARED,
    create=services.add_account,
    change=services.change_account,
    restore=services.restore_account,
    keys="g a",
    known_elsewhere=True,
    is_subject=True,
    searched=("city", "tax_id", "website"),
)
PRODUCTS_HELD = CrmPart(
    entity=RELATION,
    parent_kind="account",
    parent="account",
    also_of={"product": "product"},
    new_label=say("Add product"),
    show=("product", "account", "state", "quantity", "since", "until"),
    create=relation_services.add_relation,
    change=relation_services.change_relation,
)
BELOW = Around(
    "account",
    say("Belongs to it"),
    lambda account_id: Account.parent_id == account_id,
    filter_name="parent",
    show=("city",),
    order=90,
)


def contribute(app: Flask) -> None:
    """Called once by the factory."""
    crm_kind(app, ACCOUNTS)
    crm_part(PRODUCTS_HELD)
    around("account", BELOW)
    record_import(ACCOUNT_IMPORT)
    import_relations()
    recognise(SAME_ACCOUNT)
    known = bearers_of(SAME_ACCOUNT, {"tax_id": "tax_id"})
    sheet(replace(sheet_of("account"), exists=known, may_double=ADD_ANYWAY))
