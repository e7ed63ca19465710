"""What lessons can know of the question for neighbors."""

from __future__ import annotations

from ...lessons.formula import Facts
from .question import asked_now

FACTS: Facts = {"asked": lambda word: word in asked_now().words.replace("，", ",").replace(",", " ").split()}
