"""Synthetic people, their ID cards and selfies, drawn by script. Nobody here exists.

`python -m tests.specimens OUT_DIR` writes a small set of pictures and the fields to type.
"""

from tests.specimens.cards import card_back, card_front, no_card, other_card
from tests.specimens.people import Held, Person, expired, of_number, person
from tests.specimens.selfies import selfie

__all__ = [
    "Held",
    "Person",
    "card_back",
    "card_front",
    "expired",
    "no_card",
    "of_number",
    "other_card",
    "person",
    "selfie",
]
