"""Lists of words: what people choose from, in both languages."""

from __future__ import annotations

from flask import Response, redirect, url_for
from flask.typing import ResponseReturnValue

from implementor.configuration import queries
from implementor.configuration.forms import ListForm, WordForm
from implementor.configuration.models import PicklistValue, StoredPicklist
from implementor.configuration.permissions import CONFIGURE
from implementor.configuration.services import words
from implementor.configuration.views.blueprint import blueprint
from implementor.configuration.views.found import among, changes_of, one_or_404, plainly, step
from implementor.foundation import live
from implementor.foundation.errors import InvalidInput
from implementor.foundation.words import Phrase, say
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session


@blueprint.get("/settings/words")
@allow(CONFIGURE)
def list_words() -> Response:
    """Every list, with the words in use."""
    rows = session().scalars(queries.picklists()).all()
    return draw("configuration/words/index.html", lists=rows, live=live.present())


@blueprint.get("/settings/words/<int:picklist_id>")
@allow(CONFIGURE)
def show_words(picklist_id: int) -> Response:
    """One list: its words in order, a form for the next one, its name, what was changed."""
    return _page(_found(picklist_id))


@blueprint.get("/settings/words/<int:picklist_id>/edit")
@allow(CONFIGURE)
def edit_list(picklist_id: int) -> Response:
    """The name of a list and what new records begin with."""
    picklist = _found(picklist_id)
    return _list_page(picklist, ListForm(formdata=None, obj=picklist))


@blueprint.post("/settings/words/<int:picklist_id>")
@allow(CONFIGURE)
def change_list(picklist_id: int) -> ResponseReturnValue:
    """Rename a list, say what new records begin with."""
    picklist = _found(picklist_id)
    form = ListForm().offer([])
    if form.is_newer(picklist):
        return _list_page(picklist, form, 422)
    try:
        words.change_list(
            session(), picklist, labels=form.labels(), default_key=form.default_key.data or None, by=actor(), at=now()
        )
    except InvalidInput as invalid:
        form.refuse(invalid)
        return _list_page(picklist, form, 422)
    return _told(picklist, say("The list %(name)s is changed.", name=picklist.label))


@blueprint.post("/settings/words/<int:picklist_id>/add")
@allow(CONFIGURE)
def add_word(picklist_id: int) -> ResponseReturnValue:
    """Add a word."""
    picklist, form = _found(picklist_id), WordForm()
    try:
        word = words.add_word(
            session(), picklist, labels=form.labels(), tone=form.tone.data or "", by=actor(), at=now()
        )
    except InvalidInput as invalid:
        form.refuse(invalid)
        return _page(picklist, form, 422)
    return _told(picklist, say("The word %(name)s can be chosen now.", name=word.label))


@blueprint.get("/settings/words/<int:picklist_id>/<int:value_id>")
@allow(CONFIGURE)
def edit_word(picklist_id: int, value_id: int) -> Response:
    """One word and its form."""
    picklist, word = _word(picklist_id, value_id)
    return _word_page(picklist, word, WordForm(obj=word))


@blueprint.post("/settings/words/<int:picklist_id>/<int:value_id>")
@allow(CONFIGURE)
def change_word(picklist_id: int, value_id: int) -> ResponseReturnValue:
    """Rename a word."""
    picklist, word = _word(picklist_id, value_id)
    form = WordForm()
    if form.is_newer(word):
        return _word_page(picklist, word, form, 422)
    try:
        tone = form.tone.data or ""
        words.change_word(session(), picklist, word, labels=form.labels(), tone=tone, by=actor(), at=now())
    except InvalidInput as invalid:
        form.refuse(invalid)
        return _word_page(picklist, word, form, 422)
    return _told(picklist, say("The word %(name)s is changed.", name=word.label))


@blueprint.post("/settings/words/<int:picklist_id>/<int:value_id>/move")
@allow(CONFIGURE)
def move_word(picklist_id: int, value_id: int) -> ResponseReturnValue:
    """Move a word one place."""
    picklist, word = _word(picklist_id, value_id)
    words.move_word(session(), picklist, word, step=step(), by=actor(), at=now())
    return _back(picklist)


@blueprint.post("/settings/words/<int:picklist_id>/<int:value_id>/retire")
@allow(CONFIGURE)
def retire_word(picklist_id: int, value_id: int) -> ResponseReturnValue:
    """Offer a word no more."""
    picklist, word = _word(picklist_id, value_id)
    words.retire_word(session(), picklist, word, by=actor(), at=now())
    return _told(picklist, say("The word %(name)s is retired. Records that hold it still show it.", name=word.label))


@blueprint.post("/settings/words/<int:picklist_id>/<int:value_id>/restore")
@allow(CONFIGURE)
def restore_word(picklist_id: int, value_id: int) -> ResponseReturnValue:
    """Offer a word again."""
    picklist, word = _word(picklist_id, value_id)
    try:
        words.restore_word(session(), picklist, word, by=actor(), at=now())
    except InvalidInput as invalid:
        raise plainly(invalid) from invalid
    return _told(picklist, say("The word %(name)s can be chosen again.", name=word.label))


def _found(picklist_id: int) -> StoredPicklist:
    return one_or_404(queries.picklist_by_id(picklist_id))


def _word(picklist_id: int, value_id: int) -> tuple[StoredPicklist, PicklistValue]:
    picklist = _found(picklist_id)
    return picklist, among(words.words_of(session(), picklist), value_id)


def _back(picklist: StoredPicklist) -> ResponseReturnValue:
    return redirect(url_for("configuration.show_words", picklist_id=picklist.id), 303)


def _told(picklist: StoredPicklist, sentence: Phrase) -> ResponseReturnValue:
    tell_done(sentence)
    return _back(picklist)


def _page(picklist: StoredPicklist, adding: WordForm | None = None, status: int = 200) -> Response:
    values = words.words_of(session(), picklist)
    return draw(
        "configuration/words/show.html",
        status,
        picklist=picklist,
        values=[one for one in values if not one.is_archived],
        retired=[one for one in values if one.is_archived],
        adding=adding or WordForm(formdata=None),
        timeline=changes_of(picklist=[picklist.id], picklist_value=[one.id for one in values]),
    )


def _list_page(picklist: StoredPicklist, form: ListForm, status: int = 200) -> Response:
    form.offer(one for one in words.words_of(session(), picklist) if not one.is_archived)
    return draw("configuration/words/list.html", status, picklist=picklist, form=form)


def _word_page(picklist: StoredPicklist, word: PicklistValue, form: WordForm, status: int = 200) -> Response:
    return draw("configuration/words/edit.html", status, picklist=picklist, word=word, form=form)
