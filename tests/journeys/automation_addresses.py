"""Example addresses of the pages of templates, rules and mails; see `addresses`."""

from __future__ import annotations

from typing import Any

EXAMPLES: dict[str, dict[str, Any]] = {
    "automation.edit_rule": {"rule_id": "automation_rule"},
    "automation.edit_template": {"template_id": "message_template"},
    "automation.list_rules": {},
    "automation.list_templates": {},
    "automation.new_rule": {"record_kind": "=lead"},
    "automation.new_template": {"purpose": "=proposal", "record_kind": "=quote"},
    "automation.show_runs": {"rule_id": "automation_rule"},
    "automation.try_rule": {"rule_id": "automation_rule"},
    "interactions.write_page": {"kind": "=contact", "subject_id": "contact"},
}
