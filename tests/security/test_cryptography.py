"""docs/security/cryptography.md names every module that hashes, seals or draws by chance; none is weak."""

from __future__ import annotations

import re

from implementor.settings import PROJECT_ROOT
from tests.architecture.sources import sources

MEANS = {"hashlib", "hmac", "secrets", "ssl", "argon2", "itsdangerous"}
WEAK = re.compile(r"\b(?:md5|sha1|des|rc4|blowfish|_create_unverified_context|CERT_NONE|check_hostname)\b")
TOLD = (PROJECT_ROOT / "docs" / "security" / "cryptography.md").read_text(encoding="utf-8")


def test_every_module_that_needs_cryptography_is_told() -> None:
    using = {one.path for one in sources("implementor") if MEANS & {name.partition(".")[0] for name in one.imports()}}
    told = {f"implementor/{path}" for path in re.findall(r"^\| `([\w/]+\.py)`", TOLD, re.M)}
    assert using == told, "tell in docs/security/cryptography.md what it is for"


def test_no_weak_algorithm_and_no_unchecked_certificate_is_asked_for() -> None:
    for one in sources("implementor"):
        names = [name for name, _ in one.calls()] + list(one.imports())
        assert [name for name in names if WEAK.search(name)] == [], one.path
