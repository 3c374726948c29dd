"""Addresses of committees and meetings with the ids they need, for the walk over every page; see `addresses`."""

from __future__ import annotations

EXAMPLES: dict[str, dict[str, str]] = {
    "committees.edit_minutes": {"meeting_id": "running_meeting"},
    "committees.edit_seat": {"committee_id": "committee", "seat_id": "seat"},
    "committees.index": {},
    "committees.meeting": {"meeting_id": "meeting"},
    "committees.meetings": {},
    "committees.members": {"committee_id": "committee"},
    "committees.new_meeting": {"committee_id": "committee"},
    "committees.review": {"meeting_id": "running_meeting"},
    "committees.show": {"committee_id": "committee"},
    "my_meetings.index": {},
    "programmes.committees.index": {"programme_id": "programme"},
    "programmes.committees.meeting": {"programme_id": "programme", "meeting_id": "programme_meeting"},
    "programmes.committees.new": {"programme_id": "programme"},
    "programmes.committees.show": {"programme_id": "programme", "committee_id": "programme_committee"},
    "standing_body.show": {},
}
SAME = "the page of the project's committee, at a programme"
NO_PAGES = {
    "committees.between": "only who decides sees it, which the PMO does not; see tests/committees",
    "committees.calendar": "a file",
    "committees.new": "leads on to the form of lists.new",
    "my_meetings.feed": "a file",
    "programmes.committees.calendar": "a file",
    "programmes.committees.meetings": "leads on to the committees of the programme",
    **dict.fromkeys(
        (
            f"programmes.committees.{name}"
            for name in ("between", "edit_minutes", "edit_seat", "members", "new_meeting", "review")
        ),
        SAME,
    ),
}
