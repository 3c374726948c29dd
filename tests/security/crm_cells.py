"""Addresses of CRM records in the walks; see `cells`. Their records are those of tests/crm/examples.py."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from implementor.crm.records.kinds import crm_kinds

Sent = Callable[..., dict[str, Any]]
ARGUMENTS: dict[str, Sent] = {
    "fact": lambda r, w: {"fact": "placed"},
    "step": lambda r, w: {"step": "sent"},
    "language": lambda r, w: {"language": "en"},
    "name_id": lambda r, w: {"name_id": w.ids["name"]},
    "subject_id": lambda r, w: {"subject_id": w.crm["account"]},
    "contact_id": lambda r, w: {"contact_id": w.crm["contact"]},
    "of_kind": lambda r, w: {"of_kind": "opportunity"},
    "of_id": lambda r, w: {"of_id": w.crm["opportunity"]},
    "event_id": lambda r, w: {"event_id": w.ids["campaign_event"]},
    "notice_id": lambda r, w: {"notice_id": w.ids["notice"]},
}
BODIES: dict[str, Sent] = {
    "appointments.make": lambda p, r, w: {"title": "Written", "kind": "meeting", "starts_at": "2026-03-02T10:00"},
    "campaigns.join": lambda p, r, w: {"of": "lead", "channel": "", "step": "apply"},
    "campaigns.say_where_from": lambda p, r, w: {"campaign": ""},
    "campaign_members.answer": lambda p, r, w: {"kind": "responded", "on": datetime.now(UTC).date().isoformat()},
    "cases.move": lambda p, r, w: {"status": "in_progress"},
    "cases.hand_over": lambda p, r, w: {"area": w.ids["area"], "note": "Written"},
    "commitments.promise": lambda p, r, w: {"promise": "Written", "due_on": "2026-03-09", "owner": ""},
    "commitments.break_": lambda p, r, w: {"reason": "Written"},
    "consents.record": lambda p, r, w: {"purpose": "marketing", "status": "given", "capture": "form", "wording": ""},
    "consents.write_wording": lambda p, r, w: {"purpose": "newsletter", "language": "en", "text": "Written"},
    "interactions.log": lambda p, r, w: {
        "channel": "phone",
        "direction": "out",
        "subject": "Written",
        "follow_up_owner": "",
    },
    "interactions.write": lambda p, r, w: {"subject": "Written", "body": "Written", "template": ""},
    "leads.begin": lambda p, r, w: {"need": "Written", "owner": ""},
    "leads.convert": lambda p, r, w: {"account": "none", "contact": "new", "opportunity": "none"},
    "leads.step": lambda p, r, w: {"stage": "mql"},
    "names.create": lambda p, r, w: {"system": "ERP", "value": "Written"},
    "orders.note": lambda p, r, w: {"on": "2026-03-02"},
    "quotes.propose": lambda p, r, w: {"template": w.ids["proposal"]},
    "quotes.note": lambda p, r, w: {"on": datetime.now(UTC).date().isoformat()},
    "opportunities.move": lambda p, r, w: {"card": w.crm["opportunity"], "status": w.ids["next_stage"]},
    "opportunities.move_by_form": lambda p, r, w: {"stage": w.ids["next_stage"]},
    "opportunities.reopen": lambda p, r, w: {"reason": "Written", "version": "1"},
}
KINDS = dict.fromkeys(
    (
        "names.index", "names.create", "names.remove", "interactions.log_page", "interactions.log",
        "appointments.make_page", "appointments.make", "commitments.promise_page", "commitments.promise",
        "leads.begin_page", "leads.begin", "assigning.assign",
    ),
    "account",
) | dict.fromkeys(("interactions.write_page", "interactions.write"), "contact")  # fmt: skip
"""Endpoint -> the kind of record that its address names."""
OTHERS = {
    "opportunities.reopen": "closed_opportunity", "opportunities.reopen_page": "closed_opportunity",
    "interactions.finish": "to_follow", "interactions.reopen": "followed_up", "appointments.plan": "held_appointment",
    "commitments.reopen": "kept_commitment", "leads.accept": "handed_over_lead", "leads.convert": "qualified_lead",
    "leads.take_back": "converted_lead", "quotes.renew": "sent_quote", "quotes.take_back": "noted_quote",
}  # fmt: skip
"""Endpoint -> the name of the record it is about, where that is not the usual example."""


def kind_of_pages(endpoint: str) -> str | None:
    """The kind of CRM record whose own pages an endpoint is among, or the name of another example."""
    if endpoint in OTHERS:
        return OTHERS[endpoint]
    plural = endpoint.partition(".")[0]
    return next((kind for kind, declared in crm_kinds.items() if declared.plural == plural), None)
