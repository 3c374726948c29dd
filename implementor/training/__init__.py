"""Courses, the days they are held on, who takes part and with which result."""
