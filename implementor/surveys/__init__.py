"""Surveys: asked in both languages, answered by nobody who could be found out, told of five people or more."""
