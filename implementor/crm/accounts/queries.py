"""Finding accounts and their place in the tree."""

from __future__ import annotations

from sqlalchemy import Select, select

from implementor.crm.accounts.models import Account
from implementor.crm.records.queries import records_in_use
from implementor.foundation.fields import Scope
from implementor.foundation.model import Rows
from implementor.foundation.permissions import Actor


def account_in_use(account_id: int, actor: Actor) -> Rows:
    """The id of an account that the actor sees."""
    found = records_in_use(Account, Scope(None, actor)).where(Account.id == account_id)
    return found.with_only_columns(Account.id)


def ids_above(account_id: int) -> Select[int]:
    """An account's own id and the ids of all above it; a loop that should not be there ends all the same."""
    start = select(Account.id, Account.parent_id).where(Account.id == account_id).cte("above", recursive=True)
    steps = start.union(select(Account.id, Account.parent_id).join(start, Account.id == start.c.parent_id))
    return select(steps.c.id)


def tree_around(account_id: int) -> Rows:
    """Rows (id, name, parent_id, is_above) of the accounts above one and directly below it, the top one first."""
    above = ids_above(account_id).subquery()
    return (
        select(Account.id, Account.name, Account.parent_id)
        .where((Account.id.in_(select(above.c.id))) | (Account.parent_id == account_id), Account.archived_at.is_(None))
        .order_by(Account.name_key, Account.id)
        .limit(101)
    )
