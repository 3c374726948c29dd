"""What becomes of a story that is live: achieved, missed or still open, by the value it promised. Pure rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LIVE, ACHIEVED, MISSED = "live", "achieved", "missed"


@dataclass(frozen=True)
class Promise:
    """One value criterion: whether its metric reached the target, is past its due day, and was let be."""

    is_reached: bool
    is_over: bool = False
    is_waived: bool = False

    @property
    def is_settled(self) -> bool:
        """Whether a wave may leave Adoption with it: reached, or let be by the sponsor."""
        return self.is_reached or self.is_waived


def outcome_of(promises: Sequence[Promise]) -> str:
    """The status of a live story (rule: design, Stories).

    Without value criteria it stays live. With every target reached it is achieved, waivers or not; one that is past
    its day, or let be, and not reached makes it missed; otherwise it is still open.
    """
    if not promises:
        return LIVE
    if all(one.is_reached for one in promises):
        return ACHIEVED
    if any(not one.is_reached and (one.is_over or one.is_waived) for one in promises):
        return MISSED
    return LIVE
