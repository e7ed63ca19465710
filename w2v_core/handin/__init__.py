"""Hand-in codes: what a run was made of and the losses that it had, in a few lines of letters, to be recomputed.

`code` is the form, `recomputed` the check. It finds mistakes, not cheats: whoever has this program can make a code.
"""

from .code import BEGIN, END, Answers, HandIn, bodies, read, read_body, write
from .recomputed import Check, Comparison, check

__all__ = [
    "BEGIN",
    "END",
    "Answers",
    "Check",
    "Comparison",
    "HandIn",
    "bodies",
    "check",
    "read",
    "read_body",
    "write",
]
