"""What can come onto an agenda: the shape of a proposal, of a decision on it, and of the subjects that know both."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.committees.models import AgendaItem
from implementor.foundation.permissions import Actor, Permission
from implementor.foundation.records import RecordRef
from implementor.foundation.words import Phrase
from implementor.governance.models import Decision
from implementor.projects.models import Project

MOST = 10
"""Of each subject; a meeting that has more to decide needs another meeting."""


@dataclass(frozen=True)
class Proposal:
    """Something that waits for the committee; `key` names it within its subject and stays the same while it waits."""

    key: str
    title: str
    detail: str
    record: RecordRef | None = None


Collected = Mapping[int, Sequence[Proposal]]
"""What waits, by the project that it waits in."""


@dataclass(frozen=True)
class Asked:
    """For which projects and which day an agenda is made."""

    projects: Sequence[Project]
    at: datetime
    on: date

    @property
    def ids(self) -> list[int]:
        """The ids of the projects."""
        return [one.id for one in self.projects]


def by_project(rows: Iterable[tuple[int, Proposal]]) -> Collected:
    """Proposals by their project, in the order in which they come."""
    found: dict[int, list[Proposal]] = {}
    for project_id, proposal in rows:
        found.setdefault(project_id, []).append(proposal)
    return found


@dataclass(frozen=True)
class Deed:
    """What a committee answers to a point of its agenda; `outcome` and `day` are there where the subject asks."""

    project: Project
    item: AgendaItem
    answer: str
    reason: str
    outcome: str
    day: date | None
    by: Actor
    at: datetime

    @property
    def named(self) -> str:
        """The key of the point within its subject."""
        return self.item.key.partition(":")[2]

    @property
    def record_id(self) -> int:
        """The record it is about."""
        return self.item.record_id or 0


@dataclass(frozen=True)
class Done:
    """What came of an answer: the Decision that was made of it, and what it changed, to be taken back.

    Where others have to answer too it is not `is_complete`, and the point stays open for them.
    """

    decision: Decision | None = None
    effect: Mapping[str, Any] = field(default_factory=dict)
    is_complete: bool = True


@dataclass(frozen=True)
class Subject:
    """One kind of thing that committees decide on.

    `means` says what each answer does at once. `asks` names what is asked beside the reason: an outcome in words, or a
    day. Who answers must be allowed what `may` says, as on the record's own page. Points of a subject that not all
    see are shown to whom `sees` allows it. `collect` asks for all projects at once.
    """

    key: str
    label: Phrase
    means: Phrase
    may: Permission
    collect: Callable[[Session, Asked], Collected]
    decide: Callable[[Session, Deed], Done]
    answers: tuple[str, ...] = ("approved", "refused", "postponed")
    asks: tuple[str, ...] = ()
    minutes: int = 5
    sees: Permission | None = None

    def is_seen_by(self, actor: Actor) -> bool:
        """Whether this person may read its points."""
        return self.sees is None or actor.may(self.sees)
