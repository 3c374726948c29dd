"""What of consents leaves as a file; they have no list of their own."""

from __future__ import annotations

from collections.abc import Sequence

from implementor.crm.consents.models import Consent
from implementor.crm.contacts.models import Contact
from implementor.crm.records.queries import records_in_use
from implementor.foundation.fields import Field, Scope
from implementor.foundation.model import Rows
from implementor.lists.queries import raw_label, shown_label


def consents_to_take_away(fields: Sequence[Field], scope: Scope) -> Rows:
    """The columns of these fields of everything that contacts within sight said, for a file."""
    found = records_in_use(Contact, scope).join(Consent, Consent.contact_id == Contact.id)
    rows: Rows = found.with_only_columns(
        Consent.id.label("id"),
        *(one.column.label(raw_label(one)) for one in fields),
        *(one.shown.label(shown_label(one)) for one in fields if one.shown is not None),
    )
    for one in fields:
        rows = one.join(rows) if one.join is not None else rows
    return rows.order_by(Consent.id)
