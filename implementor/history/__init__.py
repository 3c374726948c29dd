"""What was changed, by whom and when: written with the change itself, shown in timelines, taken back on request."""
