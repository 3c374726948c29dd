"""What can happen to the settings that stories carry: written, changed, put in order and put away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.foundation.errors import InvalidInput, NotFound, Refusal
from implementor.foundation.permissions import Actor
from implementor.foundation.rank import rank_between
from implementor.foundation.words import Label, Phrase, say
from implementor.history.services import name_action
from implementor.releases import item_queries as queries
from implementor.releases.item_kinds import Image, Operation
from implementor.releases.item_models import DRAFT, LIVE, ROLLED_BACK, ConfigItem
from implementor.releases.setting_kinds import SettingKind, Wish, setting_kind
from implementor.stories.models import Story

MOST_OF_STORY = 100


class IsLive(Refusal):
    """What a release brought is changed by another setting, or taken back with its release."""


class SetTwice(Refusal):
    """Two settings of one story would be about one thing."""


def drawn_up(session: Session, wish: Wish) -> tuple[SettingKind, Operation, Label]:
    """The operation that a wish comes to, as the configuration is now, and the name of its setting.

    Raises InvalidInput, by the names of the fields that the kind asks, and NotFound for a kind that nobody declared.
    """
    kind = setting_kind(wish.kind)
    if kind is None or wish.verb not in kind.verbs:
        raise NotFound(wish.kind)
    before: Image | None = None
    if wish.verb != "add":
        before = kind.live(session, wish.target or "")
        if before is None:
            raise InvalidInput({"target": say("Choose something that is in use.")})
    if wish.verb == "retire":
        answers = {name: value for name, value in wish.values.items() if value}
        return kind, Operation(kind.key, "retire", wish.target or "", before, None, answers), kind.name(before or {})
    after = kind.image(session, before, wish.values)
    if after == before:
        raise InvalidInput({"target": say("Nothing would change. Enter what is to be different.")})
    identity = wish.target or kind.identity(session, after)
    return kind, Operation(kind.key, wish.verb, identity, before, after), kind.name(after)


def add_item(session: Session, story: Story, wish: Wish, *, by: Actor, at: datetime) -> ConfigItem:
    """Let a story carry a change of a setting. Raises SetTwice where it carries one of the same setting already."""
    held = list(session.scalars(queries.items_of_story(project_id=story.project_id, story_id=story.id)))
    if len(held) >= MOST_OF_STORY:
        raise InvalidInput({"target": say("A story may carry %(most)s settings. Split it.", most=MOST_OF_STORY)})
    _kind, operation, label = drawn_up(session, wish)
    _refuse_twin(held, operation.uid)
    item = ConfigItem(project_id=story.project_id, story_id=story.id, rank=_next_rank(session, story.id), state=DRAFT)
    _give(item, operation, label)
    session.add(item)
    name_action(
        session, say("Added the setting %(setting)s to %(story)s", setting=label, story=story.title),
        verb="config_item.add", project_id=story.project_id,
    )  # fmt: skip
    session.flush()
    return item


def change_item(session: Session, item: ConfigItem, wish: Wish, *, by: Actor, at: datetime) -> None:
    """Let an item ask for something else; what it is about and how stays. Raises IsLive for one that is live."""
    refuse_live(item)
    target = None if item.verb == "add" else item.target
    _kind, operation, label = drawn_up(session, replace(wish, kind=item.kind, verb=item.operation.verb, target=target))
    name_action(
        session, say("Changed the setting %(setting)s", setting=label), verb="config_item.change",
        project_id=item.project_id,
    )  # fmt: skip
    after = operation.after
    if item.verb == "add" and after is not None and item.after is not None and "key" in item.after:
        after = {**after, "key": item.after["key"]}  # others may refer to it
    _give(item, replace(operation, uid=item.target, after=after), label)


def answer(session: Session, item: ConfigItem, answers: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    """Keep what people chose for what a dry run found; other answers stay, an empty one is taken back."""
    refuse_live(item)
    name_action(
        session, say("Answered what was found of %(setting)s", setting=item.label), verb="config_item.answer",
        project_id=item.project_id,
    )  # fmt: skip
    item.answers = {name: value for name, value in {**item.answers, **answers}.items() if value}


def rebase(session: Session, item: ConfigItem, live: Image | None, *, by: Actor, at: datetime) -> None:
    """Take what is live now as what the item starts from."""
    refuse_live(item)
    name_action(
        session, say("Took what is live as the base of %(setting)s", setting=item.label), verb="config_item.rebase",
        project_id=item.project_id,
    )  # fmt: skip
    item.before = dict(live) if live is not None else None


def restore_item(session: Session, item: ConfigItem, values: dict[str, Any], by: Actor, at: datetime) -> None:
    """Give an item earlier values, as an undo does; one that is live stays as it is."""
    refuse_live(item)
    if values.get("archived_at", item.archived_at) is None and item.archived_at is not None:
        held = session.scalars(queries.items_of_story(project_id=item.project_id, story_id=item.story_id))
        _refuse_twin(held, item.target)
    for name, value in values.items():
        setattr(item, name, value)


def move_item(session: Session, item: ConfigItem, *, step: str, by: Actor, at: datetime) -> None:
    """Move an item one place up or down on its story; at an end it stays."""
    held = list(session.scalars(queries.items_of_story(project_id=item.project_id, story_id=item.story_id)))
    place = next((at for at, one in enumerate(held) if one.id == item.id), None)
    if place is None or step not in ("up", "down"):
        raise NotFound("config_item")
    beyond = place - 1 if step == "up" else place + 1
    if not 0 <= beyond < len(held):
        return
    low, high = (beyond - 1, beyond) if step == "up" else (beyond, beyond + 1)
    name_action(
        session, say("Moved the setting %(setting)s", setting=item.label), verb="config_item.move",
        project_id=item.project_id,
    )  # fmt: skip
    item.rank = rank_between(held[low].rank if low >= 0 else None, held[high].rank if high < len(held) else None)


def went_live(items: Iterable[ConfigItem], *, release_number: int) -> None:
    """Note that a release brought these."""
    for item in items:
        item.state, item.release_number = LIVE, release_number


def was_rolled_back(items: Iterable[ConfigItem]) -> None:
    """Note that the release of these was taken back; they can be changed and released again."""
    for item in items:
        item.state = ROLLED_BACK


def refuse_live(item: ConfigItem) -> None:
    """Raise IsLive for one that is live."""
    if item.state == LIVE:
        raise IsLive(live_already(item))


def live_already(item: ConfigItem) -> Phrase:
    """Why nobody changes it as it stands, and the way out."""
    return say(
        "%(setting)s is live since release %(number)s. Write another setting that changes it, or take the release "
        "back.",
        setting=item.label, number=item.release_number,
    )  # fmt: skip


def refuse_stale(item: ConfigItem, version: str) -> None:
    """Raise InvalidInput where somebody else changed the item since its form was drawn."""
    if version != str(item.version):
        raise InvalidInput(
            {"target": say("Somebody else changed this setting meanwhile. Look at it and enter yours again.")}
        )


def _give(item: ConfigItem, operation: Operation, label: Label) -> None:
    item.kind, item.verb, item.target = operation.kind, operation.verb, operation.uid
    item.label_en, item.label_es = label.texts.get("en") or str(label), label.texts.get("es") or str(label)
    item.before = dict(operation.before) if operation.before is not None else None
    item.after = dict(operation.after) if operation.after is not None else None
    item.answers = dict(operation.answers)


def _next_rank(session: Session, story_id: int) -> str:
    return rank_between(session.scalar(queries.last_rank(story_id=story_id)), None)


def _refuse_twin(held: Iterable[ConfigItem], target: str) -> None:
    if any(one.target == target and one.state != LIVE for one in held):
        raise SetTwice(say("The story carries a change of this setting already. Change that one."))
