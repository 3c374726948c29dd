"""A roadmap in words: what its lines and marks say, and which wave waits for which, too late or in time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from implementor.foundation.words import Phrase, say, say_n
from implementor.portfolio.roadmap import FORECAST, GATE, MARKS, PROJECT, STAGE, WAVE, Line, Mark
from implementor.portfolio.roadmap_reading import Roadmap
from implementor.projects.catalogue import STATUSES
from implementor.stages.catalogue import STAGE as STAGE_ENTITY
from implementor.waves.catalogue import STAGES
from implementor.web.language import show_date

KIND_WORDS: Mapping[str, Phrase] = {
    "title": say("Roadmap: a row for each line, bars from first to last day, diamonds for gates, dots for milestones"),
    "today": say("today"),
    PROJECT: say("Project"),
    WAVE: say("Wave"),
    STAGE: say("Stage"),
    MARKS: say("Milestones"),
}
ZOOM_WORDS: Mapping[str, Phrase] = {
    "nearer": say("Nearer"),
    "further": say("Further away"),
    "earlier": say("Earlier"),
    "later": say("Later"),
    "now": say("To today"),
    "fold": say("One line for each project"),
    "unfold": say("All lines"),
}
STATES: Mapping[str, Mapping[str, Any]] = {
    WAVE: {one.key: one.label for one in STAGES},
    PROJECT: {one.key: one.label for one in STATUSES},
    STAGE: {one.key: one.label for one in STAGE_ENTITY.fields["state"].choices},
}


def name_of(line: Line) -> str:
    """What a line is called beside its row."""
    if line.kind == MARKS:
        return str(KIND_WORDS[MARKS])
    return f"{line.project} {line.label}" if line.kind == PROJECT else line.label


def state_of(line: Line) -> str:
    """The stage or status of a line."""
    return str(STATES.get(line.kind, {}).get(line.state, ""))


def about_line(line: Line) -> str:
    """Everything a bar says: name, state, days and, of a folded project, how many waves, gates and milestones."""
    days = f"{show_date(line.first)} – {show_date(line.last)}" if line.first and line.last else ""
    return " · ".join(part for part in (name_of(line), state_of(line), days, counts_of(line)) if part)


def counts_of(line: Line) -> str:
    """What a folded project holds."""
    if line.kind != PROJECT or not line.count:
        return ""
    gates = sum(1 for mark in line.marks if mark.kind == GATE)
    others = sum(1 for mark in line.marks if mark.kind not in (GATE, FORECAST))
    parts = [say_n("%(count)s wave", "%(count)s waves", line.count)]
    parts += [say_n("%(count)s gate", "%(count)s gates", gates)] if gates else []
    parts += [say_n("%(count)s milestone", "%(count)s milestones", others)] if others else []
    return ", ".join(str(part) for part in parts)


def mark_words(mark: Mark) -> str:
    """What a mark is, when, and how it stands."""
    day = show_date(mark.on)
    if mark.kind == FORECAST:
        return str(say("Milestone %(name)s is forecast for %(day)s", name=mark.label, day=day))
    if mark.kind == GATE:
        named = say("Gate %(name)s, %(day)s", name=mark.label, day=day)
        how = say("already open") if mark.is_done else say("behind its day") if mark.is_late else say("still shut")
    else:
        named = say("Milestone %(name)s, %(day)s", name=mark.label, day=day)
        how = say("reached") if mark.is_done else say("behind its day") if mark.is_late else say("still to come")
    return f"{named}: {how}"


def waits_in_words(found: Roadmap) -> Mapping[str, list[tuple[str, bool]]]:
    """By line: what it waits for, as sentences with whether they are violated; those first."""
    lines = {line.key: line for line in found.lines}
    told: dict[str, list[tuple[str, bool]]] = {}
    for wait in found.waits:
        earlier, later = lines.get(wait.earlier), lines.get(wait.later)
        if earlier is None or later is None:
            continue
        name = f"{earlier.project} {earlier.label}"
        told.setdefault(wait.later, []).append((str(say("waits for %(name)s", name=name)), wait.is_violated))
    return {key: sorted(sentences, key=lambda one: not one[1]) for key, sentences in told.items()}
