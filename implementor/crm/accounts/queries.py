"""Finding accounts and their place in the tree, as far as the reader sees it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, literal, select

from implementor.crm.accounts.models import Account
from implementor.crm.records.queries import ids_above, records_in_use
from implementor.foundation.fields import Scope
from implementor.foundation.model import Rows

DEEPEST = 20
"""Levels of a tree that are followed down; a loop that should not be there ends here."""
COLUMNS: tuple[Any, ...] = (Account.id, Account.parent_id, Account.name, Account.name_key, Account.type, Account.city)


def chain_above(scope: Scope, account_id: int) -> Rows:
    """Rows of an account and all above it that the reader sees, in no order."""
    above = ids_above(Account, account_id).subquery()
    return records_in_use(Account, scope).where(Account.id.in_(select(above.c.id))).with_only_columns(*COLUMNS)


def tree_below(scope: Scope, root_id: int, *, limit: int) -> Rows:
    """Rows (as in `chain_above`, and the depth) of an account and all below it, reached by accounts the reader sees.

    Level by level, by name; as many as `limit`.
    """
    seen: Select[Any] = records_in_use(Account, scope)
    start = seen.where(Account.id == root_id).with_only_columns(*COLUMNS, literal(0).label("depth"))
    tree = start.cte("tree", recursive=True)
    step = seen.join(tree, Account.parent_id == tree.c.id).where(tree.c.depth < DEEPEST)
    tree = tree.union_all(step.with_only_columns(*COLUMNS, (tree.c.depth + 1).label("depth")))
    return select(tree).order_by(tree.c.depth, tree.c.name_key, tree.c.id).limit(limit)
