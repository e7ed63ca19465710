"""Lessons: TOML files, what they are as values, and how answers are judged. Knows no Streamlit.

`lesson` says what a lesson is, `reader` reads one from its file by its tables (`table`), `formula` evaluates what it
computes from facts, `verdict` judges an answer. What formulas can ask is in `app.session.facts` and in each page's
``facts.py``.
"""
