"""Taking an import back: what it made is put away, what it changed gets its old values, as far as nobody touched it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from implementor.exchange import queries, services
from implementor.exchange.kinds import Undone, kind_named
from implementor.exchange.models import UNDONE, ImportRun
from implementor.exchange.running import BATCH, Work
from implementor.foundation.permissions import Actor
from implementor.foundation.words import say

MOST_KEPT_TOLD = 200


def take_back(work: Work, run_id: int) -> Undone:
    """Take back everything a run did, a batch a transaction, the last first; doing it again is harmless."""
    with work.reading() as session:
        run = session.get_one(ImportRun, run_id)
        kind, file_name = kind_named(run.kind), run.file_name
        total = session.scalar(queries.count_of_facts(run_id=run_id)) or 0
    whole, last, done = Undone(), None, 0
    while True:
        with work.writing(say("Took back the import of %(file)s", file=file_name)) as session:
            facts = session.scalars(queries.facts_of_run(run_id=run_id, before_id=last, limit=BATCH)).all()
            whole.add(kind.undo(session, facts, work.by, work.now()))
            last = facts[-1].id if facts else None
        done += len(facts)
        if last is None:
            break
        work.progress(done, total)
    with work.writing() as session:
        keep_undone(session, run_id, whole, by=work.by, at=work.now())
        kind.after(session, session.get_one(ImportRun, run_id), work.by, work.now())
    return whole


def keep_undone(session: Session, run_id: int, undone: Undone, *, by: Actor, at: datetime) -> None:
    """Keep the report of an undo."""
    kept = [[title, reason.as_json()] for title, reason in undone.kept[:MOST_KEPT_TOLD]]
    report = {"restored": undone.restored, "kept": kept, "kept_count": len(undone.kept)}
    services.set_columns(session, run_id, state=UNDONE, undone_at=at, undone_by_id=by.user_id, undo_report=report)
