"""Text to words, exactly as src/main/knowledge/embedder/words.ts does it."""

import re
import unicodedata
from functools import lru_cache

LONGEST_WORD = 64

ASCII_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
CLASS_WORD = re.compile(r"U+(?!L)|U?L+|N+")


@lru_cache(maxsize=None)
def char_class(char: str) -> str:
    """U for upper and title case, L for any other letter or mark, N for numbers, a space for the rest."""
    category = unicodedata.category(char)
    if category in ("Lu", "Lt"):
        return "U"
    if category[0] in "LM":
        return "L"
    return "N" if category[0] == "N" else " "


def words(text: str) -> list[str]:
    """Words of a text: NFKC, split at case changes and between letters and digits, lower-cased, at most 64 long."""
    if text.isascii():
        runs = ASCII_WORD.findall(text)
    else:
        text = unicodedata.normalize("NFKC", text)
        classes = "".join(map(char_class, text))
        runs = [text[m.start() : m.end()] for m in CLASS_WORD.finditer(classes)]
    result = []
    for run in runs:
        word = run.lower()
        if len(word) <= LONGEST_WORD:
            result.append(word)
        else:
            result.extend(word[i : i + LONGEST_WORD] for i in range(0, len(word), LONGEST_WORD))
    return result
