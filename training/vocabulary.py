"""The subword vocabulary: trained by SentencePiece's unigram model, applied by our own Viterbi so that TypeScript can match it."""

import math
import tempfile
from pathlib import Path

import numpy as np

PIECES = 26_000
BUCKETS = 1_000
LONGEST_PIECE = 20
WORD_START = "\u2581"
UNKNOWN_COST = 30.0


def train_pieces(counts: dict[str, int], pieces: int = PIECES) -> list[tuple[str, float]]:
    """Learns pieces with their log probabilities from word counts; the same counts give the same pieces."""
    import sentencepiece

    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder, "words.tsv")
        ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:400_000]
        table.write_text("".join(f"{word}\t{count}\n" for word, count in ranked if count >= 3), "utf-8")
        sentencepiece.SentencePieceTrainer.train(
            input=str(table), input_format="tsv", model_prefix=f"{folder}/model", vocab_size=pieces + 3,
            model_type="unigram", character_coverage=0.9999, num_threads=1, normalization_rule_name="identity",
            max_sentencepiece_length=LONGEST_PIECE, minloglevel=2,
        )  # fmt: skip
        lines = Path(folder, "model.vocab").read_text("utf-8").split("\n")
    pairs = [line.split("\t") for line in lines if "\t" in line]
    return [(piece, float(np.float32(score))) for piece, score in pairs if piece not in ("<unk>", "<s>", "</s>")]


def bucket(codes: tuple[int, ...], buckets: int) -> int:
    """FNV-1a over code points: where characters outside the vocabulary, alone or in twos, find their row."""
    hashed = 0x811C9DC5
    for code in codes:
        hashed = ((hashed ^ code) * 0x01000193) & 0xFFFFFFFF
    return (hashed ^ (hashed >> 15)) % buckets


class Tokenizer:
    """Words to row numbers: pieces by the best-scoring segmentation, then hashed rows for what no piece covers."""

    def __init__(self, pieces: list[tuple[str, float]], buckets: int = BUCKETS):
        self.rows = {piece: row for row, (piece, _) in enumerate(pieces)}
        self.scores = [score for _, score in pieces]
        self.longest = max(len(piece) for piece, _ in pieces)
        self.buckets = buckets
        self.size = len(pieces) + buckets
        self.known: dict[str, list[int]] = {}

    def word(self, word: str) -> list[int]:
        rows = self.known.get(word)
        if rows is None:
            rows = self.known[word] = self.segment(WORD_START + word)
        return rows

    def segment(self, text: str) -> list[int]:
        best = [0.0] + [-math.inf] * len(text)
        start = [0] * (len(text) + 1)
        for end in range(1, len(text) + 1):
            for begin in range(max(0, end - self.longest), end):
                row = self.rows.get(text[begin:end])
                score = self.scores[row] if row is not None else -UNKNOWN_COST if end - begin == 1 else -math.inf
                if best[begin] + score > best[end]:
                    best[end], start[end] = best[begin] + score, begin
        return self.collect(text, start)

    def collect(self, text: str, start: list[int]) -> list[int]:
        rows, following = [], 0
        end = len(text)
        while end > 0:
            begin = start[end]
            row = self.rows.get(text[begin:end])
            if row is not None:
                rows.append(row)
                following = 0
            else:
                code = ord(text[begin])
                if code != 0x2581:
                    rows.append(len(self.scores) + bucket((code,), self.buckets))
                    if following:
                        rows.append(len(self.scores) + bucket((code, following), self.buckets))
                    following = code
            end = begin
        return rows
