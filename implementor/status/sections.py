"""The sections of a report as plain data: texts as they are shown, in the language that is spoken."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from implementor.foundation.words import say, say_n
from implementor.metrics.catalogue import state_choice
from implementor.metrics.models import Metric
from implementor.metrics.standing import NOT_MEASURED as UNMEASURED
from implementor.metrics.standing import ON_TARGET, Standing
from implementor.metrics.wording import short_value, target_text
from implementor.status.health import SEVERITY, Dimension, Health, colour_choice, steady
from implementor.status.paths import path_of
from implementor.web.language import show_date, show_number

Section = dict[str, Any]
MOST_RISKS = 5


def dimension_sections(health: Health, overrides: Mapping[str, Any], last: Any | None) -> list[Section]:
    """The six dimensions with computed colour, colour by hand beside it, figures, and the colour of the last report.

    `last` is the last issued report or None; a colour gets better where its reading was better too.
    """
    colours = (last.colours if last is not None else None) or {}
    read = {one["key"]: one for one in ((last.content if last is not None else None) or {}).get("dimensions", ())}
    return [
        _dimension(one, overrides.get(one.key), colours.get(one.key), read.get(one.key)) for one in health.dimensions
    ]


def _dimension(one: Dimension, override: Any, before: str | None, last: Mapping[str, Any] | None) -> Section:
    computed = one.colour if last is None else steady(one.colour, last["computed"]["key"], reading_of(last))
    shown = override.ColourOverride.colour if override is not None else computed
    held = say("Reads better this time; the colour improves when the next report reads the same.")
    return {
        "key": one.key,
        "label": str(one.label),
        "computed": _colour(computed),
        "reading": one.colour,
        "shown": _colour(shown),
        "sentence": str(one.sentence) if computed == one.colour else f"{one.sentence} {held}",
        "rule": str(one.rule),
        "figures": [[str(figure.label), _value(figure.value)] for figure in one.figures],
        "path": path_of(one.endpoint, **one.values) if one.endpoint else None,
        "by_hand": None
        if override is None
        else {
            "reason": override.ColourOverride.reason,
            "until": show_date(override.ColourOverride.expires_on),
            "who": override.who or "",
        },
        "before": _colour(before) if before else None,
    }


def reading_of(section: Mapping[str, Any]) -> str:
    """What the figures of an issued report said by themselves; what was issued before had nothing else."""
    return str(section.get("reading") or section["computed"]["key"])


def verdict_section(dimensions: Sequence[Section], metrics: Sequence[Section]) -> Section:
    """The worst colour that is shown, the sentence of that dimension, and from how many figures that is known."""
    worst = max(dimensions, key=lambda one: SEVERITY[one["shown"]["key"]])
    by_hand = worst["by_hand"]
    sentence = by_hand["reason"] if by_hand else worst["sentence"]
    measured = [one for one in metrics if one["key"] != UNMEASURED]
    on_track = sum(1 for one in measured if one["key"] == ON_TARGET)
    known = sum(1 for one in dimensions if one["computed"]["key"] != "not_measured")
    if measured:
        provenance = say("From figures: %(good)s of %(all)s metrics on track.", good=on_track, all=len(measured))
    elif known:
        provenance = say("From figures of %(known)s of %(all)s dimensions; no metric is measured.", known=known,
                         all=len(dimensions))  # fmt: skip
    else:
        provenance = say("Without figures: nothing is measured yet.")
    return {
        "colour": worst["shown"],
        "about": worst["key"],
        "label": worst["label"],
        "sentence": sentence,
        "provenance": str(provenance),
    }


def strip_section(reports: Iterable[Any], number: int, on: date, dimensions: Sequence[Section]) -> list[Section]:
    """The colours of the last reports and of this one, the oldest first; `reports` come with the latest first."""
    earlier = [
        {"number": one.number, "on": show_date(one.ends_on, "short"),
         "colours": [_colour((one.colours or {}).get(dimension["key"], "not_measured")) for dimension in dimensions]}
        for one in reversed(list(reports))
    ]  # fmt: skip
    return [
        *earlier,
        {"number": number, "on": show_date(on, "short"), "colours": [one["shown"] for one in dimensions]},
    ]


def risk_section(rows: Sequence[Any], since: datetime, project_key: str) -> Section:
    """At most five open risks, the highest first, marked as new or escalated; and how many there are."""
    return {
        "open": len(rows),
        "more": str(say_n("and %(count)s more open", "and %(count)s more open", len(rows) - MOST_RISKS))
        if len(rows) > MOST_RISKS
        else "",
        "rows": [
            {
                "number": row.number,
                "title": row.title,
                "score": row.score,
                "was": row.was,
                "owner": row.owner or "",
                "plan": row.response_plan or "",
                "mark": "new" if row.opened_at > since else "escalated" if row.was and row.score > row.was else "",
                "path": path_of("governance.risk", project_key=project_key, number=row.number),
            }
            for row in rows[:MOST_RISKS]
        ],
    }


def decision_section(rows: Iterable[Any], project_key: str) -> list[Section]:
    """What has to be decided, with its options and until when."""
    return [
        {
            "number": row.number,
            "question": row.question,
            "background": row.background,
            "options": [line.strip() for line in row.options.splitlines() if line.strip()],
            "due": show_date(row.due_on),
            "iso_due": row.due_on.isoformat() if row.due_on is not None else "",
            "owner": row.owner or "",
            "path": path_of("governance.decision", project_key=project_key, number=row.number),
        }
        for row in rows
    ]


def taken_section(rows: Iterable[Any], project_key: str) -> list[Section]:
    """What was decided since the last report."""
    return [
        {
            "number": row.number,
            "question": row.question,
            "outcome": row.outcome,
            "reason": row.reason,
            "path": path_of("governance.decision", project_key=project_key, number=row.number),
        }
        for row in rows
    ]


def metric_section(metrics: Iterable[Metric], found: Callable[[int], Standing], project_key: str) -> list[Section]:
    """Where the metrics stand: baseline, latest value, target."""
    rows = []
    for metric in metrics:
        standing = found(metric.id)
        choice = state_choice(standing.state)
        rows.append(
            {
                "key": standing.state,
                "name": metric.name,
                "baseline": short_value(metric, metric.baseline),
                "latest": short_value(metric, standing.latest.value if standing.latest else None),
                "target": target_text(metric, short=True),
                "state": str(choice.label),
                "tone": choice.tone,
                "path": path_of("metrics.show", project_key=project_key, metric_id=metric.id),
            }
        )
    return rows


def _colour(key: str) -> Section:
    choice = colour_choice(key)
    return {"key": key, "word": str(choice.label), "tone": choice.tone}


def _value(value: Any) -> str:
    return show_number(value) if not isinstance(value, str) and not hasattr(value, "message") else str(value)
