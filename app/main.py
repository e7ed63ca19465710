"""What Streamlit runs at every change of a page: the frame, by the name under which this folder is installed."""

import importlib
from pathlib import Path

importlib.import_module(f"{Path(__file__).parent.name}.frame").draw()
