"""The notes of a release, written from its stories: what people can do now, why, and which settings changed."""

from __future__ import annotations

from collections.abc import Sequence

from implementor.foundation.words import Phrase, Speech, say, speaking
from implementor.releases.item_kinds import Operation
from implementor.releases.release_models import ConfigRelease
from implementor.releases.release_plan import Step
from implementor.releases.release_trial import Done
from implementor.waves.models import Wave

ONE_WAY = say("This does not come back by itself if the release is rolled back.")
BELOW = " " * 4
"""So far in, a line belongs to the one above it, whoever reads the Markdown."""
MARKS = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_{}[]<>#|~"})


def notes_in(
    speech: Speech, release: ConfigRelease, wave: Wave, done: Sequence[Done], tried: Sequence[Phrase] = ()
) -> str:
    """The notes of a release in one language, as Markdown: a heading for each story, a line for each setting.

    `tried` says who has worked with its settings already, where it ends a pilot.
    """
    with speaking(speech):
        title = say("Release %(number)s: %(wave)s", number=release.number, wave=wave.name)
        parts = [f"# {safe(str(title))}"]
        parts += [f"- {safe(str(line))}" for line in tried]
        for steps in _by_story(done):
            parts.append(_story(steps))
    return "\n\n".join(parts) + "\n"


def without_stories(notes: str, release_number: int) -> str:
    """Notes for people of the CRM who do not see the project: every setting, but neither its wave nor its stories."""
    title = say("Release %(number)s", number=release_number)
    settings = [line for line in notes.splitlines() if line.lstrip().startswith("- ")]
    return "\n".join([f"# {safe(str(title))}", "", *settings]) + "\n"


def _by_story(done: Sequence[Done]) -> list[list[Done]]:
    found: dict[int, list[Done]] = {}
    for one in done:
        found.setdefault(one.step.story.id, []).append(one)
    return list(found.values())


def _story(done: Sequence[Done]) -> str:
    story = done[0].step.story
    lines = [f"## {safe(story.title)}", ""]
    if story.so_that:
        lines += [safe(str(say("So that %(aim)s", aim=story.so_that.strip()))), ""]
    for one in done:
        lines.append(f"- {safe(sentence_of(one.step))}")
        lines += [f"{BELOW}- {safe(what)}" for what in differences(one.step)]
        if one.step.way_back == "one_way":
            lines.append(f"{BELOW}- {safe(str(ONE_WAY))}")
    return "\n".join(lines).rstrip()


def sentence_of(step: Step) -> str:
    """A setting in a line: what kind it is, which one, and what becomes of it."""
    kind = step.kind.label if step.kind is not None else step.item.kind
    names = {"kind": kind, "name": step.item.label}
    match step.operation.verb:
        case "add":
            return str(say("New: %(name)s (%(kind)s)", **names))
        case "retire":
            return str(say("No longer used: %(name)s (%(kind)s)", **names))
    return str(say("Changed: %(name)s (%(kind)s)", **names))


def differences(step: Step) -> list[str]:
    """What differs, a line each, in the reader's words."""
    return [in_words(*one) for one in compared(step, step.operation)]


def compared(step: Step, operation: Operation) -> list[tuple[str, str, str]]:
    """(what, before, after) of an operation, in the reader's words; nothing where the kind is unknown."""
    if step.kind is None or step.is_idle:
        return []
    return [(str(what), str(before), str(after)) for what, before, after in step.kind.compared(operation)]


def in_words(what: str, before: str, after: str) -> str:
    """One difference as a sentence."""
    if before in ("", "–"):
        return str(say("%(what)s: %(after)s", what=what, after=after or "–"))
    return str(say("%(what)s: %(before)s → %(after)s", what=what, before=before, after=after or "–"))


def safe(text: str) -> str:
    """A text of people that means nothing as Markdown, on one line."""
    return " ".join(text.split()).translate(MARKS)
