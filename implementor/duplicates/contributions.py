"""What duplicates add to the packages below: what follows a merged record, its entry in the timeline, undo."""

from __future__ import annotations

from flask import Flask

from implementor.duplicates.models import DuplicatePair, DuplicateWeighing
from implementor.duplicates.permissions import VIEW, WEIGH
from implementor.duplicates.references import pointer
from implementor.duplicates.services.merging import VERB as MERGING
from implementor.duplicates.services.parting import VERB as PARTING
from implementor.duplicates.services.weighing import restore_weighing
from implementor.duplicates.timeline import merges_as_entries
from implementor.foundation.words import say
from implementor.history import timeline
from implementor.history.restoring import Restorer, undoable, undone_elsewhere
from implementor.web.navigation import NavItem, directory


def contribute(app: Flask) -> None:
    """Called once by the factory."""
    pointer("external_id", "record_kind", "record_id", moves=True)
    pointer("sla_clock", "record_kind", "record_id", moves=True)
    # what was done to a record stays told of that record
    pointer("change", "record_kind", "record_id", moves=False)
    pointer("imported_row", "kind", "record_id", moves=False)
    pointer("match_key", "kind", "record_id", moves=False)
    pointer("notice", "record_kind", "record_id", moves=False)
    undoable["duplicate_pair"] = Restorer(DuplicatePair)
    undoable["duplicate_weighing"] = Restorer(DuplicateWeighing, restore_weighing, WEIGH)
    undone_elsewhere[MERGING] = say("A merge is taken apart on the page of the record that remained.")
    undone_elsewhere[PARTING] = say("Merge the two records again where they are compared.")
    timeline.sources["merges"] = merges_as_entries
    directory(app).items += [
        NavItem("crm", say("Duplicates"), "duplicates.index", VIEW, order=90),
        NavItem("settings", say("Finding duplicates"), "duplicates.show_weighing", WEIGH, order=53),
    ]
