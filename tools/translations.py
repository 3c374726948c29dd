"""The catalogues: collects the English texts of the program, says which lack a translation, compiles them."""

import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
TRANSLATIONS = ROOT / "implementor" / "translations"
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
LANGUAGES = ("es",)
"""Languages beside English, which is the language of the sources."""
METHODS = [("implementor/**.py", "python"), ("templates/**.html", "jinja2.ext.babel_extract")]
OPTIONS = {
    "templates/**.html": {
        "silent": "false",
        "trimmed": "true",
        "extensions": "jinja2.ext.i18n,jinja2.ext.do,jinja2.ext.loopcontrols",
    }
}
KEYWORDS = {"_": None, "say": None, "say_n": (1, 2), "ngettext": (1, 2)}
PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]|%%")


def template() -> Catalog:
    """Every text of the program."""
    catalog = Catalog(project="Implementor", charset="utf-8")
    for folder in ("implementor", "templates"):
        found = extract_from_dir(
            str(ROOT / folder),
            [(pattern.removeprefix(f"{folder}/"), method) for pattern, method in METHODS if pattern.startswith(folder)],
            {pattern.removeprefix(f"{folder}/"): options for pattern, options in OPTIONS.items()},
            KEYWORDS,
            comment_tags=("translators:",),
        )
        for filename, line, text, comments, context in found:
            place = (f"{folder}/{Path(filename).as_posix()}", line)
            catalog.add(text, None, [place], auto_comments=comments, context=context)
    return catalog


def catalogue_file(language: str) -> Path:
    """Where the translations of a language are."""
    return TRANSLATIONS / language / "LC_MESSAGES" / "messages.po"


def load(language: str) -> Catalog:
    """The translations of a language; an empty catalogue where there is no file yet."""
    path = catalogue_file(language)
    if not path.is_file():
        return Catalog(locale=language, project="Implementor", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language)


def extract() -> None:
    """Bring the catalogue of each language up to the sources; new texts wait with an empty translation."""
    texts = template()
    for language in LANGUAGES:
        catalog = load(language)
        # a guess by likeness is worse than a gap: a gap is found by `check`
        catalog.update(texts, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        catalogue_file(language).parent.mkdir(parents=True, exist_ok=True)
        catalog.creation_date = EPOCH
        with catalogue_file(language).open("wb") as file:
            # neither places nor dates: they change with every line of the program and say nothing to a translator
            write_po(file, catalog, width=120, sort_output=True, no_location=True, omit_header=False)


def compile_all() -> None:
    """Write what the program reads."""
    for language in LANGUAGES:
        with catalogue_file(language).with_suffix(".mo").open("wb") as file:
            write_mo(file, load(language))


def faults(language: str, texts: Catalog) -> Iterator[str]:
    """Texts without a translation, translations that lost a value, and translations nobody reads."""
    catalog = load(language)
    for wanted in texts:
        if not wanted.id:
            continue
        found = catalog.get(wanted.id, wanted.context)
        if found is None or not _is_translated(found):
            yield f"{language}: no translation of {_first(wanted.id)!r} ({wanted.locations[0][0]})"
        elif found.fuzzy or not _keeps_values(found):
            yield f"{language}: the translation of {_first(wanted.id)!r} is unsure or changes its %(values)s"
    for kept in catalog:
        if kept.id and texts.get(kept.id, kept.context) is None:
            yield f"{language}: nobody says {_first(kept.id)!r} any more"


def _first(text: str | list[str] | tuple[str, ...]) -> str:
    return text if isinstance(text, str) else text[0]


def _strings(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def _is_translated(message: Message) -> bool:
    return bool(_strings(message)) and all(each.strip() for each in _strings(message))


def _keeps_values(message: Message) -> bool:
    """Each form names values of the source only, and a text without plural names all of them."""
    sources = [message.id] if isinstance(message.id, str) else list(message.id or ())
    known = {name for source in sources for name in PLACEHOLDER.findall(source)}
    used = [set(PLACEHOLDER.findall(each)) for each in _strings(message)]
    return all(each <= known for each in used) and (len(sources) > 1 or used == [known])


def check() -> None:
    """End with 1 when a catalogue is not complete."""
    texts = template()
    found = [fault for language in LANGUAGES for fault in faults(language, texts)]
    if found:
        raise SystemExit("\n".join(found))


if __name__ == "__main__":
    {"extract": extract, "check": check, "compile": compile_all}[sys.argv[1]]()
