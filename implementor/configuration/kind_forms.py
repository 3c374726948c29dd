"""What administrators fill in about a kind of record: its names, its form, its list, and its rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from wtforms import BooleanField, HiddenField, SelectField, StringField
from wtforms import Field as Input

from implementor.configuration.condition_form import condition_inputs
from implementor.configuration.forms import NUMERIC, WordedForm
from implementor.configuration.services.kinds import NAMES, SectionWish
from implementor.configuration.shape_catalogue import STRENGTH_CHOICES, WAY_CHOICES
from implementor.foundation import words
from implementor.foundation.fields import Field
from implementor.foundation.text import whole_number
from implementor.web.forms import EMPTY_CHOICE, Form, offered

say: Any = words.say
"""WTForms declares labels as str, but only ever prints them."""
HEADINGS = range(1, 11)
LATER = 10_000
"""The place of a field that was given none."""


class NamesForm(Form):
    """The company's own names for a kind of record; empty ones leave it the program's."""

    singular_en = StringField(say("One, in English"), render_kw={"maxlength": 80})
    singular_es = StringField(say("One, in Spanish"), render_kw={"maxlength": 80})
    plural_en = StringField(say("Several, in English"), render_kw={"maxlength": 80})
    plural_es = StringField(say("Several, in Spanish"), render_kw={"maxlength": 80})

    def names(self) -> dict[str, str]:
        """What was filled in, by column."""
        return {name: self[name].data or "" for name in NAMES}


class LayoutForm(Form):
    """Headings, and for each field the heading it stands under, its place there and whether new records are asked."""

    number = HiddenField()

    def sections(self, fields: Iterable[str]) -> list[SectionWish]:
        """The headings with their fields in order; headings without name and fields are left out."""
        placed: dict[int, list[tuple[int, str]]] = {heading: [] for heading in HEADINGS}
        for name in fields:
            heading, place = whole_number(self[f"heading-{name}"].data or ""), self[f"place-{name}"].data or ""
            if heading in placed:
                placed[heading].append((whole_number(place) or LATER, name))
        wishes = [
            SectionWish(
                self[f"label-{heading}-en"].data or "", self[f"label-{heading}-es"].data or "",
                tuple(name for _place, name in sorted(found, key=_by_place)),
            )
            for heading, found in placed.items()
        ]  # fmt: skip
        return [one for one in wishes if one.fields or one.label_en or one.label_es]

    def left_out(self, fields: Iterable[str]) -> list[str]:
        """The fields that new records are not asked for."""
        return [name for name in fields if f"new-{name}" in self._fields and not self[f"new-{name}"].data]


def _by_place(one: tuple[int, str]) -> int:
    return one[0]


def layout_form(fields: Mapping[str, Field], may_be_left_out: Iterable[str]) -> type[LayoutForm]:
    """A form over these fields; the boxes are there for those that new records may do without."""
    inputs: dict[str, Input] = {}
    for heading in HEADINGS:
        inputs[f"label-{heading}-en"] = StringField(
            say("Heading %(number)s in English", number=heading), render_kw={"maxlength": 80}
        )
        inputs[f"label-{heading}-es"] = StringField(
            say("Heading %(number)s in Spanish", number=heading), render_kw={"maxlength": 80}
        )
    numbers = offered([("", say("At the end")), *((str(one), str(one)) for one in HEADINGS)])
    for name, field in fields.items():
        inputs[f"heading-{name}"] = SelectField(
            say("Heading of %(field)s", field=field.label), choices=numbers, validate_choice=False
        )
        inputs[f"place-{name}"] = StringField(say("Place of %(field)s", field=field.label), render_kw=NUMERIC)
    for name in may_be_left_out:
        inputs[f"new-{name}"] = BooleanField(say("New records are asked for %(field)s", field=fields[name].label))
    return type("KindLayoutForm", (LayoutForm,), inputs)


class ColumnsForm(Form):
    """For each field its place among the columns, and the order of the rows."""

    sort = SelectField(say("Order of the rows"), validate_choice=False)
    is_turned = BooleanField(say("The other way round: highest or newest first"))

    def columns(self, fields: Iterable[str]) -> list[str]:
        """The columns in order; a field without a place is none."""
        places = [(whole_number(self[f"column-{name}"].data or ""), name) for name in fields]
        numbered = [(place, name) for place, name in places if place is not None]
        return [name for _place, name in sorted(numbered, key=_by_place)]

    def order(self) -> str:
        """The order as a list's address says it; empty for that of the program."""
        name = self.sort.data or ""
        return f"-{name}" if name and self.is_turned.data else name


def columns_form(fields: Mapping[str, Field], sortable: Mapping[str, Field]) -> type[ColumnsForm]:
    """A form over these fields."""
    inputs: dict[str, Input] = {
        f"column-{name}": StringField(say("Place of the column %(field)s", field=field.label), render_kw=NUMERIC)
        for name, field in fields.items()
    }
    pairs = [("", say("As the program ships it")), *((name, one.label) for name, one in sortable.items())]
    inputs["sort"] = SelectField(say("Order of the rows"), choices=offered(pairs), validate_choice=False)
    return type("KindColumnsForm", (ColumnsForm,), inputs)


class _NeedForm(WordedForm):
    """A rule for what must be filled in."""

    field = SelectField(say("Needed field"), validate_choice=False)
    strength = SelectField(
        say("What happens where it is empty"),
        choices=offered((one.key, one.label) for one in STRENGTH_CHOICES), validate_choice=False,
    )  # fmt: skip
    in_imports = BooleanField(say("Rows of imported files are held to it too"))


class _AssignmentForm(WordedForm):
    """A rule for who gets records."""

    way = SelectField(
        say("Who gets the record"),
        choices=offered((one.key, one.label) for one in WAY_CHOICES), validate_choice=False,
    )  # fmt: skip
    user_id = SelectField(say("Person"), validate_choice=False, description=say("Where one person gets it."))
    team_id = SelectField(say("Team"), validate_choice=False, description=say("Where somebody of a team gets it."))

    def offer(self, people: Sequence[tuple[int, str]], teams: Sequence[tuple[int, str]]) -> _AssignmentForm:
        """Fill in who there is."""
        self.user_id.choices, self.team_id.choices = offered([EMPTY_CHOICE, *people]), offered([EMPTY_CHOICE, *teams])
        return self


NeedForm: Any = type("NeedForm", (_NeedForm,), condition_inputs())
AssignmentForm: Any = type("AssignmentForm", (_AssignmentForm,), condition_inputs())
