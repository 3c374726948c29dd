"""Addresses of CRM records in the walks; see `cells`. Their records are those of tests/crm/examples.py."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from implementor.crm.records.kinds import crm_kinds

Sent = Callable[..., dict[str, Any]]
ARGUMENTS: dict[str, Sent] = {"name_id": lambda r, w: {"name_id": w.ids["name"]}}
BODIES: dict[str, Sent] = {
    "names.create": lambda p, r, w: {"system": "ERP", "value": "Written"},
    "opportunities.move": lambda p, r, w: {"card": w.crm["opportunity"], "status": w.ids["next_stage"]},
    "opportunities.move_by_form": lambda p, r, w: {"stage": w.ids["next_stage"]},
    "opportunities.reopen": lambda p, r, w: {"reason": "Written", "version": "1"},
}
KINDS = {"names.index": "account", "names.create": "account", "names.remove": "account"}


OTHERS = {"opportunities.reopen": "closed_opportunity", "opportunities.reopen_page": "closed_opportunity"}
"""Endpoint -> the name of the record it is about, where that is not the usual example."""


def kind_of_pages(endpoint: str) -> str | None:
    """The kind of CRM record whose own pages an endpoint is among, or the name of another example."""
    if endpoint in OTHERS:
        return OTHERS[endpoint]
    plural = endpoint.partition(".")[0]
    return next((kind for kind, declared in crm_kinds.items() if declared.plural == plural), None)
