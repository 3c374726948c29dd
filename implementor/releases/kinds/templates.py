"""Templates of mails and proposals, as a kind of setting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from implementor.automation import queries
from implementor.automation.models import MessageTemplate
from implementor.automation.naming import refuse_unknown
from implementor.automation.services import templates
from implementor.automation.services.templates import CONSENTS, TemplateWish
from implementor.automation.words import E_MAIL, PROPOSAL, PURPOSE_KINDS
from implementor.foundation import live
from implementor.foundation.errors import InvalidInput
from implementor.foundation.extension import is_key
from implementor.foundation.fields import Field, Kind, entities
from implementor.foundation.placeholders import places_in
from implementor.foundation.words import Phrase, say, say_n
from implementor.releases.item_kinds import Finding, Image, Operation, Verb
from implementor.releases.kinds.rows import OfRow, RowServices, row_of
from implementor.releases.kinds.rules import kind_of, named_rules
from implementor.releases.kinds.setting import (
    asked,
    differing,
    kinds_of_record,
    label_of,
    label_values,
    named,
    picked,
    said_label,
)

ABOUT = tuple(kind for kinds in PURPOSE_KINDS.values() for kind in kinds)
SENT = "sent"
PARTS = ("subject", "body", "terms")
LABELS: Mapping[str, Phrase] = {
    "subject_en": say("Subject in English"), "subject_es": say("Subject in Spanish"), "body_en": say("Text in English"),
    "body_es": say("Text in Spanish"), "terms_en": say("Terms in English"), "terms_es": say("Terms in Spanish"),
}  # fmt: skip


class TemplateKind(OfRow):
    """A text in both languages with places that are filled in; known by the `uid` of its row."""

    key = "message_template"
    label = say("Template")
    row = RowServices(
        MessageTemplate,
        templates.add_template,
        templates.change_template,
        templates.withdraw_template,
        templates.restore_template,
    )

    def live(self, session: Session, uid: str) -> Image | None:
        row = row_of(session, MessageTemplate, uid)
        if row is None or row.is_archived:
            return None
        texts = {part: {one: getattr(row, f"{part}_{one}") for one in ("en", "es")} for part in PARTS}
        return {"kind": row.kind, "label": {"en": row.label_en, "es": row.label_es}, "consent": row.consent, **texts}

    def wish(self, session: Session, image: Image) -> Any:
        return TemplateWish(
            **label_values(image), purpose=_purpose(image["kind"]), consent=image["consent"], **_texts(image)
        )

    def needs(self, operation: Operation) -> frozenset[str]:
        """Fields of one's own that its places name."""
        names = (name for text in _texts(operation.after or {}).values() for name in places_in(text))
        parts = {part for name in names for part in name.split(".")}
        return frozenset(one for one in parts if is_key(one))

    def compared(self, operation: Operation) -> Sequence[tuple[Phrase, str, str]]:
        return differing(
            operation,
            (
                ("label", say("Name"), said_label),
                ("consent", say("Consent it needs"), _said_consent),
                ("subject", say("Subject"), said_label),
                ("body", say("Text"), said_label),
                ("terms", say("Terms"), said_label),
            ),
        )

    def findings(self, session: Session, operation: Operation) -> Sequence[Finding]:
        """Rules that would break, because they send what is withdrawn."""
        if operation.after is not None:
            return ()
        rules = session.scalars(queries.rules(operation.before["kind"] if operation.before else None))
        count = sum(any(step.get("template") == operation.uid for step in rule.steps) for rule in rules)
        text = say_n("%(count)s rule sends this template.", "%(count)s rules send this template.", count)
        return (Finding(SENT, text, count, blocks=True),) if count else ()

    def places(self) -> Sequence[tuple[str, Phrase]]:
        return kinds_of_record(ABOUT)

    def targets(self, session: Session) -> Sequence[tuple[str, Phrase | str]]:
        return named_rules(session.scalars(queries.templates()))

    def fields(self, session: Session, verb: Verb, before: Image | None) -> Sequence[Field]:
        if verb == "retire" or before is None:
            return ()
        is_mail = _purpose(before["kind"]) == E_MAIL
        parts = ("subject", "body") if is_mail else ("body", "terms")
        consents = [(one.key, one.label) for one in live.present().picklist(CONSENTS).offered]
        texts = (
            asked(
                name, Kind.LINE if part == "subject" else Kind.TEXT, LABELS[name],
                required=part != "terms", longest=200 if part == "subject" else 10_000,
            )
            for part in parts
            for name in (f"{part}_en", f"{part}_es")
        )  # fmt: skip
        return (*named(), *((picked("consent", say("Consent it needs"), consents),) if is_mail else ()), *texts)

    def values(self, image: Image) -> dict[str, Any]:
        return {**label_values(image), "kind": image["kind"], "consent": image["consent"] or "", **_texts(image)}

    def image(self, session: Session, before: Image | None, values: Mapping[str, Any]) -> Image:
        kind = kind_of(before, values, entities)
        if kind not in ABOUT:
            raise InvalidInput({"target": say("Choose one of the kinds of record.")})
        texts = {part: {one: str(values.get(f"{part}_{one}") or "") for one in ("en", "es")} for part in PARTS}
        image = {"kind": kind, "label": label_of(values), "consent": values.get("consent") or None, **texts}
        refuse_unknown(entities[kind], _texts(image))
        return image


def _purpose(kind: str) -> str:
    return PROPOSAL if kind in PURPOSE_KINDS[PROPOSAL] else E_MAIL


def _texts(image: Image) -> dict[str, str]:
    return {f"{part}_{one}": image[part][one] for part in PARTS if part in image for one in ("en", "es")}


def _said_consent(key: str) -> str:
    known = live.present().picklist(CONSENTS).by_key.get(key)
    return key if known is None else str(known.label)
