"""What people fill in to put two records side by side, and to say that two are not one."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session
from wtforms import StringField

from implementor.duplicates.services.pairs import LONGEST_REASON
from implementor.foundation import words
from implementor.foundation.permissions import Actor
from implementor.web.forms import Form
from implementor.web.lookup_field import LookupField

say: Any = words.say  # WTForms declares its texts as str, but only ever prints them


class DismissForm(Form):
    """Why two are two; the service checks it."""

    reason = StringField(say("Why are they two?"), render_kw={"maxlength": LONGEST_REASON})


def compare_form(kind: str, actor: Actor, session: Session, **given: Any) -> Any:
    """Which two records of a kind somebody holds for one, each found by its name."""
    found: dict[str, Any] = {"target": kind, "actor": actor, "session": session}

    class CompareForm(Form):
        one = LookupField(say("First record"), **found)
        other = LookupField(say("Second record"), **found)

    return CompareForm(**given)
