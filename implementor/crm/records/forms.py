"""What people fill in about any CRM record."""

from __future__ import annotations

from typing import Any

from wtforms import StringField

from implementor.crm.records.services import LONGEST_NAME_ELSEWHERE
from implementor.foundation import words
from implementor.web.forms import Form

say: Any = words.say  # WTForms declares its texts as str, but only ever prints them
_LONGEST = {"maxlength": LONGEST_NAME_ELSEWHERE, "required": True}


class NameElsewhereForm(Form):
    """What another system calls a record; the service checks it."""

    system = StringField(say("System"), description=say("Such as ERP, web shop or old CRM."), render_kw=_LONGEST)
    value = StringField(say("Name or number there"), render_kw=_LONGEST)
