"""Importing any record that has a catalogue: its package says how rows are recognised, linked and completed."""
