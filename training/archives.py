"""Reads the text files of npm tarballs, Debian source tarballs and Debian binary packages without unpacking them."""

import gzip
import re
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path

LANGUAGES = {
    "py": "python", "pyi": "python",
    "ts": "typescript", "tsx": "typescript", "mts": "typescript", "js": "typescript", "mjs": "typescript", "jsx": "typescript", "cjs": "typescript",
    "go": "go", "rs": "rust", "java": "java",
    "c": "c", "h": "c", "cc": "c", "cpp": "c", "hpp": "c", "cxx": "c", "hh": "c",
    "md": "markdown", "mdx": "markdown", "markdown": "markdown", "rst": "rst", "po": "po", "txt": "text",
}  # fmt: skip
LARGEST_FILE = 4_000_000
SKIP = re.compile(
    r"\.min\.|/(?:node_modules|vendor|third[-_]party|thirdparty|3rdparty|external|deps/(?!rabbit)|contrib/python|debian|"
    r"__pycache__|fixtures?|testdata|locale[s]?/(?!.*\.po)|umd|cjs|cmake|_vendor|_bundled|extern|_distutils|fonts?|benchmarks?/data)/|"
    r"/(?:CHANGE|NEWS|HISTORY|LICEN[CS]E|COPYING|COPYRIGHT|AUTHORS|NOTICE|THIRD|RELEASE|SECURITY|CODE_OF_CONDUCT|changelog)[^/]*$|"
    r"whatsnew|release[-_]?notes|/releases?/|zz_generated|\.pb\.|_pb2|/po/|bundle",
    re.I,
)


def language_of(path: str) -> str | None:
    """The reader a path asks for, or None when it is not text we learn from."""
    if SKIP.search("/" + path):
        return None
    name = path.removesuffix(".gz").lower()
    if ".html" in name[-16:]:
        return "html"
    if name.endswith("diagnosticmessages.generated.json"):
        return "messages"
    return LANGUAGES.get(name.rsplit(".", 1)[-1])


def read_texts(archive: Path) -> Iterator[tuple[str, str, str]]:
    """Yields (path, language, text) of each file worth learning from, in archive order."""
    process = None
    if archive.suffix == ".deb":
        process = subprocess.Popen(["dpkg-deb", "--fsys-tarfile", str(archive)], stdout=subprocess.PIPE)
        tar = tarfile.open(fileobj=process.stdout, mode="r|")
    else:
        tar = tarfile.open(archive, mode="r|*")
    with tar:
        for member in tar:
            language = language_of(member.name) if member.isfile() else None
            if language is None or not 80 <= member.size <= LARGEST_FILE:
                continue
            data = tar.extractfile(member).read()
            if member.name.endswith(".gz"):
                data = gzip.decompress(data)[:LARGEST_FILE]
            text = data.decode("utf-8", "ignore").replace("\r", "")
            if not is_minified(text, language):
                yield member.name, language, text
    if process is not None:
        process.wait()


def is_minified(text: str, language: str) -> bool:
    """Code of very long lines, or code that says it was generated, teaches nothing."""
    if language in ("html", "markdown", "rst", "text", "po", "messages"):
        return False
    return len(text) / (text.count("\n") + 1) > 150 or "DO NOT EDIT" in text[:1500]
