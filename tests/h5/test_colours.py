"""Every pair of colours can be read: text 4.5 : 1, marks and edges 3 : 1 (WCAG 2.2, 1.4.3, 1.4.11).

The pairs stand in tokens.css, beside each colour that something is written in: `on: paper ground`.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

STYLES = Path(__file__).parents[2] / "h5/assets/styles"
TOKENS = (STYLES / "tokens.css").read_text(encoding="utf-8")
COLOUR = re.compile(r"--([\w-]+): (#[0-9a-f]{6});(?: /\* (marks )?on: ([\w -]+?) \*/)?")
TEXT, MARKS = 4.5, 3.0
LEAST_PAIRS = 30

Pair = tuple[str, str, float, float]


def luminance(colour: str) -> float:
    """The relative luminance of `#rrggbb`, 0 for black to 1 for white."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 for the same to 21 for black on white."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def pairs(css: str) -> Iterator[Pair]:
    """Each pair that the sheet tells of: names, contrast, and what is asked of it."""
    colours = {name: value for name, value, _, _ in COLOUR.findall(css)}
    for name, value, marks, grounds in COLOUR.findall(css):
        for ground in grounds.split():
            yield name, ground, contrast(value, colours[ground]), MARKS if marks else TEXT


def faint(css: str) -> list[Pair]:
    """The pairs that cannot be read."""
    return [pair for pair in pairs(css) if pair[2] < pair[3]]


def test_every_pair_can_be_read() -> None:
    assert len(list(pairs(TOKENS))) >= LEAST_PAIRS
    assert faint(TOKENS) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("--action: #067a3c;", "--action: #07c160;"),
        ("--quiet: #5b6470;", "--quiet: #8b94a0;"),
        ("--edge: #7b8592;", "--edge: #b9c0c8;"),
    ],
)
def test_a_faint_pair_is_found(before: str, after: str) -> None:
    assert before in TOKENS
    assert faint(TOKENS.replace(before, after))


def test_the_measure_is_the_standard_one() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_every_colour_comes_from_the_tokens() -> None:
    """White and black themselves, for paper, are the exception."""
    for sheet in sorted(STYLES.glob("*.css")):
        if sheet.name == "tokens.css":
            continue
        found = set(re.findall(r"#[0-9a-fA-F]{3,8}\b", sheet.read_text(encoding="utf-8")))
        assert found <= {"#fff", "#000", "#666"}, sheet.name
