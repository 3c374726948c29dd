"""Reaching people: the notices behind the bell, and mails, kept in an outbox with the change that caused them."""
