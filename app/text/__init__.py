"""Every visible string, in every language."""

from __future__ import annotations

from .en import EN
from .record import Text
from .zh import ZH

LANGUAGES: dict[str, Text] = {"en": EN, "zh": ZH}


def language_of(locale: str | None) -> str:
    """Return the language id for a browser's locale, such as ``zh-CN``: Chinese, or else English."""
    return "zh" if (locale or "").lower().startswith("zh") else "en"


__all__ = ["EN", "LANGUAGES", "ZH", "Text", "language_of"]
