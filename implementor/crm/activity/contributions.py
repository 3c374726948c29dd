"""Where my day, the calendar and the report of activity are found, and by whose team records are parted."""

from __future__ import annotations

from flask import Flask

from implementor.crm.activity import permissions
from implementor.crm.activity.parting import part_by_owners_team
from implementor.foundation.words import say
from implementor.web.navigation import NavItem, Shortcut, directory


def contribute(app: Flask) -> None:
    """Called once by the factory."""
    part_by_owners_team()
    found = directory(app)
    found.items += [
        NavItem("crm", say("My day"), "activity.my_day", permissions.MY_DAY, order=1),
        NavItem("crm", say("Calendar"), "activity.calendar", permissions.MY_DAY, order=2),
        NavItem("crm", say("Activity"), "activity.report", permissions.REPORT, order=90),
    ]
    found.shortcuts.append(Shortcut("g t", say("My day"), "activity.my_day"))
