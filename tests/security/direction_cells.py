"""Addresses of metrics, objectives, wanted reports and agreements in the walks; see `cells`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

Sent = Callable[..., dict[str, Any]]
TITLES = {
    "metric": "name", "objective": "statement", "benefit": "title", "report_requirement": "title",
    "report_datum": "name", "service_agreement": "title", "charter": "title",
    "staffing_need": "title", "assessment": "title", "swot_item": "statement",
}  # fmt: skip
REQUIRED: dict[str, dict[str, Any]] = {
    "metric": {"name": "Written", "unit": "number", "direction": "up"},
    "objective": {"statement": "Written"},
    "benefit": {"title": "Written", "rhythm": "year"},
    "report_requirement": {"title": "Written"},
    "report_datum": {"name": "Written", "quality": "poor"},
    "service_agreement": {"title": "Written", "review_months": "3"},
    "charter": {"title": "Written"},
    "staffing_need": {"title": "Written"},
    "assessment": {"title": "Written", "assessed_on": "2026-01-03"},
    "swot_item": {"statement": "Written", "quadrant": "threat", "weight": "3"},
}
ARGUMENTS: dict[str, Sent] = {
    "metric_id": lambda r, w: {"metric_id": r.metric},
    "measurement_id": lambda r, w: {"measurement_id": r.measurement},
    "objective_id": lambda r, w: {"objective_id": r.objective},
    "report_id": lambda r, w: {"report_id": r.report_requirement},
    "staffing_id": lambda r, w: {"staffing_id": r.staffing_need},
    "assessment_id": lambda r, w: {"assessment_id": r.assessment},
    "swot_id": lambda r, w: {"swot_id": r.swot_item},
    "into": lambda r, w: {"into": "objective"},
    "charter_id": lambda r, w: {"charter_id": r.charter},
    "agreement_id": lambda r, w: {"agreement_id": r.service_agreement},
    "criterion_id": lambda r, w: {"criterion_id": r.promise},
}
EXCEPTIONS: dict[str, Sent] = {
    "waves.judge": lambda r, w: {"number": r.adopting_number},
    **dict.fromkeys(
        ("discovery.scorecard_edition", "discovery.acknowledge_scorecard", "discovery.export_scorecard"),
        lambda r, w: {"number": r.scorecard_number},
    ),
    "discovery.serve": lambda r, w: {"story_number": r.story1_number},
    **dict.fromkeys(("metrics.watching", "metrics.watch", "metrics.unwatch"), lambda r, w: {"number": r.risk_number}),
    **dict.fromkeys(
        ("metrics.records", "metrics.breakdown", "metrics.measure_one"), lambda r, w: {"metric_id": r.counted_metric}
    ),
    "discovery.serve_no_longer": lambda r, w: {"story_number": r.story0_number, "objective_id": r.objective},
    "discovery.withdraw": lambda r, w: {"agreement_id": r.half_agreement},
    "discovery.review": lambda r, w: {"agreement_id": r.agreement_in_force},
    "discovery.begin_edition": lambda r, w: {"agreement_id": r.agreement_in_force},
}


def date_to_come() -> str:
    """A day on which a waiver that is given today may end."""
    return (datetime.now(UTC).date() + timedelta(days=10)).isoformat()


MEASURED = {"on": "2026-01-03", "value": "48", "evidence": "Written", "evidence_url": ""}
BODIES: dict[str, Sent] = {
    "stories.waive": lambda p, r, w: {"reason": "Written", "expires_on": date_to_come()},
    "metrics.change_definition": lambda p, r, w: {"address": "how=formula&expression=1%2B1"},
    "metrics.measure": lambda p, r, w: MEASURED,
    "metrics.correct": lambda p, r, w: {"on": "2026-01-03", "value": "47", "reason": "Written"},
    "metrics.watch": lambda p, r, w: {"metric": r.metric, "comparison": "above", "value": "9999"},
    "metrics.pick_standard": lambda p, r, w: {"keys": ["win_rate"]},
    "discovery.publish_scorecard": lambda p, r, w: {"areas": [w.ids["area"]], "note": "Written"},
    "discovery.judge_by": lambda p, r, w: {"metric": r.spare_metric},
    "discovery.add_benefit": lambda p, r, w: {"title": "Written", "rhythm": "year", "metric_id": ""},
    "discovery.serve": lambda p, r, w: {"objective": r.objective},
    "discovery.draw_mockup": lambda p, r, w: {"columns": "Written = 1"},
    "discovery.answer": lambda p, r, w: {"uid": ""},
    "discovery.add_datum": lambda p, r, w: {"name": "Written", "quality": "poor", "owner_id": ""},
    "discovery.derive": lambda p, r, w: {"origins": ["report"]},
    "discovery.hold_to": lambda p, r, w: {"metric": r.spare_metric, "side": "marketing"},
    "discovery.review": lambda p, r, w: {"outcome": "kept", "note": "Written"},
}
