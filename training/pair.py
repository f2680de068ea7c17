"""One training pair, and the text shaping that all readers share."""

import re
from typing import NamedTuple

SPACE = re.compile(r"\s+")
PARAGRAPH_END = re.compile(r"\n\s*\n|\n\s*(?:[:@]|Args|Param|Return|Example|>>>|---|```)")
SENTENCE = re.compile(r"(.{12,220}?[.!?:])(?:\s|$)")


class Pair(NamedTuple):
    """A query and the document it should find; documented code also has its name and the rest of its words."""

    kind: str
    query: str
    document: str
    name: str = ""
    rest: str = ""


def plain(text: str) -> str:
    """Text with every run of white space made one space."""
    return SPACE.sub(" ", text).strip()


def first_sentence(text: str) -> str:
    """The first sentence of the first paragraph, at most 220 characters."""
    paragraph = plain(PARAGRAPH_END.split(text.strip())[0])
    found = SENTENCE.match(paragraph)
    return found.group(1) if found else paragraph[:220]
