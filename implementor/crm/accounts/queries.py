"""Finding accounts and their place in the tree."""

from __future__ import annotations

from sqlalchemy import select

from implementor.crm.accounts.models import Account
from implementor.crm.records.queries import ids_above
from implementor.foundation.model import Rows


def tree_around(account_id: int) -> Rows:
    """Rows (id, name, parent_id) of the accounts above one and directly below it, by name."""
    above = ids_above(Account, account_id).subquery()
    return (
        select(Account.id, Account.name, Account.parent_id)
        .where((Account.id.in_(select(above.c.id))) | (Account.parent_id == account_id), Account.archived_at.is_(None))
        .order_by(Account.name_key, Account.id)
        .limit(101)
    )
