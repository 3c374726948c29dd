"""Which stage the words of another system mean: our own names in both languages, those many use, or a probability."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from implementor.exchange.records.declaring import Found
from implementor.exchange.records.targets import in_both
from implementor.foundation import live
from implementor.foundation.pipelines import Pipeline, Stage
from implementor.foundation.text import folded
from implementor.foundation.words import say

STAGE_TEXT = ""
"""Stands for the stage in which a sale begins."""
PERCENT = re.compile(r"(\d{1,3})\s*%")
ENDS = {
    "won": "won|closed won|closed - won|closedwon|ganada|ganado|cerrada ganada|cerrado ganado|venta|vendida|vendido",
    "lost": "lost|closed lost|closed - lost|closedlost|perdida|perdido|cerrada perdida|cerrado perdido|abandoned|"
    "cancelled|cancelada|descartada",
}
WORDS = {
    "qualification": "prospecting|prospect|new|open|qualification|qualifying|discovery|lead in|nueva|nuevo|abierta|"
    "prospeccion|calificacion|cualificacion",
    "needs": "engaging|needs analysis|analysis|value proposition|id. decision makers|perception analysis|demo|"
    "contact made|analisis|analisis de necesidades|demostracion|contactado",
    "proposal": "proposal|proposal/price quote|quote|quotation|offer|propuesta|oferta|presupuesto|cotizacion|"
    "propuesta/presupuesto",
    "negotiation": "negotiation|negotiation/review|negotiations started|contract|verbal|negociacion|contrato|"
    "negociacion/revision",
}


def stages_called(texts: Iterable[str]) -> Found:
    """Text -> the stage it means; nothing for texts that mean none."""
    known = _names()
    return {text: _meant(text, known) for text in texts}


def stages_to_choose() -> list[tuple[str, Any]]:
    """The stages that a word may be explained by, as (text, label)."""
    many = len(live.present().offered_pipelines) > 1
    return [
        (_key(one, stage), say("%(pipeline)s: %(stage)s", pipeline=one.name, stage=stage.name) if many else stage.name)
        for one in live.present().offered_pipelines
        for stage in one.offered
    ]


def _key(pipeline: Pipeline, stage: Stage) -> str:
    return f"{pipeline.key}:{stage.key}"


def _names() -> dict[str, int]:
    """Folded name -> stage; where pipelines share a name, the first one is meant."""
    names: dict[str, int] = {}
    for one in live.present().offered_pipelines:
        for stage in one.offered:
            assert stage.id is not None
            own = [stage.key, *in_both(stage.name)]
            full = [f"{label}: {name}" for label in in_both(one.name) for name in in_both(stage.name)]
            for name in (_key(one, stage), *own, *full):
                names.setdefault(folded(name), stage.id)
    return names


def _meant(text: str, known: dict[str, int]) -> list[int]:
    pipelines = live.present().offered_pipelines
    if not pipelines:
        return []
    name, first = folded(text), pipelines[0]
    if text == STAGE_TEXT:
        return _ids([first.first] if first.first else [])
    if name in known:
        return [known[name]]
    for key, words in (*ENDS.items(), *WORDS.items()):
        if name in words.split("|"):
            ends = [stage for stage in first.offered if stage.kind == key]
            return _ids(ends or [stage for stage in first.offered if stage.key == key])
    percent = PERCENT.fullmatch(name)
    if percent is not None:
        return _ids([stage for stage in first.offered if stage.probability == int(percent[1])])
    return []


def _ids(stages: list[Stage]) -> list[int]:
    return [stage.id for stage in stages[:1] if stage.id is not None]
