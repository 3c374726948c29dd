"""Addresses of CRM records in the walks; see `cells`. Their records are those of tests/crm/examples.py."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from implementor.crm.records.kinds import crm_kinds

Sent = Callable[..., dict[str, Any]]
ARGUMENTS: dict[str, Sent] = {"name_id": lambda r, w: {"name_id": w.ids["name"]}}
BODIES: dict[str, Sent] = {"names.create": lambda p, r, w: {"system": "ERP", "value": "Written"}}
KINDS = {"names.index": "account", "names.create": "account", "names.remove": "account"}


def kind_of_pages(endpoint: str) -> str | None:
    """The kind of CRM record whose own pages an endpoint is among."""
    plural = endpoint.partition(".")[0]
    return next((kind for kind, declared in crm_kinds.items() if declared.plural == plural), None)
