"""What people fill in about being told: which news, and how."""

from __future__ import annotations

from collections.abc import Iterable

from implementor.notifications.news import NewsKind
from implementor.web.forms import CheckboxesField, Form, offered, say


class ChoicesForm(Form):
    """The kinds of news that reach somebody behind the bell, and those that come by mail."""

    bell = CheckboxesField(say("Show behind the bell"))
    mail = CheckboxesField(say("Send a mail"))

    def offer(self, kinds: Iterable[NewsKind]) -> ChoicesForm:
        """Fill in what there is to choose from."""
        self.bell.choices = self.mail.choices = offered((kind.key, kind.label) for kind in kinds)
        return self

    def ways(self) -> dict[str, tuple[bool, bool]]:
        """Kind of news -> whether by the bell and by mail; call after `validate`."""
        by_bell, by_mail = set(self.bell.data or ()), set(self.mail.data or ())
        return {key: (key in by_bell, key in by_mail) for key in by_bell | by_mail}
