"""The server: Streamlit's app and what `serving` adds to it. Start it with

    python -m streamlit run app/server.py

All of the app is imported by the name under which this folder is installed.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import streamlit as st

FOLDER = Path(__file__).parent
sys.path.insert(0, str(FOLDER.parent))  # Streamlit puts this folder there, not the one it is in

serving = importlib.import_module(f"{FOLDER.name}.serving")
app = st.App(
    "main.py",
    lifespan=serving.lifespan,
    routes=serving.ROUTES,
    middleware=serving.MIDDLEWARE,
    on_script_error=serving.report_error,
)
