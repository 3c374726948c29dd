"""What the page of a stage tells of its gate: what must have come out, and who has what to do next."""

from __future__ import annotations

from collections import defaultdict

from implementor.stages.gate_look import Line, Look


def deliverables_of(look: Look) -> list[Line]:
    """What must have come out of the stage."""
    return [line for line in look.lines if line.item.is_deliverable]


def by_role(look: Look) -> list[tuple[str, list[Line]]]:
    """Lines that neither pass nor are waived by the role that sees to them, the heaviest first; none when open."""
    if look.is_open:
        return []
    found: dict[str, list[Line]] = defaultdict(list)
    for line in sorted(look.failing, key=lambda one: (not one.item.no_go, -one.item.weight)):
        found[line.item.role].append(line)
    return list(found.items())
