"""Every visible string, in every language."""

from __future__ import annotations

from .text import Text
from .words import LANGUAGE_IDS, Words

LANGUAGES = {language: Text.read(language) for language in LANGUAGE_IDS}
EN, ZH = LANGUAGES.values()


def language_of(locale: str | None) -> str:
    """Return the language id for a browser's locale, such as ``zh-CN``: Chinese, or else English."""
    return "zh" if (locale or "").lower().startswith("zh") else "en"


__all__ = ["EN", "LANGUAGES", "ZH", "Text", "Words", "language_of"]
