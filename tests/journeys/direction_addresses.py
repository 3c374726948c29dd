"""Example addresses of the pages of stages, gates, status reports and the portfolio; see `addresses`."""

from typing import Any

DIRECTION: dict[str, dict[str, Any]] = {
    "portfolio.dependencies": {},
    "portfolio.edit_dependency": {"dependency_id": "dependency"},
    "portfolio.index": {},
    "portfolio.load": {},
    "portfolio.load_stories": {"profile": "=Analista", "month": "=2026-12"},
    "portfolio.new_dependency": {},
    "portfolio.programme": {"programme_id": "programme"},
    "portfolio.programmes": {},
    "portfolio.replay": {},
    "stages.edit_line": {"method_key": "=agile", "stage_key": "=planning", "line_key": "=testers-named"},
    "stages.edit_stage": {"method_key": "=agile", "stage_key": "=planning"},
    "stages.gate": {"gate_name": "=visualization"},
    "stages.gate_line": {"gate_name": "=visualization", "line_key": "=budget-approved"},
    "stages.index": {},
    "stages.list_methods": {},
    "stages.project_method": {},
    "stages.show": {"stage_key": "=planning"},
    "stages.show_draft": {"method_key": "=agile"},
    "stages.show_method": {"method_key": "=classic", "version": "=1"},
    "status.colours": {},
    "status.edit_report": {"number": "status_draft"},
    "status.report": {"number": "status_report"},
    "status.reports": {},
}
NO_PAGE_ALONE = {
    "status.open_shared": "takes the token out of the address",
    "status.shared": "opens only with the token of a link; seen in status/test_sharing",
    "status.shared_file": "a file",
    "status.take_file": "a file",
}
