"""Example addresses of the pages of releases, and of what they bring live; see `addresses`."""

from __future__ import annotations

from typing import Any

from tests.journeys import automation_addresses as automation

EXAMPLES: dict[str, dict[str, Any]] = {
    **automation.EXAMPLES,
    "config_releases.all_releases": {},
    "config_releases.of_metric": {"metric_id": "metric"},
    "config_releases.of_pilot": {"number": "started"},
    "config_releases.of_release": {"release_number": "release"},
    "config_releases.index": {},
    "config_releases.item": {"number": "released_wave", "item_id": "coming_item"},
    "config_releases.bygone": {},
    "config_releases.origin": {"kind": "=account", "name": "own_field_key"},
    "config_releases.pilot": {"number": "started"},
    "config_releases.read": {"number": "release"},
    "config_releases.release": {"release_number": "release"},
    "config_releases.return_page": {"release_number": "release"},
    "config_releases.show": {"number": "started"},
    "reports.edit": {"report_id": "saved_report"},
    "reports.index": {},
    "reports.new": {},
    "reports.records": {"report_id": "saved_report"},
    "reports.show": {"report_id": "saved_report"},
}
NO_PAGES = {
    "config_releases.of_pilot_side": "records of a figure of a pilot; seen in releases/test_pilots_together",
    "waves.export_capacity": "a file",
    "releases.export": "a file",
    "releases.new": "leads on to the form of lists.new",
    "reports.export": "a file",
}
