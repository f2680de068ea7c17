"""Pairs from prose: headings and sections, first sentences and the rest, neighbouring paragraphs, translations."""

import html
import json
import re
from collections.abc import Iterator

from pair import Pair, plain

SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"'(])|(?<=[。！？])")
LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
TAG = re.compile(r"<[^>]{1,200}>")
RST_RULE = re.compile(r"^([=\-~^\"'`#*+.:_])\1{2,}\s*$")
RST_ROLE = re.compile(r":[\w:+.-]+:`~?([^`<]*)(?:<[^`]*>)?`")


def paragraph_pairs(paragraphs: list[str]) -> Iterator[Pair]:
    """First sentence to the rest of its paragraph, or a paragraph to the next when it has one sentence."""
    for index, paragraph in enumerate(paragraphs):
        paragraph = plain(paragraph)
        sentences = SENTENCE_END.split(paragraph)
        if len(sentences) >= 2 and len(sentences[0]) > 25:
            yield Pair("prose-sentence", sentences[0], " ".join(sentences[1:]))
        elif index + 1 < len(paragraphs) and len(paragraph) > 60:
            yield Pair("prose-next", paragraph[:300], plain(paragraphs[index + 1])[:1200])


def section(headings: list[str], body: str) -> Iterator[Pair]:
    """Heading (with its parent when it is short) to the section below it."""
    body = body.strip()
    if headings and len(body) > 60:
        heading = headings[-1]
        if len(heading.split()) < 3 and len(headings) > 1:
            heading = f"{headings[-2]} {heading}"
        yield Pair("prose-heading", heading, body)
    yield from paragraph_pairs([part for part in re.split(r"\n\s*\n", body) if len(part) > 80 and "|" not in part[:3]])


def markdown_pairs(text: str) -> Iterator[Pair]:
    text = re.sub(r"<!--.*?-->", "", text, flags=re.S)
    text = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.S)
    headings: list[tuple[int, str]] = []
    body: list[str] = []
    fenced = False
    for line in text.split("\n"):
        if line.lstrip().startswith("```"):
            fenced = not fenced
        found = None if fenced else re.match(r"(#{1,6})\s+(.*)", line)
        if not found:
            body.append(line)
            continue
        yield from section([title for _, title in headings], TAG.sub("", LINK.sub(r"\1", "\n".join(body))))
        body = []
        level = len(found.group(1))
        headings = [item for item in headings if item[0] < level]
        headings.append((level, plain(TAG.sub("", LINK.sub(r"\1", found.group(2))).strip("#`* {}"))))
    yield from section([title for _, title in headings], TAG.sub("", LINK.sub(r"\1", "\n".join(body))))


def rst_pairs(text: str) -> Iterator[Pair]:
    text = RST_ROLE.sub(r"\1", text)
    lines = text.split("\n")
    title, body = "", []
    index = 0
    while index < len(lines):
        line = lines[index]
        under = lines[index + 1] if index + 1 < len(lines) else ""
        if line.strip() and RST_RULE.match(under) and not RST_RULE.match(line) and len(under.strip()) >= 0.7 * len(line.strip()):
            yield from section([title] if title else [], rst_body(body))
            title, body = line.strip(), []
            index += 2
            continue
        body.append(line)
        index += 1
    yield from section([title] if title else [], rst_body(body))


def rst_body(lines: list[str]) -> str:
    return "\n".join(line for line in lines if not line.startswith(".. ") and not RST_RULE.match(line)).strip()


def text_pairs(text: str) -> Iterator[Pair]:
    """Plain text: paragraphs that read as prose, and reStructuredText titles where there are some."""
    yield from rst_pairs(text)


HEADING = re.compile(r"<h([1-6])[^>]*>(.*?)</h\1>", re.S | re.I)
DEFINITION = re.compile(r"<dt[^>]*>(.*?)</dt>\s*<dd[^>]*>(.*?)</dd>", re.S | re.I)


def html_pairs(text: str) -> Iterator[Pair]:
    text = re.sub(r"<(script|style|nav|head|footer|button)\b.*?</\1>", "", text, flags=re.S | re.I)
    text = re.sub(r"<a class=\"(?:src|anchor|doc-anchor|headerlink)[^>]*>.*?</a>", "", text, flags=re.S)
    parts = HEADING.split(text)
    previous = ""
    for index in range(1, len(parts) - 2, 3):
        heading = plain(html.unescape(TAG.sub("", parts[index + 1]))).strip("§¶# ")
        paragraphs = [plain(html.unescape(TAG.sub(" ", part))) for part in re.split(r"</?(?:p|pre|li|dd|dt|tr|div|section)\b[^>]*>", parts[index + 2])]
        body = "\n\n".join(part for part in paragraphs if len(part) > 15)
        if len(heading) < 200:
            yield from section([previous, heading] if previous else [heading], body)
        previous = heading
    for term, said in DEFINITION.findall(text):
        term, said = plain(html.unescape(TAG.sub("", term))), plain(html.unescape(TAG.sub(" ", said)))
        sentences = SENTENCE_END.split(said)
        if 4 < len(term) < 200 and len(said) > 60:
            yield Pair("prose-option", sentences[0], f"{term} {' '.join(sentences[1:])}")


MESSAGE = re.compile(r'^msgid ((?:".*"\n)+)msgstr ((?:".*"\n?)+)', re.M)


def po_pairs(text: str) -> Iterator[Pair]:
    """Translations, message to message."""
    for source, target in MESSAGE.findall(text):
        source, target = unquote(source), unquote(target)
        if len(source) > 8 and target and "%" not in source[:2]:
            yield Pair("translation", source, target)


def unquote(block: str) -> str:
    return "".join(line.strip()[1:-1] for line in block.strip().split("\n")).replace("\\n", " ").replace('\\"', '"')


def message_pairs(text: str) -> Iterator[Pair]:
    """Translated compiler messages; each key is its English text with underscores."""
    try:
        messages = json.loads(text)
    except json.JSONDecodeError:
        return
    for key, target in messages.items():
        source = re.sub(r"_\d+$", "", key).replace("_", " ")
        if isinstance(target, str) and len(source) > 8:
            yield Pair("translation", source, target)
