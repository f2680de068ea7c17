"""Rebuilds the embedder: fetch, extract, vocabulary, train, quantise, write resources/embedder and the parity fixture.

    nice -n 15 /usr/bin/python3 training/build.py [--work FOLDER] [--evaluation FOLDER] [--steps N]
"""

import argparse
import base64
import json
import os
import sys
import time
from pathlib import Path

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(variable, "1")
if os.environ.get("PYTHONHASHSEED") != "0":
    os.environ["PYTHONHASHSEED"] = "0"
    os.execv(sys.executable, [sys.executable, *sys.argv])

import numpy as np  # noqa: E402  (the thread counts above must be set first)

import dataset  # noqa: E402
import evaluate  # noqa: E402
import pack  # noqa: E402
from extract import extract_all  # noqa: E402
from fetch import fetch_all  # noqa: E402
from recipe import SETTINGS  # noqa: E402
from train import Rows, train  # noqa: E402
from vocabulary import Tokenizer, train_pieces  # noqa: E402

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "resources/embedder"
FIXTURE = ROOT / "tests/unit/knowledge/embedder/parity.json"


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, default=Path("/tmp/alcove-embedder"), help="downloads and pairs, some GB")
    parser.add_argument("--evaluation", type=Path, default=ROOT.parent / "shared/retrieval/cosqa", help="texts that must not be learnt")
    parser.add_argument("--steps", type=int, default=SETTINGS.steps)
    return parser.parse_args()


def main() -> None:
    options = arguments()
    SETTINGS.steps = options.steps
    started = time.time()
    archives = fetch_all(options.work)
    extract_all(archives, options.work / "pairs")
    data = dataset.without_duplicates(dataset.read_pairs(options.work / "pairs"))
    data = dataset.without_evaluation(data, options.evaluation)
    pieces = train_pieces(data.counts())
    tokenizer = Tokenizer(pieces)
    print(f"{len(data):,} pairs, {sum(map(len, data.flat)):,} words, {time.time() - started:.0f} s", flush=True)
    table = train(Rows(data, tokenizer), SETTINGS)
    rows, scales = pack.quantised(table)
    TARGET.mkdir(parents=True, exist_ok=True)
    key = pack.write(TARGET / "embedder.bin", pieces, rows, scales)
    write_fixture(tokenizer, pack.restored(rows, scales), key)
    print(f"{key}: {(TARGET / 'embedder.bin').stat().st_size:,} bytes, {time.time() - started:.0f} s", flush=True)
    if (options.evaluation / "corpus.jsonl").exists():
        evaluate.report([evaluate.judged_set(options.evaluation)], evaluate.encoder(tokenizer, pack.restored(rows, scales)))


PARITY_TEXTS = [
    "",
    "a",
    "42",
    "?! -- ...",
    "How do I read a file line by line in Python?",
    "def read_lines(path: str) -> list[str]:\n    with open(path) as f:\n        return f.read().splitlines()",
    "export async function fetchJSONWithRetry(url: URL, { retries = 3 } = {}): Promise<unknown> {",
    "func (s *Server) ListenAndServeTLS(certFile, keyFile string) error",
    "XMLHttpRequest HTTPServer iOS utf8 SHA256sum v2Beta3 snake_case_name kebab-case-name",
    "Das Schließen der Datenbankverbindung schlägt fehl, wenn über 10 Anfragen offen sind.",
    "L'élève a déjà vérifié les réglages du serveur où naïveté et cœur se côtoient.",
    "Настройка сетевого подключения и проверка журнала событий",
    "データベースの接続設定を変更する方法",
    "如何配置网络连接并检查日志",
    "데이터베이스 연결 설정을 확인하십시오",
    "إعداد الاتصال بقاعدة البيانات",
    "הגדרת חיבור למסד הנתונים",
    "डेटाबेस कनेक्शन की जाँच करें",
    "การตั้งค่าการเชื่อมต่อฐานข้อมูล",
    "\u1e9e ﬁle ＦＵＬＬＷＩＤＴＨ ① x² ½ ΟΔΥΣΣΕΥΣ \u01c5 e\u0301",
    "🙂 emoji 👩‍👩‍👧 only \U0001d4d0\U0001d4d1 math \U00020000\U00020001 rare han \U00010330\U00010331 gothic",
    "deadbeef" * 40,
    "the the the the the the the the quick quick quick brown fox",
    "zzzyxq qwrtzpl xkcdvbn",
]


def write_fixture(tokenizer: Tokenizer, table: np.ndarray, key: str) -> None:
    """Vectors of a few hard texts: the TypeScript runtime must give the same."""
    vectors = evaluate.encoder(tokenizer, table)(PARITY_TEXTS)
    items = [
        {"text": text, "rows": " ".join(map(str, sorted(row for word in evaluate.words(text) for row in tokenizer.word(word)))), "vector": base64.b64encode(vector.astype("<f4").tobytes()).decode()}
        for text, vector in zip(PARITY_TEXTS, vectors)
    ]
    FIXTURE.parent.mkdir(parents=True, exist_ok=True)
    FIXTURE.write_text(json.dumps({"key": key, "items": items}, ensure_ascii=False, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
