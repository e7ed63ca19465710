"""A Plotly figure built in Python, drawn once and kept alive in the browser.

    live_figure("loss", lambda: loss_figure(run, text, style), of=..., alt="...")      sends a figure, once
    move({"loss": loss_moves(progress)}, step=...)                                     sends the arrays that moved

The component knows no page. `style` says how figures look in a theme, `literal` makes a word safe for their texts.
"""

from .component import MODULES, live_figure, move
from .literal import literal
from .moves import Moves, ladder, moved
from .style import Style, broken

__all__ = ["MODULES", "Moves", "Style", "broken", "ladder", "literal", "live_figure", "move", "moved"]
