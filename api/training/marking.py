"""What a quiz is worth: a question is right when all of its right options were chosen. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Mark:
    """The score in percent, rounded down, and the places of the wrong questions, from 0."""

    score: int
    wrong: tuple[int, ...]


def mark(questions: Sequence[dict[str, Any]], answers: Sequence[Sequence[int]]) -> Mark:
    """The mark of the answers, one for each question. ValueError for another number of them."""
    pairs = zip(questions, answers, strict=True)
    wrong = [at for at, (each, chosen) in enumerate(pairs) if set(chosen) != set(each["right"])]
    right = len(questions) - len(wrong)
    return Mark(100 * right // len(questions), tuple(wrong))
