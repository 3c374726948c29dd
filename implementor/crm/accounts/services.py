"""What can happen to an account beyond what every record allows: its place in the tree."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.crm.accounts.catalogue import ACCOUNT
from implementor.crm.accounts.models import Account
from implementor.crm.records import services as records
from implementor.foundation.fields import Scope
from implementor.foundation.permissions import Actor


def add_account(session: Session, scope: Scope, values: Mapping[str, Any], by: Actor, at: datetime) -> Account:
    """A new account, under another one that the actor sees if it is given."""
    account: Account = records.new_record(session, ACCOUNT, values, by=by, at=at)
    records.refuse_impossible_parent(session, ACCOUNT, account, by)
    return account


def change_account(session: Session, account: Account, values: Mapping[str, Any], by: Actor, at: datetime) -> None:
    """Give an account other values."""
    records.change_record(session, ACCOUNT, account, values, by=by, at=at)
    if "parent" in values:
        records.refuse_impossible_parent(session, ACCOUNT, account, by)


def restore_account(session: Session, account: Account, values: Mapping[str, Any], by: Actor, at: datetime) -> None:
    """Give an account earlier values by attribute; a tree that has changed since must stay a tree."""
    records.give_back(account, values)
    if "parent_id" in values:
        records.refuse_impossible_parent(session, ACCOUNT, account, by)
