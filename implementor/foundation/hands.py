"""Hands: what tells one person's notes, votes and answers apart from others' without saying whose they are."""

from __future__ import annotations

import hashlib
import hmac
import secrets

LARGEST_ID = 2**52
"""Ids drawn by lot stay within what every database, driver and script holds exactly."""


def fresh_salt() -> str:
    """What goes into every hand of one retrospective or survey."""
    return secrets.token_hex(32)


def drawn_id() -> int:
    """An id by lot: rows that are counted up tell in which order people wrote."""
    return secrets.randbelow(LARGEST_ID - 1) + 1


def hand_of(key: str, salt: str, user_id: int) -> str:
    """Who writes and votes, as the notes and votes know it.

    `key` is the server's own secret, which is not in the database, so that the database alone never leads from a hand
    to a person; without the salt, which is destroyed at the end, the key does not either.
    """
    return _digest("hand", key, salt, user_id)


def seat_of(key: str, salt: str, user_id: int) -> str:
    """Who is here, as the seats know it: not the hand, so that the moment of a seat says nothing of notes."""
    return _digest("seat", key, salt, user_id)


def ticket_of(key: str, salt: str, invitation_id: int) -> str:
    """What the link of an invitation ends with; nothing of it is kept, and without the salt it opens nothing."""
    return _digest("ticket", key, salt, invitation_id)


def is_ticket(given: str, key: str, salt: str, invitation_id: int) -> bool:
    """Whether this is the ticket of an invitation, in a time that tells nothing of how near it comes."""
    return hmac.compare_digest(given.encode(), ticket_of(key, salt, invitation_id).encode())


def _digest(what: str, key: str, salt: str, user_id: int) -> str:
    said = f"{what}:{salt}:{user_id}".encode()
    return hmac.new(key.encode(), said, hashlib.sha256).hexdigest()
