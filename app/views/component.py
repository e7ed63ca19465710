"""Components that live in the browser, each put together from some of the files in `browser`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import streamlit as st


def component(name: str, scripts: Sequence[str], styles: Sequence[str]) -> Callable[..., Any]:
    """Register a component and return it; all its scripts make one module, in order."""
    folder = Path(__file__).parents[1] / "browser"
    js, css = (
        "\n".join((folder / file).read_text(encoding="utf-8") for file in files)
        for files in (scripts, styles)
    )
    return st.components.v2.component(name, js=js, css=css, isolate_styles=False)
