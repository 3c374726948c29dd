"""Refuses rows that would give a second record what only one can bear, such as a tax number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy.orm import Session

from implementor.exchange.kinds import Outcome, Reason, Setup
from implementor.exchange.notebook import Notebook
from implementor.exchange.records.declaring import Exclusive, RecordImport
from implementor.foundation.words import Phrase, say

MARK = "only one bears "


class ExclusiveRows:
    """What the rows of one file claim for their records; `doubled` counts those that were taken all the same."""

    def __init__(self, declared: RecordImport, setup: Setup, notebook: Notebook) -> None:
        self.exclusive, self.setup, self.notebook, self.doubled = declared.exclusive, setup, notebook, 0
        self.field = declared.entity.fields[self.exclusive.field] if self.exclusive is not None else None

    def refuse(self, session: Session, outcomes: Sequence[Outcome]) -> None:
        """Refuse rows that claim what another record or an earlier row bears, unless they are wanted."""
        if self.exclusive is None:
            return
        claims = [(one, key) for one in outcomes if (key := self._claimed(one, self.exclusive))]
        if not claims:
            return
        keys = {key for _outcome, key in claims}
        borne = self.exclusive.find(session, self.setup.by, keys)
        rows = {key: found[0] for key, found in self.notebook.seen([MARK + each for each in keys]).items()}
        for outcome, key in claims:
            own = outcome.data.row.id if outcome.data.row is not None else None
            titles = [title for record_id, title in borne.get(key, ()) if record_id != own]
            number = rows.setdefault(MARK + key, outcome.row.number)
            if titles or number != outcome.row.number:
                self._stop(outcome, titles, number)
        self.notebook.note([(MARK + key, rows[MARK + key], "") for key in keys])

    def _claimed(self, outcome: Outcome, exclusive: Exclusive) -> str:
        """What a row newly says of its record, in the form in which it is compared."""
        planned = outcome.data
        if planned is None or outcome.verb not in ("created", "updated") or self.field is None:
            return ""
        said = planned.draft.values if planned.row is None else planned.after
        value = said.get(self.field.attribute)
        return exclusive.key(str(value)) if value else ""

    def _stop(self, outcome: Outcome, titles: Iterable[str], number: int) -> None:
        if self.setup.options.doubles:
            self.doubled += 1
            return
        self.setup.learned["doubles"] = self.setup.learned.get("doubles", 0) + 1
        draft, field = outcome.data.draft, self.field
        assert field is not None
        reason = Reason(_told(", ".join(titles), number), str(field.label), str(draft.values[field.attribute]))
        draft.reasons.append(reason)
        outcome.verb, outcome.reasons, outcome.data = "refused", draft.reasons, None


def _told(titles: str, number: int) -> Phrase:
    if titles:
        return say("%(titles)s bears this number already.", titles=titles)
    return say("Row %(row)s has this number already.", row=number)
