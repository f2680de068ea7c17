"""Quantises a trained table and writes the file that src/main/knowledge/embedder/weights.ts reads."""

import hashlib
import struct
import zlib
from pathlib import Path

import numpy as np

MAGIC = b"ALCOVEMB"
VERSION = 1


def quantised(table: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """int8 rows and the f32 scale of each."""
    scales = (np.abs(table).max(1) / 127).astype(np.float32)
    rows = np.round(table / np.maximum(scales, 1e-12)[:, None]).astype(np.int8)
    return rows, scales


def restored(rows: np.ndarray, scales: np.ndarray) -> np.ndarray:
    return rows.astype(np.float32) * scales[:, None]


def write(path: Path, pieces: list[tuple[str, float]], rows: np.ndarray, scales: np.ndarray) -> str:
    """Writes the weights and returns their key, which names the contents."""
    text = "\n".join(piece for piece, _ in pieces).encode()
    scores = np.array([score for _, score in pieces], "<f4")
    body = scores.tobytes() + scales.astype("<f4").tobytes() + rows.tobytes() + text
    key = f"built-in-{hashlib.sha256(body).hexdigest()[:12]}"
    header = MAGIC + struct.pack(
        "<6I", VERSION, rows.shape[1], len(pieces), len(rows) - len(pieces), len(text), zlib.crc32(body)
    )
    path.write_bytes(header.ljust(40, b"\0") + key.encode().ljust(24, b"\0") + body)
    return key


def read(path: Path) -> tuple[list[tuple[str, float]], int, np.ndarray, np.ndarray]:
    """Pieces, number of buckets, rows and scales of a file that `write` made."""
    data = path.read_bytes()
    _, dimensions, count, buckets, text_bytes, checksum = struct.unpack_from("<6I", data, 8)
    if zlib.crc32(data[64:]) != checksum:
        raise ValueError(f"{path} is damaged")
    total = count + buckets
    scores = np.frombuffer(data, "<f4", count, 64)
    scales = np.frombuffer(data, "<f4", total, 64 + 4 * count)
    rows = np.frombuffer(data, np.int8, total * dimensions, 64 + 4 * (count + total)).reshape(total, dimensions)
    pieces = data[len(data) - text_bytes :].decode().split("\n")
    return list(zip(pieces, map(float, scores))), buckets, rows, scales
