"""One meaning, one colour, everywhere. Shapes take these; text takes darker or lighter ones, to be legible.

The browser has the same ones in `inside.css`. Text in these colours has a contrast of 4.5 or more against the
background and the sidebar's colour of either theme (WCAG AA).
"""

from __future__ import annotations

from collections.abc import Mapping

TEXT_COLOURS: Mapping[str, Mapping[str, str]] = {
    "light": {
        "center": "#0072B2",
        "context": "#00795A",
        "noise": "#B84E00",
        "loss": "#A8447F",
        "other": "#6B6B6B",
    },
    "dark": {
        "center": "#56B4E9",
        "context": "#2CC295",
        "noise": "#FF8F4D",
        "loss": "#E7A3CB",
        "other": "#A3A3A3",
    },
}
