"""Which encoding bytes are in: proved or guessed from a sample.

UTF-8 if the bytes are valid UTF-8 (hardly anything else is by chance); GB18030 or Big5 if reading the bytes so gives
Chinese as it is written (mostly common characters); the usual Western letters in Windows-1252; and otherwise
charset-normalizer's best guess. The last two are guesses, and say so. A few invalid bytes exclude no encoding.
"""

from __future__ import annotations

import codecs
from functools import cache

# Encodings to choose from; "auto" looks at the bytes.
ENCODINGS = (
    "auto",
    "utf-8",
    "utf-16",
    "gb18030",
    "big5",
    "cp1252",
    "cp1250",
    "cp1251",
    "cp1253",
    "cp1254",
    "cp1255",
    "cp1256",
    "koi8_r",
    "shift_jis",
    "euc_jp",
    "euc_kr",
)
SAMPLE = 1 << 16  # bytes from the first that is not ASCII: enough to tell
# The letters and marks for which Western texts leave ASCII. Not all of Windows-1252: its odd signs are
# letters elsewhere.
WESTERN = set("àâäáãåçéèêëíìîïñóòôöõøœæúùûüßÿÀÂÄÁÃÅÇÉÈÊËÍÎÑÓÔÖÕØŒÆÚÜ’‘“”„–—…«»€£§°·º¡¿\xa0")
# Characters that make up a third of what is written in Chinese, simplified and traditional.
FREQUENT = set(
    "的一是不了在人有我他这個个們们中来來上大为為和国國地到以说說时時要就出会會可也你对對生能而子那得于於着著下自之"
    "年过過发發后後作里裡用道行所然家种種事成方多经經么麼去法学學如都同现現当當没沒动動面起看定天分还還进進好小部"
    "其些主样樣理心她本前开開但因只从從想实實日军軍者意无無力它与與长長把机機十民第公此已工使情明性知全三又关關"
)

_ASCII = bytes(range(128))
DAMAGE = "\udfff"  # half a surrogate pair, which no valid text decodes to


def _damaged(error: UnicodeError) -> tuple[str, int]:
    """Put `DAMAGE` where bytes cannot be decoded: U+FFFD may really stand in a text."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return DAMAGE, error.end


codecs.register_error("w2v_core.damaged", _damaged)


def detect(sample: bytes) -> tuple[str, bool]:
    """Return the encoding of bytes that are not all ASCII, and whether that is sure."""
    text = _read_as(sample, "utf-8")
    if text is not None:
        return "utf-8", True
    if _is_little(*_read_damaged(sample, "utf-8")):
        return "utf-8", True
    likeness, encoding = max((_chinese(sample, name), name) for name in ("gb18030", "big5"))
    if likeness > 0.8:
        return encoding, True
    return ("cp1252" if _western(sample) else _guess(sample)), False


def wide(head: bytes) -> str | None:
    """Recognise UTF-16 without its mark: zeros in one half of the bytes, and letters as people write them."""
    for encoding, zeros, others in (
        ("utf-16-le", head[1::2], head[0::2]),
        ("utf-16-be", head[0::2], head[1::2]),
    ):
        # Chinese has few ASCII characters besides line ends; a binary file has zeros in both halves.
        text = _read_as(head, encoding) if zeros.count(0) > 10 * others.count(0) else None
        if text is None or "\0" in text:
            continue
        # ASCII taken for UTF-16 gives Chinese characters, too, but not the common ones.
        if sum(c < "\u0600" or c in _common_chinese() for c in text) > 0.9 * len(text):
            return encoding
    return None


def _read_as(sample: bytes, encoding: str) -> str | None:
    """Decode, or return None if the bytes are not valid; a character may be cut off at the end."""
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(sample, final=len(sample) < SAMPLE)
    except UnicodeDecodeError:
        return None
    return text


@cache
def _common_chinese() -> frozenset[str]:
    """The first levels of GB 2312 and Big5, ordered by use in their day, and their punctuation."""
    gb = (
        bytes([lead, trail])
        for lead in (*range(0xA1, 0xA4), *range(0xB0, 0xD8))
        for trail in range(0xA1, 0xFF)
    )
    trails = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    big5 = (bytes([lead, trail]) for lead in range(0xA1, 0xC7) for trail in trails)
    pairs = [(pair, "gb2312") for pair in gb] + [(pair, "big5") for pair in big5]
    return frozenset(pair.decode(encoding, errors="ignore") for pair, encoding in pairs)


def _chinese(sample: bytes, encoding: str) -> float:
    """Return the share of common characters among those that are not ASCII, if this reads as Chinese."""
    others, damage = _read_damaged(sample, encoding)
    if not others or (damage and not _is_little(others, damage)):
        return 0.0
    # Korean and Japanese bytes, too, can be read as common Chinese characters, but hardly as frequent ones.
    frequent = sum(character in FREQUENT for character in others)
    if (len(others) >= 30 or damage) and frequent < len(others) / 12:
        return 0.0
    return sum(character in _common_chinese() for character in others) / len(others)


def _read_damaged(sample: bytes, encoding: str) -> tuple[list[str], int]:
    """Return the characters that are not ASCII, and in how many places the bytes are not valid."""
    decoder = codecs.getincrementaldecoder(encoding)(errors="w2v_core.damaged")
    others = [
        character
        for character in decoder.decode(sample, final=len(sample) < SAMPLE)
        if not character.isascii()
    ]
    damage = others.count(DAMAGE)
    return [character for character in others if character != DAMAGE] if damage else others, damage


def _is_little(others: list[str], damage: int) -> bool:
    return len(others) > 10 * damage


def _western(sample: bytes) -> bool:
    high = [character for character in sample.decode("cp1252", errors="replace") if not character.isascii()]
    return len(high) <= 0.3 * len(sample) and sum(c in WESTERN for c in high) >= 0.9 * len(high)


def _guess(sample: bytes) -> str:
    try:
        from charset_normalizer import from_bytes
    except ImportError:
        return "cp1252"  # every byte has a meaning there, or nearly so
    first = len(sample) - len(sample.lstrip(_ASCII))
    start = first if first > SAMPLE // 2 else 0  # where nearly all is ASCII there is nothing to guess by
    sample = sample[start : start + SAMPLE]
    names = [name for name in ENCODINGS if name != "auto"]
    if best := from_bytes(sample, cp_isolation=names).best():
        return best.encoding
    for name in ("shift_jis", "euc_jp", "euc_kr"):  # one bad byte excludes them above
        repaired = sample.decode(name, errors="ignore").encode(name, errors="ignore")
        best = from_bytes(repaired, cp_isolation=names).best()
        if best and best.encoding == name and _is_little(*_read_damaged(sample, name)):
            return name
    return "cp1252"
