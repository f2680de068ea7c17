"""Turns the fetched packages into tokenised training pairs, one gzip of JSON lines per package."""

import gzip
import json
import multiprocessing
import sys
import zlib
from collections import Counter
from pathlib import Path

from archives import read_texts
from code_pairs import braces_pairs, python_pairs
from pair import Pair, plain
from prose_pairs import html_pairs, markdown_pairs, message_pairs, po_pairs, rst_pairs, text_pairs
from words import words

READERS = {
    "python": python_pairs, "markdown": markdown_pairs, "rst": rst_pairs, "text": text_pairs, "html": html_pairs,
    "po": po_pairs, "messages": message_pairs,
}  # fmt: skip
MOST_PAIRS = 60_000
SAME_QUERY = 3


def tokenised(pair: Pair) -> dict | None:
    """The pair as space-joined words within their caps, or None when too little is left of it."""
    query, document = words(plain(pair.query)[:300])[:48], words(pair.document[:2500])[:220]
    if len(query) < 2 or len(document) < 4:
        return None
    return {
        "kind": pair.kind,
        "query": " ".join(query),
        "document": " ".join(document),
        "name": " ".join(words(pair.name)[:12]),
        "rest": " ".join(words(pair.rest)[:100]),
    }


def package_pairs(archive: Path):
    seen: Counter = Counter()
    for path, language, text in read_texts(archive):
        reader = READERS.get(language)
        for pair in reader(text) if reader else braces_pairs(text, language):
            record = tokenised(pair)
            if record is None:
                continue
            query, document = zlib.crc32(record["query"].encode()), zlib.crc32(record["document"][:300].encode()) + (1 << 32)
            if record["kind"] != "translation" and (seen[query] >= SAME_QUERY or seen[document]):
                continue
            seen[query] += 1
            seen[document] += 1
            yield record


def extract(job: tuple[Path, Path]) -> Counter:
    """Writes one package's pairs, thinned evenly to MOST_PAIRS; a package already written is only counted."""
    archive, target = job
    if not target.exists():
        records = list(package_pairs(archive))
        step = max(1.0, len(records) / MOST_PAIRS)
        kept = [records[int(i * step)] for i in range(min(len(records), MOST_PAIRS))]
        partial = target.with_suffix(".partial")
        with gzip.open(partial, "wt", compresslevel=1) as out:
            out.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in kept)
        partial.rename(target)
    with gzip.open(target, "rt") as lines:
        return Counter(json.loads(line)["kind"] for line in lines)


def extract_all(archives: list[Path], folder: Path, processes: int = 2) -> None:
    """Extracts every archive into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    jobs = [(archive, folder / f"{archive.name}.jsonl.gz") for archive in sorted(archives)]
    total: Counter = Counter()
    with multiprocessing.Pool(processes) as pool:
        for done, count in enumerate(pool.imap_unordered(extract, jobs)):
            total.update(count)
            if done % 50 == 49:
                print(f"{done + 1}/{len(jobs)} packages, {sum(total.values()):,} pairs", flush=True)
    print(json.dumps(total.most_common()), flush=True)


if __name__ == "__main__":
    extract_all([Path(line.strip()) for line in sys.stdin], Path(sys.argv[1]))
