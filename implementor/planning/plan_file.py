"""Plans that come back from a sheet: which stories move and are estimated anew, and what was changed here meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.exchange.kinds import Outcome, Reason, Setup
from implementor.exchange.readers.source import Cell, Row
from implementor.exchange.values import number_of
from implementor.foundation.fields import Choice
from implementor.foundation.text import folded
from implementor.foundation.values import BadValue, as_stored
from implementor.foundation.words import Phrase, say, say_n
from implementor.history.encoding import encoded_values
from implementor.planning.services import place_name
from implementor.projects.models import Project
from implementor.stories.catalogue import STORY
from implementor.stories.links import number_named
from implementor.stories.models import Story
from implementor.stories.services import change_story
from implementor.stories.statuses import RELEASED
from implementor.waves.models import Wave
from implementor.waves.queries import links_of_stories, waves_of_project
from implementor.waves.scope import put_in_wave, take_out

VALUES = ("points", "value", "moscow")
BACKLOG = ("", "backlog", "pila", "pila de historias", "none", "–", "-")
NOTHING: Any = object()


def mark_of(version: int, wave_id: int | None) -> str:
    """What the sheet keeps of a story as it was when it left."""
    return f"v{version}w{wave_id or 0}"


@dataclass
class PlanRow:
    """A row as it is understood: the story's number, the wish for each column that the file has, and what is wrong."""

    row: Row
    number: int | None = None
    wishes: dict[str, Any] = field(default_factory=dict)
    reasons: list[Reason] = field(default_factory=list)


@dataclass
class Wish:
    """What a row asks of a story that it changes: other values, another wave (`to`), another place in the order."""

    story: Story
    values: dict[str, Any]
    moves: bool
    to: Wave | None
    rank: str | None = None


class PlanImporter:
    """Takes the rows of a plan; makes no stories."""

    def __init__(self, session: Session, setup: Setup) -> None:
        self.setup, self.project_id = setup, setup.project_id or 0
        self.key = session.get_one(Project, self.project_id).key
        self.columns = {name: setup.columns_of(name) for name in ("story", "wave", "place", "mark", *VALUES)}
        self.told: dict[str, list[str]] = {"moved": [], "estimated": []}

    def needs_learning(self) -> bool:
        """Rows are understood one by one."""
        return False

    def learn(self, rows: Iterable[Row]) -> None:
        """Nothing is learned."""

    def finish(self, session: Session) -> bool:
        """Nothing is left to do."""
        return False

    def remarks(self) -> list[Phrase]:
        """Which stories move and which are estimated anew."""
        moved, estimated = self.told["moved"], self.told["estimated"]
        found = [say_n("%(count)s story moves: %(stories)s.", "%(count)s stories move: %(stories)s.", len(moved),
                       stories=_some(moved))] if moved else []  # fmt: skip
        if estimated:
            found.append(say_n("%(count)s story gets other figures: %(stories)s.",
                               "%(count)s stories get other figures: %(stories)s.", len(estimated),
                               stories=_some(estimated)))  # fmt: skip
        return found

    # --- understanding ------------------------------------------------------------------------------------------------

    def parse(self, rows: Sequence[Row]) -> list[PlanRow]:
        """Understand rows, without the database."""
        return [self._parsed(row) for row in rows]

    def _parsed(self, row: Row) -> PlanRow:
        found = PlanRow(row)
        if row.problem is not None:
            found.reasons.append(Reason(row.problem))
            return found
        name = self._text(row, "story")
        prefix = name.rpartition("-")[0]
        found.number = number_named(name) if folded(prefix) in ("", folded(self.key)) else None
        if found.number is None:
            found.reasons.append(Reason(say("Name the story as %(key)s-12.", key=self.key), "story", name))
        for column in VALUES:
            if self.columns[column]:
                self._read(found, column, self._cell(row, column))
        if self.columns["place"]:
            found.wishes["place"] = number_of(self._cell(row, "place"))
        for column in ("wave", "mark"):
            if self.columns[column]:
                found.wishes[column] = self._text(row, column)
        return found

    def _read(self, found: PlanRow, column: str, cell: Cell) -> None:
        given: Any = cell
        declared = STORY.fields[column]
        if column == "moscow":
            given = _choice(declared.choices, str(cell or ""))
        elif isinstance(cell, str):
            number = number_of(cell)
            given = number if number is not None else cell
        try:
            found.wishes[column] = None if given in ("", None) else as_stored(declared, str(given))
        except BadValue as bad:
            found.reasons.append(Reason(bad.reason, str(declared.label), str(cell)))

    def _cell(self, row: Row, column: str) -> Cell:
        places = self.columns[column]
        return row.cells[places[0]] if places and places[0] < len(row.cells) else None

    def _text(self, row: Row, column: str) -> str:
        cell = self._cell(row, column)
        if isinstance(cell, float) and cell.is_integer():
            cell = int(cell)
        return str(cell if cell is not None else "").strip()

    # --- deciding -----------------------------------------------------------------------------------------------------

    def plan(self, session: Session, drafts: Sequence[PlanRow], *, locking: bool) -> list[Outcome]:
        """What becomes of each row; two rows of one story are refused."""
        self.told = {"moved": [], "estimated": []}
        numbers = [one.number for one in drafts if one.number is not None]
        asked = select(Story).where(Story.project_id == self.project_id, Story.number.in_(numbers))
        stories = {one.number: one for one in session.scalars(asked)}
        links = links_of_stories(project_id=self.project_id, story_ids=[one.id for one in stories.values()])
        places = {one.story_id: one.wave_id for one in session.scalars(links)}
        waves = {one.id: one for one in session.scalars(waves_of_project(project_id=self.project_id))}
        seen: set[int] = set()
        outcomes = []
        for draft in drafts:
            story = stories.get(draft.number or 0)
            if not draft.reasons and (story is None or draft.number in seen):
                why = say("This story stands twice in the file.") if story else say("This project has no such story.")
                draft.reasons.append(Reason(why, "story", self._text(draft.row, "story")))
            if story is not None:
                seen.add(story.number)
            outcomes.append(self._decided(draft, story, places, waves))
        self._rank(outcomes)
        for outcome in outcomes:
            self._tell(outcome)
        return outcomes

    def _decided(
        self, draft: PlanRow, story: Story | None, places: Mapping[int, int], waves: Mapping[int, Wave]
    ) -> Outcome:
        if draft.reasons or story is None:
            return Outcome(draft.row, "refused", draft.reasons)
        present = places.get(story.id)
        values = {name: draft.wishes[name] for name in VALUES
                  if name in draft.wishes and draft.wishes[name] != getattr(story, name)}  # fmt: skip
        to: Any = _wave_meant(draft.wishes["wave"], waves) if "wave" in draft.wishes else waves.get(present or 0)
        if to is NOTHING:
            reason = Reason(say("This project has no such wave."), "wave", draft.wishes["wave"])
            return Outcome(draft.row, "refused", [reason])
        wish = Wish(story, values, (to.id if to is not None else None) != present, to)
        reasons = list(self._unfit(draft, wish, present, waves)) if wish.values or wish.moves else []
        if reasons:
            return Outcome(draft.row, "refused", reasons)
        return Outcome(draft.row, "updated" if wish.values or wish.moves else "unchanged", data=(wish, draft))

    def _unfit(self, draft: PlanRow, wish: Wish, present: int | None, waves: Mapping[int, Wave]) -> Iterable[Reason]:
        story = wish.story
        mark = draft.wishes.get("mark", "")
        if mark and mark != mark_of(story.version, present):
            yield Reason(
                say(
                    "Changed here since the file was made. The file: %(mine)s. Here: %(theirs)s. Take a new file and "
                    "change it again.",
                    mine=_said(wish.to, {name: wish.values.get(name, getattr(story, name)) for name in VALUES}),
                    theirs=_said(waves.get(present or 0), {name: getattr(story, name) for name in VALUES}),
                )
            )
        elif story.is_archived or (wish.moves and story.status in RELEASED):
            yield Reason(say("%(title)s is live or put away and stays where it is.", title=story.title))
        elif wish.moves and any(one is not None and one.is_closed for one in (wish.to, waves.get(present or 0))):
            yield Reason(say("What a closed wave delivered stays as it was."))

    def _rank(self, outcomes: Sequence[Outcome]) -> None:
        """Give the places that the stories of the file have together to them in the order of the file."""
        rows = [one.data for one in outcomes if one.data is not None and one.data[1].wishes.get("place") is not None]
        wanted = sorted(rows, key=lambda one: (one[1].wishes["place"], one[0].story.rank))
        ranks = sorted(one[0].story.rank for one in rows)
        given = {id(one[0]): rank for one, rank in zip(wanted, ranks, strict=True)}
        for outcome in outcomes:
            if outcome.data is not None and given.get(id(outcome.data[0]), outcome.data[0].story.rank) != (
                outcome.data[0].story.rank
            ):
                outcome.data[0].rank = given[id(outcome.data[0])]
                outcome.verb = "updated"

    def _tell(self, outcome: Outcome) -> None:
        if outcome.verb != "updated":
            return
        wish = outcome.data[0]
        name = f"{self.key}-{wish.story.number}"
        if wish.moves:
            self.told["moved"].append(f"{name} → {place_name(wish.to)}")
        elif wish.rank is not None:
            self.told["moved"].append(name)
        if wish.values:
            self.told["estimated"].append(name)

    # --- writing ------------------------------------------------------------------------------------------------------

    def write(self, session: Session, outcomes: Sequence[Outcome]) -> list[dict[str, Any]]:
        """Change the stories as planned; gives what an undo puts back."""
        wishes = [one.data[0] for one in outcomes if one.verb == "updated"]
        ids = [one.story.id for one in wishes]
        links = session.scalars(links_of_stories(project_id=self.project_id, story_ids=ids))
        places = {one.story_id: one.wave_id for one in links}
        names = (*VALUES, "rank", "status")
        before = {one.story.id: {name: getattr(one.story, name) for name in names} for one in wishes}
        who: dict[str, Any] = {"by": self.setup.by, "at": self.setup.at}
        for wish in wishes:
            if wish.values:
                change_story(session, wish.story, wish.values, **who)
            if wish.rank is not None:
                wish.story.rank = wish.rank
            if wish.moves and wish.to is not None:
                put_in_wave(session, wish.to, [wish.story], **who)
            elif wish.moves:
                take_out(session, [wish.story], **who)
        session.flush()
        return [self._fact(wish, before[wish.story.id], places.get(wish.story.id)) for wish in wishes]

    def _fact(self, wish: Wish, before: Mapping[str, Any], wave_id: int | None) -> dict[str, Any]:
        story = wish.story
        changed = {name: value for name, value in before.items() if value != getattr(story, name)}
        kept = {**encoded_values(changed), **({"wave_id": wave_id} if wish.moves else {})}
        return {"kind": "story", "record_id": story.id, "verb": "updated", "version": story.version, "before": kept,
                "source_values": None}  # fmt: skip


def _wave_meant(text: str, waves: Mapping[int, Wave]) -> Any:
    """The wave of that name or number, None for the backlog, NOTHING for neither."""
    if folded(text) in BACKLOG:
        return None
    named = [one for one in waves.values() if folded(one.name) == folded(text) or str(one.number) == text]
    return named[0] if named else NOTHING


def _choice(choices: Sequence[Choice], text: str) -> str:
    """The key of a word in any language; the word itself where none is meant."""
    wanted = folded(text)
    return next((one.key for one in choices if wanted in (one.key, folded(str(one.label)))), text)


def _said(wave: Wave | None, values: Mapping[str, Any]) -> str:
    parts = [f"{STORY.fields[name].label} {_plain(value)}" for name, value in values.items()]
    return ", ".join([str(place_name(wave)), *parts])


def _plain(value: Any) -> str:
    return "–" if value is None else f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:20]) + (" …" if len(names) > 20 else "")
