"""Pages and actions of the palette: found by their labels in every language of the installation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask import Flask, url_for

from implementor.foundation.permissions import Actor, Permission
from implementor.foundation.words import Phrase, speaking, speech
from implementor.lists.sheets import Sheet, sheets
from implementor.projects.place import ProjectPlace
from implementor.search.tokens import tokens_of
from implementor.web.language import settings, speech_of
from implementor.web.navigation import directory
from implementor.web.palette import palette_actions


@dataclass(frozen=True)
class Jump:
    """A place or an action with its address; `context` says where it belongs."""

    label: str
    url: str
    context: str = ""


def pages(app: Flask, actor: Actor, project: ProjectPlace | None, tokens: Sequence[str]) -> list[Jump]:
    """Places of the side bar that are open to the actor here and whose label has words that begin with every token."""
    found = directory(app)
    jumps = []
    for item in sorted(found.items, key=lambda item: (not item.in_project, item.order)):
        url = _address(item.endpoint, item.in_project, item.permission, actor, project)
        section = found.sections.get(item.section)
        if url is not None and matches((item.label, *((section,) if section else ())), tokens):
            jumps.append(Jump(str(item.label), url, str(section or "")))
    return jumps


def actions(app: Flask, actor: Actor, project: ProjectPlace | None, tokens: Sequence[str]) -> list[Jump]:
    """Things to do: new records of every sheet, and what packages put up."""
    jumps = []
    for action in palette_actions(app):
        url = _address(action.endpoint, action.in_project, action.permission, actor, project, **action.values)
        if url is not None and matches((action.label,), tokens):
            jumps.append(Jump(str(action.label), url))
    return [*_new_records(actor, project, tokens), *jumps]


def _new_records(actor: Actor, project: ProjectPlace | None, tokens: Sequence[str]) -> Iterator[Jump]:
    for kind, sheet in sheets.items():
        if sheet.create is None or sheet.new_label is None:
            continue
        url = _address("lists.new", _is_of_project(sheet), sheet.may_edit, actor, project, kind=kind)
        if url is not None and matches((sheet.new_label,), tokens):
            yield Jump(str(sheet.new_label), url)


def _is_of_project(sheet: Sheet) -> bool:
    return hasattr(sheet.entity.model, "project_id")


def _address(
    endpoint: str, in_project: bool, permission: Permission, actor: Actor, project: ProjectPlace | None, **values: Any
) -> str | None:
    """Where an entry leads from here; None where it is not open or needs a project."""
    if (in_project and project is None) or not actor.may(permission):
        return None
    if in_project and project is not None:
        values["project_key"] = project.key
    return url_for(endpoint, **values)


def matches(labels: Sequence[Phrase], tokens: Sequence[str]) -> bool:
    """Whether in some language the labels together have a word that begins with each token."""
    if not tokens:
        return True
    for language in settings().languages:
        words = [word for label in labels for word in label_words(label, language)]
        if all(any(word.startswith(token) for word in words) for token in tokens):
            return True
    return False


@lru_cache(maxsize=4096)
def label_words(label: Phrase, language: str) -> tuple[str, ...]:
    """The folded words of a label in one language."""
    with speaking(speech_of(language, str(speech().zone))):
        return tuple(tokens_of(str(label)))
