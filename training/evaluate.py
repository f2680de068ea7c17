"""Retrieval quality of a table: lexical, embedder alone and fused, on judged sets and on generated known items."""

import argparse
import json
import re
from pathlib import Path

import numpy as np
import scipy.sparse as sparse

import pack
from archives import read_texts
from code_pairs import braces_pairs, python_pairs
from extract import READERS
from fetch import fetch_all
from fusion import FALLBACK_WEIGHT, chosen_weight, fused
from pair import first_sentence, plain
from train import bag, normalised
from vocabulary import Tokenizer
from words import words

LEXICAL_WORD = re.compile(r"[a-z0-9]+")
CAMEL = re.compile(r"([a-z])([A-Z])")
ROOT = Path(__file__).parent.parent
DOCSTRING = re.compile(r"[rubRUB]{0,2}(\"\"\"|''')(.*?)\1", re.S)
MOST_KNOWN = 200
FEWEST_KNOWN = 30
STOP = set(
    "a an the of to in on for and or is are be by with from at as it its this that what how do does can i you if not no which have has was "
    "were will would should using use get into when where who why there their than then them these those also such any all been being".split()
)


def lexical_words(text: str) -> list[str]:
    return LEXICAL_WORD.findall(CAMEL.sub(r"\1 \2", text).lower())


def stem(word: str) -> str:
    """A light suffix strip, enough to join plurals and verb forms."""
    for suffix in ("ations", "ation", "ings", "ing", "ies", "ed", "es", "s", "ly", "er"):
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            word = word[: -len(suffix)]
            break
    if len(word) > 3 and word[-1] == word[-2]:
        word = word[:-1]
    return word[:-1] if len(word) > 3 and word[-1] in "ey" else word


def strong_words(text: str) -> list[str]:
    return [stem(word) for word in lexical_words(text) if word not in STOP]


def bm25(documents: list[str], queries: list[str], split=lexical_words, k1=1.2, b=0.75) -> np.ndarray:
    """Scores of all documents for each query."""
    number: dict[str, int] = {}
    lists = [np.array([number.setdefault(word, len(number)) for word in split(text)], np.int64) for text in documents]
    lists = [values if len(values) else np.zeros(0, np.int64) for values in lists]
    lengths = np.array([len(values) for values in lists])
    counts = bag(lists, 1.0, len(number)).tocsc()
    frequency = np.diff(counts.indptr)
    idf = np.log(1 + (len(documents) - frequency + 0.5) / (frequency + 0.5))
    row = counts.indices
    norm = k1 * (1 - b + b * lengths / lengths.mean())
    values = counts.data * (k1 + 1) / (counts.data + norm[row]) * np.repeat(idf, frequency)
    weighted = sparse.csc_matrix((values.astype(np.float32), row, counts.indptr), shape=counts.shape)
    asked = [np.array(sorted({number[word] for word in split(text) if word in number}), np.int64) for text in queries]
    return (bag(asked, 0.0, len(number)) @ weighted.T).toarray()


def ndcg(scores: np.ndarray, relevant: list[dict[int, int]]) -> np.ndarray:
    """nDCG@10 of each query."""
    result = []
    for row, wanted in zip(scores, relevant):
        top = np.argsort(-row, kind="stable")[:10]
        gain = sum((2 ** wanted.get(int(item), 0) - 1) / np.log2(place + 2) for place, item in enumerate(top))
        ideal = sum((2**value - 1) / np.log2(place + 2) for place, value in enumerate(sorted(wanted.values(), reverse=True)[:10]))
        result.append(gain / ideal)
    return np.array(result)


def interval(differences: np.ndarray) -> tuple[float, float]:
    """95 % bootstrap interval of a mean."""
    random = np.random.RandomState(0)
    means = [differences[random.randint(len(differences), size=len(differences))].mean() for _ in range(1000)]
    return tuple(np.quantile(means, [0.025, 0.975]))


def encoder(tokenizer: Tokenizer, table: np.ndarray, power: float = 0.5):
    """The embedder as a function from texts to unit vectors."""

    def encode(texts: list[str]) -> np.ndarray:
        lists = [np.array([row for word in words(text) for row in tokenizer.word(word)], np.int64) for text in texts]
        vectors = bag(lists, power, len(table)) @ table
        vectors[np.linalg.norm(vectors, axis=1) < 1e-9, 0] = 1
        return normalised(vectors)

    return encode


class Set:
    """Documents, queries and which documents answer each."""

    def __init__(self, name: str, documents: list[str], queries: list[str], relevant: list[dict[int, int]]):
        self.name, self.documents, self.queries, self.relevant = name, documents, queries, relevant
        self.known: Set | None = None
        self.lexical = {"plain": bm25(documents, queries), "strong": bm25(documents, queries, strong_words)}


def judged_set(folder: Path) -> Set:
    """A set in BEIR layout."""
    corpus = [json.loads(line) for line in open(folder / "corpus.jsonl")]
    position = {document["_id"]: index for index, document in enumerate(corpus)}
    relevant: dict[str, dict[int, int]] = {}
    for line in (folder / "qrels.tsv").read_text().splitlines()[1:]:
        query, document, score = line.split("\t")
        if int(score) > 0:
            relevant.setdefault(query, {})[position[document]] = int(score)
    queries = [json.loads(line) for line in open(folder / "queries.jsonl")]
    queries = [query for query in queries if query["_id"] in relevant]
    documents = [(document["title"] + " " + document["text"]).strip() for document in corpus]
    judged = Set(folder.name, documents, [query["text"] for query in queries], [relevant[query["_id"]] for query in queries])
    judged.known = first_sentences(documents)
    return judged


def first_sentences(documents: list[str]) -> Set | None:
    """Known items of bare documents: the first sentence of a docstring, taken out of its document."""
    stripped, asked = list(documents), []
    for index in np.random.RandomState(0).permutation(len(documents)):
        found = DOCSTRING.search(documents[index])
        sentence = first_sentence(found.group(2)) if found else ""
        if len(words(sentence)) >= 3 and len(asked) < MOST_KNOWN:
            stripped[index] = documents[index].replace(sentence, " ", 1)
            asked.append((sentence, int(index)))
    return item_set("known", stripped, asked) if len(asked) >= FEWEST_KNOWN else None


def known_items(name: str, archives: list[Path], languages: set[str], under: str = "", most: int = 500) -> Set:
    """Comments, headings and first sentences as queries for the code or text they were taken from."""
    documents, asked, seen = [], [], set()
    for archive in archives:
        for path, language, text in read_texts(archive):
            if language not in languages or under not in path:
                continue
            reader = READERS.get(language)
            for pair in reader(text) if reader else braces_pairs(text, language):
                document = f"{pair.rest} {pair.document}".strip()
                query = " ".join(words(pair.query))
                fit = len(query.split()) >= 3 and len(document) >= 60 and not pair.kind.endswith(("-name", "-next"))
                if not fit or query in seen or document[:150] in seen:
                    continue
                seen.update((query, document[:150]))
                asked.append((plain(pair.query), len(documents)))
                documents.append(document[:2500])
    shuffled = np.random.RandomState(0).permutation(len(asked))
    tested = item_set(name, documents, [asked[index] for index in shuffled[:most]])
    if len(shuffled) >= most + FEWEST_KNOWN:
        tested.known = item_set(f"{name} known", documents, [asked[index] for index in shuffled[most : most + MOST_KNOWN]])
    return tested


def item_set(name: str, documents: list[str], asked: list[tuple[str, int]]) -> Set:
    return Set(name, documents, [query for query, _ in asked], [{target: 1} for _, target in asked])


def report(sets: list[Set], encode, lexical=("plain", "strong")) -> dict:
    """Prints and returns nDCG@10 of each set: lexical, embedder, fused with the fallback and with the calibrated weight."""
    results = {}
    print("set          lexical leg   words   meaning  fixed   calibrated (weight)  gain of calibrated", flush=True)
    for each in sets:
        meaning = encode(each.queries) @ encode(each.documents).T
        alone = ndcg(meaning, each.relevant).mean()
        for kind in lexical:
            words_only = ndcg(each.lexical[kind], each.relevant)
            fixed = ndcg(fused(each.lexical[kind], meaning, FALLBACK_WEIGHT), each.relevant).mean()
            weight = calibrated(each, kind, encode)
            best = ndcg(fused(each.lexical[kind], meaning, weight), each.relevant)
            low, high = interval(best - words_only)
            results[f"{each.name}/{kind}"] = (words_only.mean(), alone, best.mean(), low, high)
            print(
                f"{each.name:12} {kind:6} {len(each.documents):6} {words_only.mean():.3f}   {alone:.3f}    {fixed:.3f}   {best.mean():.3f} ({weight:.2f})"
                f"         {best.mean() - words_only.mean():+.3f} [{low:+.3f}, {high:+.3f}]",
                flush=True,
            )
    return results


def calibrated(each: Set, kind: str, encode) -> float:
    """The weight that the set's own known items choose; they share no query with the set."""
    if each.known is None:
        return FALLBACK_WEIGHT
    known = each.known
    return chosen_weight(known.lexical[kind], encode(known.queries) @ encode(known.documents).T, known.relevant, ndcg)


HELD_OUT = {
    "typescript": ("zod-|trpc-|xstate-|hono-", {"typescript"}, ""),
    "python": ("python3-", {"python"}, ""),
    "go": ("etcd|syncthing", {"go"}, ""),
    "rust": ("librust-", {"rust"}, ""),
    "markdown": ("etcd|syncthing|zod-|trpc-|xstate-|hono-|librust-", {"markdown"}, ""),
    "prose": ("debian-handbook", {"html"}, "html/en-US/"),
    "german": ("debian-handbook", {"html"}, "html/de-DE/"),
    "russian": ("debian-handbook", {"html"}, "html/ru-RU/"),
    "japanese": ("debian-handbook", {"html"}, "html/ja-JP/"),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, default=Path("/tmp/alcove-embedder"))
    parser.add_argument("--judged", type=Path, default=ROOT.parent / "shared/retrieval/cosqa", help="a set in BEIR layout")
    options = parser.parse_args()
    pieces, buckets, rows, scales = pack.read(ROOT / "resources/embedder/embedder.bin")
    encode = encoder(Tokenizer(pieces, buckets), pack.restored(rows, scales))
    sets = []
    if (options.judged / "corpus.jsonl").exists():
        sets.append(judged_set(options.judged))
    else:
        print(f"SKIPPED: no judged set at {options.judged}", flush=True)
    files = fetch_all(options.work, "heldOut")
    for name, (pattern, languages, under) in HELD_OUT.items():
        sets.append(known_items(name, [file for file in files if re.match(pattern, file.name)], languages, under))
    report(sets, encode)


if __name__ == "__main__":
    main()
