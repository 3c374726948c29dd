"""Takes the rows of a backlog: stories and waves are made of them, and a later export changes what changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from implementor.exchange.kinds import Outcome, Reason, Setup
from implementor.exchange.notebook import Notebook
from implementor.exchange.readers.source import Row
from implementor.exchange.services import keep_facts
from implementor.exchange.standing import was_taken_back
from implementor.exchange.values import decimal_comma
from implementor.foundation.asking import ask
from implementor.foundation.bulk import reserved_ids
from implementor.foundation.fields import Kind
from implementor.foundation.rank import rank_between
from implementor.foundation.text import folded
from implementor.foundation.words import Phrase, say, say_n
from implementor.stories.catalogue import STORY
from implementor.stories.queries import last_rank
from implementor.waves.story_import_changes import (
    REVIVED,
    Change,
    Known,
    change_of,
    known_stories,
    leave_out_known,
)
from implementor.waves.story_import_drafts import Draft
from implementor.waves.story_import_hanging import Hanging
from implementor.waves.story_import_parents import Parents
from implementor.waves.story_import_people import account_columns, people_of
from implementor.waves.story_import_repeats import Repeats
from implementor.waves.story_import_rows import RowReader
from implementor.waves.story_import_texts import Texts
from implementor.waves.story_import_updates import write_changes
from implementor.waves.story_import_waves import MOST_WAVES, WaveBook
from implementor.waves.story_import_writes import (
    Writer,
    insert_belongings,
    insert_comments,
    insert_parts,
    insert_stories,
)

NUMBERS = tuple(one.name for one in STORY.fields.values() if one.kind in (Kind.WHOLE, Kind.DECIMAL))


@dataclass
class Planned:
    """What a row will do: a new story (`draft`) or a change of one that exists."""

    draft: Draft | None = None
    change: Change | None = None


@dataclass
class Told:
    """What is counted for the remarks."""

    closed: int = 0
    put_away: int = 0
    people: set[str] = field(default_factory=set)


def prepare(session: Session, setup: Setup) -> StoryImporter:
    """The importer of one file into a project."""
    return StoryImporter(session, setup)


class StoryImporter:
    """Takes the rows of one backlog."""

    def __init__(self, session: Session, setup: Setup) -> None:
        assert setup.project_id is not None  # the kind asks for a project
        self.setup, self.project_id = setup, setup.project_id
        accounts: dict[str, str] = setup.learned.setdefault("accounts", {})
        self.people = people_of(
            session, project_id=self.project_id, meanings=setup.options.meanings.get("owner", {}), accounts=accounts
        )
        columns = setup.source.columns
        points = [column for name in NUMBERS for column in setup.columns_of(name)]
        setup.learned.setdefault("comma", {str(column): decimal_comma(columns[column].samples) for column in points})
        # the file's place in the backlog is decided once, so that a run that goes on keeps its order
        last = ask(session, *last_rank(project_id=self.project_id)).scalar()
        self.rank_base: str = setup.learned.setdefault("rank_base", rank_between(last, None))
        self.texts = Texts(setup)
        self.reader = RowReader(setup, self.people, self.texts)
        self.notebook = Notebook()
        self.waves = WaveBook(session, self.project_id)
        self.hanging = Hanging(self.reader, self.notebook)
        self.parents = Parents(self.reader, self.hanging, setup.run_id)
        self.told = Told()
        keys = setup.columns_of("external_key") or setup.columns_of("external_id")
        self.repeats = Repeats(self.notebook, self.reader.labels[keys[0]] if keys else "")

    # --- seeing everything first --------------------------------------------------------------------------------------

    def needs_learning(self) -> bool:
        """Only where dates are ambiguous, or comments name their authors by account."""
        has_accounts = self.setup.detected.kind == "jira" and self.reader.carries("comments")
        return "day_first" not in self.setup.learned and (has_accounts or self.texts.undecided())

    def learn(self, rows: Iterable[Row]) -> None:
        """See how dates are written and whose accounts are whose."""
        accounts = account_columns(self.setup.source.columns)
        for row in rows:
            self.texts.see(row)
            self.people.learn_accounts(row, accounts)
        self.setup.learned["day_first"] = self.texts.learned()

    # --- understanding ------------------------------------------------------------------------------------------------

    def parse(self, rows: Sequence[Row]) -> list[Draft]:
        """Rows as drafts; what repeats an earlier row is refused or joined to it."""
        drafts = [self.reader.read(row) for row in rows]
        good = [draft for draft in drafts if not draft.reasons]
        self.repeats.settle(good)
        taken = [draft for draft in good if not draft.reasons]
        self.notebook.name([(draft.other_name, draft.name) for draft in taken if draft.other_name])
        self.hanging.expect(taken)
        return drafts

    # --- deciding -----------------------------------------------------------------------------------------------------

    def plan(self, session: Session, drafts: Sequence[Draft], *, locking: bool) -> list[Outcome]:
        """What becomes of each row."""
        good = [draft for draft in drafts if not draft.reasons]
        known = known_stories(session, self.project_id, good, locking=locking)
        revivable = was_taken_back(
            session, "story", [row.id for row in known.stories.values() if row.archived_at is not None]
        )
        outcomes = {id(draft): self._outcome(draft, known, revivable) for draft in good}
        changes = [outcome.data.change for outcome in outcomes.values() if outcome.data and outcome.data.change]
        leave_out_known(session, changes)
        for outcome in outcomes.values():
            if outcome.data and outcome.data.change and outcome.verb == "updated":
                outcome.verb = "updated" if outcome.data.change.is_needed else "unchanged"
        self._join_continued(good, outcomes)
        return [outcomes.get(id(draft)) or Outcome(draft.row, "refused", draft.reasons) for draft in drafts]

    def _outcome(self, draft: Draft, known: Known, revivable: set[int]) -> Outcome:
        story = known.stories.get(draft.name)
        mode = self.setup.options.mode
        if not self.waves.has_room(draft.waves):
            column = self.setup.columns_of("wave")
            reason = say("The column names more than %(most)s waves. Map it to another field.", most=MOST_WAVES)
            label = self.reader.labels[column[0]] if column else ""
            return Outcome(draft.row, "refused", [Reason(reason, label, draft.waves[-1])])
        if story is None:
            if mode == "update":
                return Outcome(draft.row, "unchanged")
            self.told.closed += self._is_closed(draft)
            return Outcome(draft.row, "created", data=Planned(draft=draft))
        if story.archived_at is not None and story.id not in revivable:
            self.told.put_away += 1
            return Outcome(draft.row, "unchanged")
        if mode == "create":
            return Outcome(draft.row, "unchanged")
        return self._changed(draft, story, known, is_revived=story.archived_at is not None)

    def _changed(self, draft: Draft, story: Any, known: Known, *, is_revived: bool) -> Outcome:
        options = self.setup.options
        last = known.marks.get(story.id) if not is_revived else None
        seen = Known(known.stories, known.places, {story.id: last} if last is not None else {})
        change = change_of(story, draft, seen, options, self._wave_of(draft, known.places.get(story.id)))
        if is_revived:
            change.before[REVIVED], change.after[REVIVED] = story.archived_at, None
            return Outcome(draft.row, "created", data=Planned(change=change))
        moved = (
            last is not None and "parent" in last and last.get("parent") != draft.marks.get("parent", last["parent"])
        )
        change.counts = not moved
        if last is not None and not moved and "parent" in last:
            self.hanging.settle(draft)  # the source says what it said before
        fresh = last is None or any(last.get(name) != mark for name, mark in draft.marks.items() if name != "parent")
        if not fresh and not moved:
            return Outcome(draft.row, "unchanged")
        return Outcome(draft.row, "updated", data=Planned(change=change))

    def _wave_of(self, draft: Draft, present: int | None) -> int | None:
        """The wave a story goes to; it stays where it is when either wave is closed. New waves count as -1."""
        if not draft.waves:
            return None
        wanted = self.waves.id_of(draft.waves[-1])
        if present in self.waves.closed or wanted in self.waves.closed:
            return present
        return -1 if wanted is None else wanted

    def _is_closed(self, draft: Draft) -> bool:
        return bool(draft.waves) and self.waves.id_of(draft.waves[-1]) in self.waves.closed

    def _join_continued(self, drafts: Sequence[Draft], outcomes: dict[int, Outcome]) -> None:
        """Rows that go on with a story of the same batch give it what they add."""
        for draft in drafts:
            first = outcomes.get(id(draft.continues)) if draft.continues is not None else None
            if first is None:
                continue
            if first.data is not None:
                target: Draft = first.data.draft or first.data.change.draft
                target.criteria += draft.criteria
                target.tasks += draft.tasks
            outcomes[id(draft)] = Outcome(draft.row, "updated" if first.verb == "created" else first.verb)

    # --- writing ------------------------------------------------------------------------------------------------------

    def write(self, session: Session, outcomes: Sequence[Outcome]) -> list[dict[str, Any]]:
        """Write a batch; gives the facts of the import, waves first so that an undo comes to them last."""
        planned: list[Planned] = [outcome.data for outcome in outcomes if outcome.data is not None]
        drafts = [one.draft for one in planned if one.draft is not None]
        changes = [one.change for one in planned if one.change is not None]
        writer = self._writer(session)
        named = [*drafts, *(change.draft for change in changes if change.wave is not None)]
        made = self.waves.make(session, [name for draft in named for name in draft.waves], by=writer.by, at=writer.at)
        facts: list[dict[str, Any]] = [_made("wave", wave.id, version=wave.version) for wave in made]
        stories = list(zip(reserved_ids(session, "story", len(drafts)), drafts, strict=True))
        insert_stories(writer, stories, self.hanging.parents_of(writer, stories))
        places = {name: one for name, one in self.waves.by_name.items() if one not in self.waves.closed}
        insert_belongings(writer, stories, places)
        insert_parts(writer, stories)
        insert_comments(writer, stories)
        facts += [_made("story", story_id, source_values=draft.marks) for story_id, draft in stories]
        for change in changes:
            self._settle_wave(change)
        facts += write_changes(writer, changes)
        touched = {
            places[folded(draft.waves[-1])] for draft in named if draft.waves and folded(draft.waves[-1]) in places
        }
        self.waves.watch(session, touched, by=writer.by, at=writer.at)
        return facts

    def _settle_wave(self, change: Change) -> None:
        if change.wave is not None and change.wave[1] == -1:
            change.wave = (change.wave[0], self.waves.id_of(change.draft.waves[-1]))

    def _writer(self, session: Session) -> Writer:
        at = self.setup.at
        return Writer(session, self.project_id, self.setup.by, at, self.people, self.rank_base)

    def finish(self, session: Session) -> bool:
        """Join the next thousand stories to their parents."""
        more, facts = self.parents.step(self._writer(session))
        if facts and self.setup.run_id is not None:
            keep_facts(session, self.setup.run_id, facts)
        return more

    def remarks(self) -> list[Phrase]:
        """What is worth telling besides the counts."""
        told = []
        if self.told.closed:
            told.append(say_n(
                "%(count)s story names a wave that is closed here and stays outside of it.",
                "%(count)s stories name waves that are closed here and stay outside of them.", self.told.closed,
            ))  # fmt: skip
        if self.told.put_away:
            told.append(say_n(
                "%(count)s story is archived here and stays so.", "%(count)s stories are archived here and stay so.",
                self.told.put_away,
            ))  # fmt: skip
        return told + self.parents.remarks()


def _made(
    kind: str, record_id: int, *, version: int = 1, source_values: dict[str, Any] | None = None
) -> dict[str, Any]:
    return {
        "kind": kind, "record_id": record_id, "verb": "created", "version": version, "source_values": source_values,
    }  # fmt: skip
