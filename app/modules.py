"""Components whose JavaScript is ES modules, served as files: they import each other, and no message carries them.

Streamlit sends a component's script with every message. So the script is only the way to a module, which the browser
loads once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

_WAY = """
const module = import(new URL("{url}/{module}.js", document.baseURI).href);
export default (component) => {{ module.then(({{ {verb} }}) => {verb}(component)); }};
"""


class Modules:
    """The modules in a folder.

    Parameters
    ----------
    folder : Path

    Attributes
    ----------
    url : str
        Where the server has the folder. A new version has a new address, so that no browser mixes modules of two.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        content = b"".join(path.read_bytes() for path in sorted(folder.iterdir()))
        self.url = f"modules/{folder.parent.name}/{hashlib.sha256(content).hexdigest()[:12]}"

    def component(
        self, module: str, verb: str, style: str | None = None, html: str | None = None
    ) -> Callable[..., Any]:
        """Register the function `verb` of a module as a component, with a style sheet of the folder, and return it.

        `html` is what its element holds from the beginning.
        """
        css = None if style is None else (self.folder / style).read_text(encoding="utf-8")
        script = _WAY.format(url=self.url, module=module, verb=verb)
        return st.components.v2.component(f"w2v_{verb}", html=html, js=script, css=css, isolate_styles=False)


PAGE = Modules(Path(__file__).parent / "browser")  # what the frame and several pages need besides figures
