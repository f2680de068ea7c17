"""Trains the table of subword vectors: symmetric InfoNCE over pairs, sparse products, Adam. Numpy and scipy only."""

import time
from dataclasses import dataclass, field

import numpy as np
import scipy.sparse as sparse

from dataset import Dataset
from vocabulary import Tokenizer

LANGUAGE_NAMES = {
    "python": ["python"], "typescript": ["typescript", "javascript", "js"], "go": ["go", "golang"],
    "rust": ["rust"], "java": ["java"], "c": ["c", "c++"],
}  # fmt: skip
OPENINGS = ["how to", "how do i", "how can i", "what is", "what does", "where is", "code to", "function to", "example of", "find", "how does", "which", "way to"]
CAPS = (64, 256, 16, 120)


@dataclass
class Settings:
    """What a run is made of; a different value of any of them is a different model."""

    dimensions: int = 256
    batch: int = 1024
    steps: int = 4000
    learning_rate: float = 0.01
    temperature: float = 0.05
    frequency_power: float = 0.5
    query_dropout: float = 0.10
    document_dropout: float = 0.15
    same_kind: float = 0.5
    same_package: float = 0.0
    neighbours: float = 0.0
    neighbours_from: float = 0.4
    language_tag: float = 0.25
    opening: float = 0.0
    kind_power: float = 0.7
    weights: dict = field(default_factory=dict)
    seed: int = 1


class Rows:
    """A dataset as subword rows: for each field a flat array of rows and the bounds of each pair in it."""

    def __init__(self, data: Dataset, tokenizer: Tokenizer):
        pieces = [tokenizer.word(word) for word in data.types]
        lengths = np.array([len(rows) for rows in pieces])
        starts = np.concatenate([[0], np.cumsum(lengths)])
        all_rows = np.fromiter((row for rows in pieces for row in rows), np.int32, lengths.sum())
        self.data, self.size = data, tokenizer.size
        self.flat, self.bounds = [], []
        for values, offsets in zip(data.flat, data.offsets):
            counts = lengths[values]
            ends = np.cumsum(counts)
            inner = np.arange(counts.sum()) - np.repeat(ends - counts, counts)
            self.flat.append(all_rows[np.repeat(starts[values], counts) + inner])
            self.bounds.append(np.concatenate([[0], ends])[offsets])
        tags = [LANGUAGE_NAMES.get(kind.split("-")[0], []) for kind in data.kinds]
        self.tags = [[np.array(tokenizer.word(name), np.int32) for name in names] for names in tags]
        self.openings = [np.array([row for word in text.split() for row in tokenizer.word(word)], np.int32) for text in OPENINGS]

    def get(self, position: int, pair: int) -> np.ndarray:
        start, end = self.bounds[position][pair], self.bounds[position][pair + 1]
        return self.flat[position][start : min(end, start + CAPS[position])]


def bag(lists: list[np.ndarray], power: float, size: int) -> sparse.csr_matrix:
    """One sparse row per list: its different rows, weighted by their count to `power`."""
    lengths = np.array([len(rows) for rows in lists])
    keys = np.repeat(np.arange(len(lists), dtype=np.int64), lengths) * size + np.concatenate(lists)
    unique, counts = np.unique(keys, return_counts=True)
    bounds = np.searchsorted(unique, np.arange(len(lists) + 1, dtype=np.int64) * size)
    return sparse.csr_matrix((counts.astype(np.float32) ** power, unique % size, bounds), shape=(len(lists), size))


class Batches:
    """Draws batches: mixed, of one kind, of a few packages, or of neighbours in meaning (hard negatives)."""

    def __init__(self, rows: Rows, settings: Settings):
        self.rows, self.settings = rows, settings
        self.random = np.random.RandomState(settings.seed)
        data = rows.data
        self.by_kind = [np.flatnonzero(data.kind == kind) for kind in range(len(data.kinds))]
        weights = np.array([len(members) ** settings.kind_power * settings.weights.get(name, 1.0) for name, members in zip(data.kinds, self.by_kind)])
        self.kind_share = weights / weights.sum()
        order = np.argsort(data.package, kind="stable")
        bounds = np.searchsorted(data.package[order], np.arange(len(data.packages) + 1))
        self.by_package = [order[a:b] for a, b in zip(bounds, bounds[1:]) if b - a >= 256]
        share = np.array([len(members) ** 0.5 for members in self.by_package])
        self.package_share = share / share.sum()
        self.clusters: list[np.ndarray] | None = None

    def members(self) -> np.ndarray:
        """The pairs of the next batch."""
        size, draw, settings = self.settings.batch, self.random.rand(), self.settings
        if draw < settings.neighbours and self.clusters:
            return self.of_clusters(size)
        draw = self.random.rand()
        if draw < settings.same_package:
            chosen = self.random.choice(len(self.by_package), size=4, replace=False, p=self.package_share)
            return np.concatenate([self.pick(self.by_package[package], size // 4) for package in chosen])
        if draw < settings.same_package + settings.same_kind:
            return self.pick(self.by_kind[self.random.choice(len(self.by_kind), p=self.kind_share)], size)
        counts = self.random.multinomial(size, self.kind_share)
        return np.concatenate([self.pick(self.by_kind[kind], count) for kind, count in enumerate(counts) if count])

    def pick(self, members: np.ndarray, count: int) -> np.ndarray:
        return members[self.random.randint(len(members), size=count)]

    def of_clusters(self, size: int) -> np.ndarray:
        chosen = []
        while sum(map(len, chosen)) < size:
            cluster = self.clusters[self.random.randint(len(self.clusters))]
            chosen.append(self.random.permutation(cluster)[:64])
        return np.concatenate(chosen)[:size]

    def texts(self) -> tuple[list[np.ndarray], list[np.ndarray]]:
        """Queries and documents of the next batch, in the forms a search may meet them."""
        members = self.members()
        random = self.random.rand(len(members), 7)
        queries, documents = [], []
        for pair, draws in zip(members, random):
            query, document = self.view(pair, draws)
            queries.append(self.dropped(self.asked(query, pair, draws), self.settings.query_dropout))
            documents.append(self.dropped(document, self.settings.document_dropout))
        return queries, documents

    def view(self, pair: int, draws: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        query, document, name, rest = (self.rows.get(position, pair) for position in range(4))
        if len(name) or len(rest):
            if draws[0] < 0.2 and len(name) >= 2:
                query, document = name, np.concatenate([query, rest, document] if draws[1] < 0.5 else [query, rest])
            elif draws[0] < 0.3 and len(rest) > 8:
                document = rest
            elif draws[0] < 0.6:
                document = np.concatenate([rest, document])
        if len(document) > 128 and draws[2] < 0.5:
            start = int(draws[6] * (len(document) - 100))
            document = document[start : start + 128]
        return query, document

    def asked(self, query: np.ndarray, pair: int, draws: np.ndarray) -> np.ndarray:
        """The query as a question might put it: after an opening, or naming the language."""
        tags = self.rows.tags[self.rows.data.kind[pair]]
        if tags and draws[3] < self.settings.language_tag:
            query = np.concatenate([tags[int(draws[4] * len(tags))], query])
        if draws[5] < self.settings.opening:
            opening = self.rows.openings[int(draws[5] / self.settings.opening * len(self.rows.openings))]
            query = np.concatenate([opening, query])
        return query

    def dropped(self, rows: np.ndarray, rate: float) -> np.ndarray:
        if len(rows) <= 3:
            return rows if len(rows) else np.zeros(1, np.int32)
        kept = rows[self.random.rand(len(rows)) > rate]
        return kept if len(kept) else rows[:1]

    def find_clusters(self, table: np.ndarray, kinds: set[str]) -> None:
        """Groups pairs of like queries (one k-means pass over a sample): each batch then holds its own hard negatives."""
        data = self.rows.data
        wanted = np.flatnonzero(np.isin(data.kind, [index for index, name in enumerate(data.kinds) if name in kinds]))
        wanted = self.random.permutation(wanted)[:400_000]
        vectors = encode_rows(self.rows, wanted, table, self.settings)
        groups = self.random.permutation(vectors)[: len(wanted) // 160]
        for _ in range(2):
            near = np.concatenate([np.argmax(vectors[a : a + 8192] @ groups.T, axis=1) for a in range(0, len(wanted), 8192)])
            sums = sparse.csr_matrix((np.ones(len(near), np.float32), (near, np.arange(len(near)))), shape=(len(groups), len(near))) @ vectors
            groups = normalised(sums)
        order = np.argsort(near, kind="stable")
        bounds = np.searchsorted(near[order], np.arange(len(groups) + 1))
        self.clusters = [wanted[order[a:b]] for a, b in zip(bounds, bounds[1:]) if b - a >= 16]


def normalised(vectors: np.ndarray) -> np.ndarray:
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)


def encode_rows(rows: Rows, pairs: np.ndarray, table: np.ndarray, settings: Settings) -> np.ndarray:
    parts = []
    for start in range(0, len(pairs), 8192):
        lists = [rows.get(0, pair) for pair in pairs[start : start + 8192]]
        parts.append(normalised(bag(lists, settings.frequency_power, rows.size) @ table))
    return np.concatenate(parts)


def start_table(rows: Rows, settings: Settings) -> np.ndarray:
    """Small random vectors, smaller for frequent rows, so that rare words weigh more from the start."""
    counts = sum(np.bincount(flat, minlength=rows.size) for flat in rows.flat[:2]).astype(np.float64)
    share = counts / counts.sum()
    random = np.random.RandomState(settings.seed)
    return (random.randn(rows.size, settings.dimensions) * 0.1 * (1e-3 / (1e-3 + share))[:, None]).astype(np.float32)


def loss_and_gradients(queries, documents, table: np.ndarray, same: np.ndarray, temperature: float):
    """Symmetric InfoNCE over the batch and its gradient for the table; `same` marks equal queries, which are no negatives."""
    raw_q, raw_d = queries @ table, documents @ table
    norm_q = np.maximum(np.linalg.norm(raw_q, axis=1, keepdims=True), 1e-6)
    norm_d = np.maximum(np.linalg.norm(raw_d, axis=1, keepdims=True), 1e-6)
    unit_q, unit_d = raw_q / norm_q, raw_d / norm_d
    logits = unit_q @ unit_d.T / np.float32(temperature)
    logits[same] = -1e4
    size = len(logits)
    diagonal = np.arange(size)
    weights = np.exp(logits - np.float32(1 / temperature))
    rows, columns = weights.sum(1, keepdims=True), weights.sum(0, keepdims=True)
    chosen = np.maximum(weights[diagonal, diagonal], 1e-30)
    loss = -float(np.mean(np.log(chosen / rows[:, 0]) + np.log(chosen / columns[0]))) / 2
    slope = weights / rows
    slope += weights / columns
    slope[diagonal, diagonal] -= 2
    slope *= np.float32(0.5 / size / temperature)
    grad_q, grad_d = slope @ unit_d, slope.T @ unit_q
    grad_q = (grad_q - unit_q * (grad_q * unit_q).sum(1, keepdims=True)) / norm_q
    grad_d = (grad_d - unit_d * (grad_d * unit_d).sum(1, keepdims=True)) / norm_d
    return loss, queries.T @ grad_q + documents.T @ grad_d


def train(rows: Rows, settings: Settings, report=print) -> np.ndarray:
    """Trains a table; the same rows and settings give the same table."""
    table = start_table(rows, settings)
    mean, square = np.zeros_like(table), np.zeros_like(table)
    batches = Batches(rows, settings)
    prose = {kind for kind in rows.data.kinds if kind.startswith("prose") or kind == "translation"}
    started, total = time.time(), 0.0
    for step in range(1, settings.steps + 1):
        if settings.neighbours and step == int(settings.steps * settings.neighbours_from):
            batches.find_clusters(table, set(rows.data.kinds) - prose | {"prose-heading", "prose-sentence"})
        queries, documents = batches.texts()
        hashes = np.array([hash(query.tobytes()) for query in queries])
        same = hashes[:, None] == hashes[None, :]
        np.fill_diagonal(same, False)
        loss, gradient = loss_and_gradients(
            bag(queries, settings.frequency_power, rows.size), bag(documents, settings.frequency_power, rows.size),
            table, same, settings.temperature,
        )  # fmt: skip
        rate = settings.learning_rate * min(1, step / 50) * (1 - (step - 1) / settings.steps)
        adam(table, mean, square, gradient, rate, step)
        total += loss
        if step % 250 == 0:
            report(f"step {step} loss {total / 250:.3f} {time.time() - started:.0f} s", flush=True)
            total = 0.0
    return table


def adam(table, mean, square, gradient, rate: float, step: int) -> None:
    """One Adam step (.9, .99), in place."""
    mean *= 0.9
    mean += 0.1 * gradient
    square *= 0.99
    gradient *= gradient
    gradient *= 0.01
    square += gradient
    np.sqrt(square * np.float32(1 / (1 - 0.99**step)), out=gradient)
    gradient += 1e-8
    np.divide(mean, gradient, out=gradient)
    gradient *= np.float32(rate / (1 - 0.9**step))
    table -= gradient
