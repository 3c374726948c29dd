"""The shared pages over the field catalogue: lists, saved views, records, inline edit and bulk edit."""
