"""A quiz as people type it: a question, its options below it, an empty line, the next question.

A star before an option says that it is right.
"""

from typing import Any

from api.kit.errors import FieldError, Invalid
from api.training.course_schemas import QuizIn
from h5.forms import filled

STARS = ("*", "＊")


def quiz_of(title: str, text: str) -> QuizIn:
    """The quiz that the text says. Invalid with the number of the question that is wrong."""
    questions = [_question(at, each) for at, each in enumerate(_blocks(text), start=1)]
    if not questions:
        raise _fault("还没有考题。请按例子的样子填。")
    return filled(QuizIn, {"title": title, "questions": questions})


def _blocks(text: str) -> list[list[str]]:
    found: list[list[str]] = [[]]
    for line in text.splitlines():
        if line.strip():
            found[-1].append(line.strip())
        elif found[-1]:
            found.append([])
    return [each for each in found if each]


def _question(at: int, lines: list[str]) -> dict[str, Any]:
    head, *options = lines
    right = [place for place, each in enumerate(options) if each.startswith(STARS)]
    if not 2 <= len(options) <= 6:
        raise _fault(f"第 {at} 题要有 2 到 6 个选项，每个选项一行。请改好。")
    if not right:
        raise _fault(f"第 {at} 题没有标出正确答案。请在正确的选项前面加 *。")
    return {
        "text": head,
        "options": [each.lstrip("*＊ ").strip() for each in options],
        "right": right,
    }


def _fault(sentence: str) -> Invalid:
    return Invalid(errors=(FieldError("text", "quiz.text", sentence),))
