"""Campaigns listen to every flush, so that none is left with figures that its rows do not have, and to imports."""

from __future__ import annotations

from sqlalchemy import event
from sqlalchemy.orm import Session

from implementor.crm.campaigns.imported_origins import follow_imported_leads
from implementor.crm.campaigns.origins import follow_leads
from implementor.crm.campaigns.settling import keep_campaigns
from implementor.exchange.events import RecordsWritten
from implementor.foundation.events import listens_to

for _listener in (keep_campaigns, follow_leads):
    if not event.contains(Session, "before_flush", _listener):
        # before all others: history stamps and notes what is changed here as well
        event.listen(Session, "before_flush", _listener, insert=True)
listens_to(RecordsWritten)(follow_imported_leads)
