"""The library as what a new project begins with: its processes to tick, taken when the project is created."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from implementor.foundation.conventions import present_reading
from implementor.foundation.fields import Scope
from implementor.foundation.permissions import Actor
from implementor.foundation.words import speech
from implementor.metrics.defining import Stated
from implementor.projects.beginnings import Beginning, Offer
from implementor.releases.library_data import processes
from implementor.releases.library_services import take_processes


def _offers() -> Sequence[Offer]:
    return [Offer(one.key, one.name, one.purpose, len(one.stories)) for one in processes()]


def _take(session: Session, project_id: int, keys: Collection[str], by: Actor, at: datetime) -> None:
    currency = present_reading().currency or "EUR"
    take_processes(session, Scope(project_id, by), keys, currency=currency, stated=Stated(by, at, speech().zone))


LIBRARY = Beginning(_offers, _take)
