"""What people fill in to bring in a file: the file, how to read it, and how to take it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField, SelectField, StringField
from wtforms.validators import Length, Optional, Regexp

from implementor.exchange.readers.source import Source
from implementor.web.forms import Form, offered, say

ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods", ".json")
ENCODINGS = ("utf-8", "cp1252", "iso-8859-1", "iso-8859-15", "utf-16", "utf-16-le", "utf-16-be", "mac-roman", "cp850")
DELIMITERS = ((",", say("Comma")), (";", say("Semicolon")), ("\t", say("Tab")), ("|", say("Pipe")))
MODES = (
    ("both", say("Add what is new and update what changed")),
    ("create", say("Only add what is new")),
    ("update", say("Only update what is here")),
)
LINKS = (
    ("create", say("Add what is not here yet")),
    ("find", say("Only link what is here")),
)
FILLINGS = (
    ("overwrite", say("Take over what changed at the source")),
    ("fill", say("Only fill fields that are empty here")),
)


class UploadForm(Form):
    """The file, what its records are, and the record from whose page it is brought."""

    kind = SelectField(say("What is in it"))
    file = FileField(say("File"), render_kw={"accept": ",".join(ENDINGS), "required": True})
    about = HiddenField()


def upload_form(kinds: Sequence[tuple[str, Any]]) -> UploadForm:
    """A form for one of these kinds."""
    form = UploadForm()
    form.kind.choices = offered(kinds)
    return form


class ReadingForm(Form):
    """How to read the file; empty entries leave it to the content."""

    # not every file has each of them, and what is not asked is not sent
    encoding = SelectField(say("Encoding"), validate_choice=False)
    delimiter = SelectField(say("Between columns"), validate_choice=False)
    sheet = SelectField(say("Sheet"), validate_choice=False)
    header_rows = StringField(say("Rows with the column names"))
    has_header = BooleanField(say("The file has a row with column names"))
    takes_totals = BooleanField(say("Rows that add up the others are records too"))

    def hints(self) -> dict[str, Any]:
        """What differs from leaving it to the content. Raises ValueError where the rows are no numbers."""
        fields = (self.encoding, self.delimiter, self.sheet)
        found: dict[str, Any] = {
            field.name: field.data
            for field in fields
            if field.data and any(field.data == value for value, *_ in field.iter_choices())
        }
        if self.takes_totals.data:
            found["takes_totals"] = True
        rows = [part for part in (self.header_rows.data or "").replace("-", " ").replace(",", " ").split() if part]
        if not self.has_header.data:
            return {**found, "header_rows": []}
        if rows and not all(part.isdecimal() and len(part) < 7 for part in rows):
            raise ValueError
        return {**found, "header_rows": [int(part) for part in rows]} if rows else found


def reading_form(source: Source | None, hints: Mapping[str, Any], **options: Any) -> ReadingForm:
    """The form as the file was read, or as a person corrected it."""
    rows = hints.get("header_rows")
    shown = list(source.header_rows) if source is not None and rows is None else rows
    form = ReadingForm(
        data={**hints, "header_rows": ", ".join(map(str, shown or ())), "has_header": shown != []}, **options
    )
    by_itself = ("", say("As the file says"))
    form.encoding.choices = offered([by_itself, *((name, name) for name in ENCODINGS)])
    form.delimiter.choices = offered([by_itself, *DELIMITERS])
    sheets = source.sheets if source is not None else ()
    form.sheet.choices = offered([by_itself, *((name, name) for name in sheets)])
    return form


class OptionsForm(Form):
    """How to take the file, and which column fills which field. What follows `clears` is for kinds outside projects."""

    mode = SelectField(say("What to do"), choices=offered(MODES))
    filling = SelectField(say("Fields that have a value here"), choices=offered(FILLINGS))
    clears = BooleanField(say("An empty cell empties the field"))
    links = SelectField(say("Records that the file names"), choices=offered(LINKS), default="create")
    country = StringField(
        say("Country of telephone numbers"),
        validators=[Optional(), Regexp(r"\s*[A-Za-z]{2}\s*\Z", message=say("Two letters, such as ES or MX."))],
    )
    system = StringField(say("Name of the other system"), validators=[Optional(), Length(max=80)])
