"""Telling people, after a record is saved, what it still lacks by the rules of its kind."""

from __future__ import annotations

from typing import Any

from implementor.foundation.fields import Entity
from implementor.foundation.needs import sentence_of, unmet
from implementor.web.guard import actor
from implementor.web.messages import tell


def tell_lacking(entity: Entity, record: Any) -> None:
    """Say on the next page what is needed and not there; what stops a record was said before it was saved."""
    for need in unmet(entity, record, actor()):
        tell(sentence_of(entity, need), "warning")
