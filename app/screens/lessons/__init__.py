"""Lessons: the step in the sidebar, the list of them, and a lecture's screen."""
