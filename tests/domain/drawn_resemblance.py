"""Learns `src/tuidan/domain/terms/resemblance.json` from the sentences of tests/data that people wrote and marked.

`python tests/domain/drawn_resemblance.py` learns again, in half a minute: multinomial logistic regression over the
pieces of each sentence, weighed by how rare they are. The file names the SHA-256 of what it was learnt from, and a
test holds that against the data. The sets that only measure (`linter_blind*.jsonl`) are never learnt from.
"""

import hashlib
import json
import math
from collections import Counter
from pathlib import Path

import numpy as np
from terms_wording import LAWFUL as LAWFUL_WORDING

from tuidan.domain.terms.normal import STOP, normalise
from tuidan.domain.terms.resemblance import LAWFUL, pieces_of

DATA = Path(__file__).parents[1] / "data"
FILE = Path(__file__).parents[2] / "src" / "tuidan" / "domain" / "terms" / "resemblance.json"
SETS = (
    "linter_own",
    "linter_paraphrases",
    "linter_probe",
    "linter_fresh",
    "linter_more",
    "linter_varied",
    "linter_lawful",
    "linter_probe_lawful",
    "linter_fresh_lawful",
    "linter_more_lawful",
    "linter_varied_lawful",
)
SCALE = 100
SEEN_MIN = 2
LAWFUL_WEIGHT = 4.0
ALWAYS = 0.3
STEPS, RATE, DECAY = 400, 0.1, 1e-5
SAID_MIN = 100  # hundredths; what says less is left out


def sentences() -> list[tuple[str, str]]:
    """Each marked sentence with its clause, or LAWFUL; of what is lawful, every part as well."""
    rows = [json.loads(line) for name in SETS for line in (DATA / f"{name}.jsonl").open(encoding="utf-8")]
    lawful = [
        normalise(text).text for text in (*LAWFUL_WORDING, *(r["text"] for r in rows if not r["clause"]))
    ]
    marked = [(normalise(row["text"]).text, row["clause"]) for row in rows if row["clause"]]
    parts = {part for text in lawful for part in text.split(STOP) if len(part) > 2}
    return [*marked, *((text, LAWFUL) for text in sorted(parts | set(lawful)))]


def digest() -> str:
    """SHA-256 over the files that are learnt from."""
    return hashlib.sha256(b"".join((DATA / f"{name}.jsonl").read_bytes() for name in SETS)).hexdigest()


def learn() -> str:
    """The weights as JSON, a piece a line."""
    marked = [(pieces_of(text), label) for text, label in sentences()]
    seen = Counter(piece for pieces, _ in marked for piece in pieces)
    place = {piece: n for n, piece in enumerate(sorted(p for p in seen if seen[p] >= SEEN_MIN))}
    rare = np.array([math.log(len(marked) / seen[piece]) for piece in place])
    labels = sorted({label for _, label in marked})
    table = np.zeros((len(marked), len(place) + 1))
    for n, (pieces, _) in enumerate(marked):
        columns = [place[piece] for piece in pieces if piece in place]
        table[n, columns] = rare[columns]
        table[n] /= np.linalg.norm(table[n])
        table[n, -1] = ALWAYS
    told = np.array([labels.index(label) for _, label in marked])
    weights = _regression(table, told, np.where(told == labels.index(LAWFUL), LAWFUL_WEIGHT, 1.0))
    weights -= np.median(weights, axis=0, keepdims=True)  # changes no share, and leaves little to write down
    head = {
        "learnt_from": digest(),
        "scale": SCALE,
        "labels": labels,
        "always": [round(ALWAYS * SCALE * value) for value in weights[:, -1]],
    }
    lines = []
    for piece, column in place.items():
        says = np.rint(SCALE * rare[column] * weights[:, column]).astype(int)
        row = [round(SCALE * rare[column])]
        for label in np.flatnonzero(np.abs(says) >= SAID_MIN):
            row += [int(label), int(says[label])]
        lines.append(f"{json.dumps(piece, ensure_ascii=False)}:{json.dumps(row, separators=(',', ':'))}")
    start = json.dumps(head, ensure_ascii=False)[:-1]
    return start + ',"pieces":{\n' + ",\n".join(lines) + "\n}}\n"


def _regression(table: np.ndarray, told: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Softmax regression by Adam from nought: no chance in it."""
    truth = np.eye(told.max() + 1)[told]
    found = np.zeros((truth.shape[1], table.shape[1]))
    mean, square = np.zeros_like(found), np.zeros_like(found)
    for step in range(1, STEPS + 1):
        likeness = table @ found.T
        share = np.exp(likeness - likeness.max(axis=1, keepdims=True))
        share /= share.sum(axis=1, keepdims=True)
        slope = ((share - truth) * weight[:, None]).T @ table / len(told) + DECAY * found
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope * slope
        found -= RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return found


if __name__ == "__main__":
    FILE.write_text(learn(), encoding="utf-8")
