"""Reaching people outside the application: mails, kept in an outbox with the change that caused them."""
