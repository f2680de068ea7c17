"""Fusion of top-k lists and the calibrated weight, as src/main/knowledge/embedder/fusion-rule.ts and weight-choice.ts do it."""

import numpy as np

DEPTH = 100
FALLBACK_WEIGHT = 0.5
GRID = np.arange(21) / 20
HEAVIEST = 0.8


def top(scores: np.ndarray, depth: int = DEPTH) -> np.ndarray:
    """Scores with everything outside each query's best `depth` made NaN."""
    depth = min(depth, scores.shape[1])
    best = np.argpartition(-scores, depth - 1, axis=1)[:, :depth]
    kept = np.full(scores.shape, np.nan, np.float32)
    np.put_along_axis(kept, best, np.take_along_axis(scores, best, axis=1), axis=1)
    return kept


def normalised_list(scores: np.ndarray, missing_share: float) -> np.ndarray:
    """Each list over its best score; what it lacks counts as a share of its least."""
    empty = np.isnan(scores).all(1)
    scores[empty] = 0
    best = np.maximum(np.nanmax(scores, axis=1, keepdims=True), 1e-9)
    least = np.nanmin(scores, axis=1, keepdims=True)
    return np.where(np.isnan(scores), missing_share * least, scores) / best


def legs(lexical: np.ndarray, meaning: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Both lists normalised, and which documents are in neither."""
    words, near = top(lexical), top(meaning)
    words[words <= 0] = np.nan
    absent = np.isnan(words) & np.isnan(near)
    return normalised_list(words, 0.5), normalised_list(near, 1.0), absent


def fused(lexical: np.ndarray, meaning: np.ndarray, weight: float) -> np.ndarray:
    words, near, absent = legs(lexical, meaning)
    scores = (1 - weight) * words + weight * near
    scores[absent] = -1
    return scores


def chosen_weight(lexical: np.ndarray, meaning: np.ndarray, relevant, ndcg) -> float:
    """The weight of the best smoothed mean quality over known items; 0 when none beats words alone."""
    means = np.array([ndcg(fused(lexical, meaning, weight), relevant).mean() for weight in GRID])
    smoothed = np.convolve(np.pad(means, 2, mode="edge"), np.array([1, 2, 3, 2, 1]) / 9, "valid")[GRID <= HEAVIEST + 1e-9]
    run = np.flatnonzero(smoothed >= smoothed.max() - 1e-9)
    best = (run[0] + run[0] + int(np.argmax(np.append(np.diff(run) > 1, True)))) // 2
    return float(GRID[best]) if means[best] > means[0] else 0.0
