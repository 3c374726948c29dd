"""The roster of support: its list and its records, changed by those who take up requests."""

from __future__ import annotations

from implementor.audiences.pages import pages_of
from implementor.foundation.words import say
from implementor.support.kinds import SHIFTS
from implementor.support.views.inbox import blueprint

pages_of(
    blueprint, SHIFTS, "requests/roster", lambda _endpoint: [], say("Requests"), listed="support/roster.html"
)  # fmt: skip
