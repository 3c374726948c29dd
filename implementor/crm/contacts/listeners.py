"""Contacts listen to every flush, so that none is left with a primary it does not have."""

from __future__ import annotations

from sqlalchemy import event
from sqlalchemy.orm import Session

from implementor.crm.contacts.primaries import keep_primaries

if not event.contains(Session, "before_flush", keep_primaries):
    # before all others: history stamps and notes what is changed here as well
    event.listen(Session, "before_flush", keep_primaries, insert=True)
