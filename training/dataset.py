"""Gathers the extracted pairs into arrays of word numbers, without what the evaluation texts contain."""

import gzip
import json
from array import array
from collections import Counter
from pathlib import Path

import numpy as np

from words import words

FIELDS = ("query", "document", "name", "rest")
SHINGLE = 8


class Dataset:
    """Pairs as numbers: for each field a flat array of word numbers with offsets, and the kind and package of each pair."""

    def __init__(self, flat, offsets, kind, package, kinds, packages, types):
        self.flat, self.offsets, self.kind, self.package = flat, offsets, kind, package
        self.kinds, self.packages, self.types = kinds, packages, types

    def __len__(self) -> int:
        return len(self.kind)

    def counts(self) -> dict[str, int]:
        """How often each word occurs."""
        total = sum(np.bincount(flat, minlength=len(self.types)) for flat in self.flat)
        return {word: int(count) for word, count in zip(self.types, total)}

    def keep(self, mask: np.ndarray) -> "Dataset":
        flat, offsets = [], []
        for values, bounds in zip(self.flat, self.offsets):
            lengths = np.diff(bounds)
            flat.append(values[np.repeat(mask, lengths)])
            offsets.append(np.concatenate([[0], np.cumsum(lengths[mask])]))
        return Dataset(flat, offsets, self.kind[mask], self.package[mask], self.kinds, self.packages, self.types)


def read_pairs(folder: Path) -> Dataset:
    """Reads every package's pairs, in the order of file names."""
    number: dict[str, int] = {}
    kinds: dict[str, int] = {}
    packages: list[str] = []
    flat = [array("i") for _ in FIELDS]
    offsets = [array("q", [0]) for _ in FIELDS]
    kind, package = array("h"), array("h")
    for path in sorted(folder.glob("*.jsonl.gz")):
        packages.append(path.name.removesuffix(".jsonl.gz"))
        with gzip.open(path, "rt") as lines:
            for line in lines:
                record = json.loads(line)
                kind.append(kinds.setdefault(record["kind"], len(kinds)))
                package.append(len(packages) - 1)
                for position, field in enumerate(FIELDS):
                    flat[position].extend([number.setdefault(word, len(number)) for word in record[field].split(" ") if word])
                    offsets[position].append(len(flat[position]))
    as_arrays = [np.array(values, np.int32) for values in flat], [np.array(values, np.int64) for values in offsets]
    return Dataset(*as_arrays, np.array(kind), np.array(package), list(kinds), packages, list(number))


def without_duplicates(data: Dataset) -> Dataset:
    """Drops pairs whose document (its first 40 words) an earlier package already gave; translations stay."""
    hashes = np.zeros(len(data), np.uint64)
    values, bounds = data.flat[1].astype(np.uint64), data.offsets[1]
    for step in range(40):
        at = bounds[:-1] + step
        inside = at < bounds[1:]
        hashes[inside] = hashes[inside] * np.uint64(0x9E3779B97F4A7C15) + values[at[inside]] + np.uint64(1)
    if "translation" in data.kinds:
        translated = data.kind == data.kinds.index("translation")
        hashes[translated] = np.arange(translated.sum(), dtype=np.uint64)
    first = np.unique(hashes, return_index=True)[1]
    mask = np.zeros(len(data), bool)
    mask[first] = True
    return data.keep(mask)


def shingles(values: np.ndarray) -> np.ndarray:
    """A hash of each window of SHINGLE numbers."""
    if len(values) < SHINGLE:
        return np.zeros(0, np.uint64)
    hashed = np.zeros(len(values) - SHINGLE + 1, np.uint64)
    for step in range(SHINGLE):
        hashed = hashed * np.uint64(0x9E3779B97F4A7C15) + values[step : len(values) - SHINGLE + 1 + step].astype(np.uint64) + np.uint64(1)
    return hashed


def without_evaluation(data: Dataset, evaluation: Path) -> Dataset:
    """Drops pairs that share much text with an evaluation set (BEIR layout), or are one of its queries."""
    if not (evaluation / "corpus.jsonl").exists():
        print(f"SKIPPED: no evaluation set at {evaluation}, so training texts were not compared with it", flush=True)
        return data
    number = {word: index for index, word in enumerate(data.types)}
    fresh = Counter()

    def numbers(text: str) -> np.ndarray:
        return np.array([number[word] if word in number else len(number) + fresh.setdefault(word, len(fresh)) for word in words(text)], np.int64)

    seen = [shingles(numbers(json.loads(line)["text"])) for line in open(evaluation / "corpus.jsonl")]
    seen = np.unique(np.concatenate(seen))
    queries = {tuple(numbers(json.loads(line)["text"])) for line in open(evaluation / "queries.jsonl")}
    shared, total = np.zeros(len(data)), np.zeros(len(data))
    for position in (0, 1, 3):
        values, bounds = data.flat[position], data.offsets[position]
        hits = np.isin(shingles(values), seen)
        counted = np.concatenate([[0], np.cumsum(hits), np.full(SHINGLE - 1, hits.sum())])
        ends = np.maximum(bounds[1:] - SHINGLE + 1, bounds[:-1])
        shared += counted[ends] - counted[bounds[:-1]]
        total += ends - bounds[:-1]
    lengths = np.diff(data.offsets[0])
    asked = np.zeros(len(data), bool)
    longest = max(map(len, queries))
    for index in np.flatnonzero(lengths <= longest):
        asked[index] = tuple(data.flat[0][data.offsets[0][index] : data.offsets[0][index + 1]].tolist()) in queries
    dropped = (shared >= 6) | (shared > 0.08 * np.maximum(total, 1)) | asked
    print(f"dropped {dropped.sum():,} of {len(data):,} pairs that overlap {evaluation.name} ({asked.sum()} equal a query)", flush=True)
    return data.keep(~dropped)
