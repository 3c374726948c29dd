"""What makes two accounts the same company, and what becomes of the tree when they are merged."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.crm.accounts import permissions
from implementor.crm.accounts.catalogue import ACCOUNT
from implementor.crm.accounts.models import Account
from implementor.crm.records import queries
from implementor.crm.records.sameness import reachable
from implementor.duplicates.sameness import Sameness, Source
from implementor.foundation.errors import Refusal
from implementor.foundation.permissions import Actor
from implementor.foundation.words import say


class StandsBetween(Refusal):
    """One of the two stands above the other in the tree, with another account between them."""


def keep_the_tree(session: Session, survivor: Any, loser: Any, by: Actor, at: datetime) -> None:
    """Refuse a merge after which an account would stand below itself."""
    if survivor.parent_id is None:
        return
    with session.no_autoflush:
        above = session.scalars(queries.ids_above(Account, survivor.parent_id)).all()
    if survivor.id in above:
        reason = say("One of the two belongs to the other by way of a third account. Put that in order first.")
        raise StandsBetween(reason)


SAME_ACCOUNT = Sameness(
    kind="account",
    entity=ACCOUNT,
    sources=(
        Source(
            Account.id,
            {
                "company": (Account.name,),
                "tax_id": (Account.tax_id,),
                "email": (Account.email,),
                "phone": (Account.phone,),
                "domain": (Account.website,),
                "street": (Account.street,),
                "postcode": (Account.postcode,),
                "city": (Account.city,),
            },
        ),
    ),
    may_view=permissions.VIEW,
    may_edit=permissions.EDIT,
    reachable=reachable(Account),
    settle=keep_the_tree,
)
