"""Addresses of committees and meetings in the walks; see `cells`. Their records are those of `world_committees`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Sent = Callable[..., dict[str, Any]]
TITLES = {"committee": "name", "meeting": "title"}
REQUIRED: dict[str, dict[str, Any]] = {
    "committee": {
        "name": "Written", "quorum_kind": "share", "quorum": "50", "rhythm": "none", "every": "1", "week": "1",
        "weekday": "1", "clock": "09:00", "time_zone": "UTC", "length_minutes": "60",
    },
    "meeting": {"title": "Written", "starts_at": "2030-01-01T10:00", "length_minutes": "60"},
}  # fmt: skip
ARGUMENTS: dict[str, Sent] = {
    "committee_id": lambda r, w: {"committee_id": r.committee},
    "meeting_id": lambda r, w: {"meeting_id": r.meeting},
    "point_id": lambda r, w: {"point_id": r.point},
    "seat_id": lambda r, w: {"seat_id": r.seat},
    "limit_id": lambda r, w: {"limit_id": r.limit},
}
RUNNING = ("review", "attend", "edit_minutes", "write_minutes", "close", "give_action")
ON_POINTS = {"answer": "point", "note": "point", "ask_votes": "question_point", "vote": "voted_point"}


def _point(name: str) -> Sent:
    return lambda r, w: {"meeting_id": r.running_meeting, "point_id": getattr(r, name)}


AT_PROGRAMME = {
    "index": (), "new": (), "create": (), "meetings": (), "show": ("committee",), "members": ("committee",),
    "seat": ("committee",), "set_limit": ("committee",), "between": ("committee",), "decide_between": ("committee",),
    "new_meeting": ("committee",), "plan_by_hand": ("committee",), "plan_by_rhythm": ("committee",),
    "edit_seat": ("committee", "seat"), "change_seat": ("committee", "seat"), "unseat": ("committee", "seat"),
    "drop_limit": ("committee", "limit"), "meeting": ("meeting",), "calendar": ("meeting",), "invite": ("meeting",),
    "begin": ("meeting",), "add_point": ("meeting",), "arrange": ("meeting",),
    **dict.fromkeys(RUNNING, ("running_meeting",)),
    **{name: ("running_meeting", point) for name, point in ON_POINTS.items()},
}  # fmt: skip
"""The same pages at a programme, whose records the world keeps beside its places; see `world_committees`."""


def _at_programme(names: tuple[str, ...]) -> Sent:
    said = {"running_meeting": "meeting_id", "question_point": "point_id", "voted_point": "point_id"}
    return lambda r, w: {
        "programme_id": w.ids["programme"],
        **{said.get(name, f"{name}_id"): w.ids[f"programme_{name}"] for name in names},
    }


EXCEPTIONS: dict[str, Sent] = {
    **{f"programmes.committees.{name}": _at_programme(names) for name, names in AT_PROGRAMME.items()},
    **{f"committees.{name}": lambda r, w: {"meeting_id": r.running_meeting} for name in RUNNING},
    **{f"committees.{name}": _point(point) for name, point in ON_POINTS.items()},
}
BODIES: dict[str, Sent] = {
    "committees.seat": lambda p, r, w: {"user_id": w.people["viewer"].id, "part": "guest"},
    "committees.change_seat": lambda p, r, w: {"part": "member"},
    "committees.set_limit": lambda p, r, w: {"role": "project_lead", "amount": "10 USD", "days": "2"},
    "committees.plan_by_hand": lambda p, r, w: REQUIRED["meeting"],
    "committees.decide_between": lambda p, r, w: {"question": "Written", "outcome": "Written", "reason": "Written"},
    "committees.arrange": lambda p, r, w: {"key": f"question:{r.decision}", "deed": "leave_out"},
    "committees.add_point": lambda p, r, w: {"title": "Written", "length_minutes": "5"},
    "committees.answer": lambda p, r, w: {"answer": "approved", "outcome": "Written", "reason": "Written"},
    "committees.note": lambda p, r, w: {"note": "Written"},
    "committees.vote": lambda p, r, w: {"choice": "for"},
    "committees.give_action": lambda p, r, w: {"title": "Written", "owner_id": ""},
    "committees.write_minutes": lambda p, r, w: {"minutes": "Written"},
    "committees.create": lambda p, r, w: REQUIRED["committee"],
}
BODIES |= {
    **{f"programmes.{name}": sent for name, sent in BODIES.items()},
    "programmes.committees.seat": lambda p, r, w: {"user_id": w.people["member"].id, "part": "guest"},
    "programmes.committees.arrange": lambda p, r, w: {"key": "own:2-1", "deed": "leave_out"},
    "programmes.committees.give_action": lambda p, r, w: {
        "title": "Written", "owner_id": "", "point": str(w.ids["programme_voted_point"]),
    },
    "programmes.committees.decide_between": lambda p, r, w: {
        "question": "Written", "outcome": "Written", "reason": "Written", "project": str(w.places["VEN"].project_id),
    },
}  # fmt: skip
