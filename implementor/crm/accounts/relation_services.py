"""What can happen to the products that an account holds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.crm.accounts.catalogue import ACCOUNT
from implementor.crm.accounts.models import Relation
from implementor.crm.accounts.relation_catalogue import RELATION, STATES
from implementor.crm.products.catalogue import PRODUCT
from implementor.crm.records import services as records
from implementor.foundation import live
from implementor.foundation.errors import InvalidInput
from implementor.foundation.fields import Scope
from implementor.foundation.permissions import Actor
from implementor.foundation.words import say


def add_relation(session: Session, scope: Scope, values: Mapping[str, Any], by: Actor, at: datetime) -> Relation:
    """A product that an account holds from now on; in use unless another state is given."""
    usual = live.present().picklist(STATES.key).default
    with session.no_autoflush:
        held: Relation = records.new_record(session, RELATION, values, by=by, at=at)
        held.state = held.state or (usual.key if usual else None)
        refuse_unsound_relation(session, held, by)
        records.found_to_see(session, PRODUCT, held.product_id, by, field="product")
    return held


def change_relation(session: Session, held: Relation, values: Mapping[str, Any], by: Actor, at: datetime) -> None:
    """Give a relation other values."""
    with session.no_autoflush:
        records.found_to_change(session, ACCOUNT, held.account_id, by, field="account")
        records.change_record(session, RELATION, held, values, by=by, at=at)
        refuse_unsound_relation(session, held, by)
        if "product" in values:  # one that was put away since stays with who holds it
            records.found_to_see(session, PRODUCT, held.product_id, by, field="product")


def refuse_unsound_relation(session: Session, held: Relation, by: Actor) -> None:
    """Stop where the account is somebody else's to change, or the days are in the wrong order."""
    records.found_to_change(session, ACCOUNT, held.account_id, by, field="account")
    if held.since and held.until and held.until < held.since:
        raise InvalidInput({"until": say("The last day comes after the first.")})
