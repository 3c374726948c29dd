"""The headings of forms and pages of a kind of record, and what is not asked of new records, as a kind of setting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.configuration.services.kinds import SectionWish, kind_shape, laid_out, set_layout
from implementor.foundation import live
from implementor.foundation.errors import InvalidInput
from implementor.foundation.fields import Entity, Field, Kind, entities
from implementor.foundation.live import LiveConfiguration
from implementor.foundation.permissions import Actor
from implementor.foundation.shapes import Section
from implementor.foundation.text import clean_line
from implementor.foundation.words import Label, Phrase, say, say_n
from implementor.releases.item_kinds import Finding, Image, Operation, Verb
from implementor.releases.kinds.lists import OfKind
from implementor.releases.kinds.setting import asked, differing, picked, said_label, with_shape

HEADINGS = 4
"""How many headings are asked for, unless there are more already."""
NEEDED = "left_out_needed"


class PageLayout(OfKind):
    """Under which headings the fields of a kind stand, in which order; known by `layout:account`."""

    key = "page_layout"
    label = say("Form and page")
    prefix = "layout:"

    def live(self, session: Session, uid: str) -> Image | None:
        kind = self.kind_of(uid)
        if kind is None:
            return None
        row = kind_shape(session, kind)
        sections = [
            {"label": {"en": one["label_en"], "es": one["label_es"]}, "fields": list(one["fields"])}
            for one in (row.sections if row else ())
        ]
        return {"kind": kind, "sections": sections, "left_out": sorted(row.left_out) if row else []}

    def become(self, session: Session, uid: str, image: Image | None, *, by: Actor, at: datetime) -> None:
        if image is None:
            return
        wishes = [
            SectionWish(one["label"]["en"], one["label"]["es"], tuple(one["fields"])) for one in image["sections"]
        ]
        set_layout(session, image["kind"], wishes, image["left_out"], by=by, at=at)

    def compared(self, operation: Operation) -> Sequence[tuple[Phrase, str, str]]:
        fields = entities[(operation.after or operation.before or {})["kind"]].fields

        def said(names: Sequence[str]) -> str:
            return ", ".join(str(fields[name].label) if name in fields else name for name in names)

        def under(sections: Sequence[Mapping[str, Any]]) -> str:
            return "; ".join(f"{said_label(one['label'])}: {said(one['fields'])}" for one in sections)

        return differing(
            operation, (("sections", say("Headings"), under), ("left_out", say("Not asked of new records"), said))
        )

    def findings(self, session: Session, operation: Operation) -> Sequence[Finding]:
        image = operation.after
        if image is None:
            return ()
        entity = entities[image["kind"]]
        asking = [one for one in live.present().shape(entity.kind).needs if one.field in image["left_out"]]
        if not asking:
            return ()
        told = ", ".join(f"{entity.fields[one.field].label} ({one.label})" for one in asking)
        text = say_n(
            "%(count)s rule asks for what the form of a new record would not show: %(fields)s.",
            "%(count)s rules ask for what the form of a new record would not show: %(fields)s.",
            len(asking), fields=told,
        )  # fmt: skip
        return (Finding(NEEDED, text, len(asking), blocks=any(one.stops(is_new=True) for one in asking)),)

    def fields(self, session: Session, verb: Verb, before: Image | None) -> Sequence[Field]:
        if before is None:
            return ()
        entity = entities[before["kind"]]
        places = [(str(place), say("Heading %(number)s", number=place)) for place in _places(before)]
        headings = [
            asked(name, Kind.LINE, label, longest=80)
            for place in _places(before)
            for name, label in (
                (f"heading_en_{place}", say("Heading %(number)s in English", number=place)),
                (f"heading_es_{place}", say("Heading %(number)s in Spanish", number=place)),
            )
        ]
        chosen = [picked(f"under_{name}", one.label, places) for name, one in laid_out(entity).items()]
        optional = [(one.name, one.label) for one in entity.fields.values() if _may_be_left_out(entity, one)]
        left_out = replace(picked("left_out", say("Not asked of new records"), optional), kind=Kind.TAGS)
        return (*headings, *chosen, left_out)

    def values(self, image: Image) -> dict[str, Any]:
        shown: dict[str, Any] = {"left_out": image["left_out"]}
        for place, section in enumerate(image["sections"], start=1):
            shown[f"heading_en_{place}"], shown[f"heading_es_{place}"] = section["label"]["en"], section["label"]["es"]
            shown |= {f"under_{name}": str(place) for name in section["fields"]}
        return shown

    def image(self, session: Session, before: Image | None, values: Mapping[str, Any]) -> Image:
        if before is None:
            raise InvalidInput({"target": say("Choose one of the kinds of record.")})
        names = laid_out(entities[before["kind"]])
        sections = []
        for place in _places(before):
            label = {each: clean_line(str(values.get(f"heading_{each}_{place}") or "")) for each in ("en", "es")}
            chosen = [name for name in names if str(values.get(f"under_{name}") or "") == str(place)]
            held = before["sections"][place - 1]["fields"] if place <= len(before["sections"]) else []
            order = [name for name in held if name in chosen]
            order += [name for name in chosen if name not in order]
            if order and not all(label.values()):
                missing = next(each for each in ("en", "es") if not label[each])
                raise InvalidInput({f"heading_{missing}_{place}": say("Write the heading in both languages.")})
            if order:
                sections.append({"label": label, "fields": order})
        return {"kind": before["kind"], "sections": sections, "left_out": sorted(values.get("left_out") or ())}

    def shaped(self, configuration: LiveConfiguration, operation: Operation) -> LiveConfiguration:
        image = operation.after or operation.before or {}
        sections = tuple(Section(Label(one["label"]), tuple(one["fields"])) for one in image["sections"])
        return with_shape(configuration, image["kind"], sections=sections, left_out=frozenset(image["left_out"]))

    def previewed(self, operation: Operation) -> Sequence[str]:
        return [(operation.after or operation.before or {})["kind"]]


def _places(image: Image) -> range:
    return range(1, max(HEADINGS, len(image["sections"])) + 1)


def _may_be_left_out(entity: Entity, field: Field) -> bool:
    return field.editable and not field.required and field.name != entity.title_field
