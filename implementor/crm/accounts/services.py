"""What can happen to an account beyond what every record allows: its place in the tree."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.crm.accounts import queries
from implementor.crm.accounts.catalogue import ACCOUNT
from implementor.crm.accounts.models import Account
from implementor.crm.records import services as records
from implementor.foundation.errors import InvalidInput
from implementor.foundation.fields import Scope
from implementor.foundation.permissions import Actor
from implementor.foundation.words import say


def add_account(session: Session, scope: Scope, values: Mapping[str, Any], by: Actor, at: datetime) -> Account:
    """A new account, under another one that the actor sees if it is given."""
    account: Account = records.new_record(session, ACCOUNT, values, by=by, at=at)
    refuse_impossible_parent(session, account, by)
    return account


def change_account(session: Session, account: Account, values: Mapping[str, Any], by: Actor, at: datetime) -> None:
    """Give an account other values."""
    records.change_record(session, ACCOUNT, account, values, by=by, at=at)
    if "parent" in values:
        refuse_impossible_parent(session, account, by)


def restore_account(session: Session, account: Account, values: Mapping[str, Any], by: Actor, at: datetime) -> None:
    """Give an account earlier values by attribute; a tree that has changed since must stay a tree."""
    for name, value in values.items():
        setattr(account, name, value)
    if "parent_id" in values:
        refuse_impossible_parent(session, account, by)


def refuse_impossible_parent(session: Session, account: Account, by: Actor) -> None:
    """Stop where an account would belong to itself, to what belongs to it, or to one that the actor does not see."""
    if account.parent_id is None:
        return
    with session.no_autoflush:  # an impossible parent is refused here, not by the database
        above = session.scalars(queries.ids_above(account.parent_id)).all()
        seen = session.scalar(queries.account_in_use(account.parent_id, by))
    if account.id is not None and account.id in above:
        raise InvalidInput({"parent": say("An account cannot belong to itself or to what belongs to it.")})
    if seen is None:
        raise InvalidInput({"parent": say("Choose an account of the list.")})
