"""个人信息保护影响评估: each sensitive processing, its need, its risks, what stands against them.

PIPL 55 asks for it before sensitive data is processed and 56 says what it holds: whether purpose
and way are lawful and necessary, what it means for people, whether the measures fit. The document
is made from this table; the operator completes, signs and keeps it for three years.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Assessment:
    """One processing: the tables it fills, why nothing milder will do, and each risk's measure."""

    called: str
    tables: tuple[str, ...]
    consent: str
    """The purpose of its separate consent; empty where the law asks for the data."""
    necessity: str
    milder: str
    """The way of equal standing for whoever refuses."""
    risks: Mapping[str, str]


ASSESSMENTS: tuple[Assessment, ...] = (
    Assessment(
        called="reading an ID card",
        tables=("id_card_reading", "stored_file"),
        consent="id_card",
        necessity="Real-name registration is the law (建市〔2019〕18号); typing eighteen digits "
        "on a small phone is where people fail.",
        milder="At the counter with the card, or collected by the enterprise.",
        risks={
            "photos leak": "sealed under a key of their own, shown to one officer at a time on "
            "record, gone after 30 days",
            "a copy is used by somebody else": "two officers, liveness, one number one worker",
        },
    ),
    Assessment(
        called="comparing a face once",
        tables=("stored_file", "verification"),
        consent="face",
        necessity="Shows that the card is shown by its holder; asked once, at registration.",
        milder="Two officers decide without it; the same code, everything else open.",
        risks={
            "a template is kept": "none is made; the selfie is deleted when the check ends",
            "a vendor keeps pictures": "one adapter, the operator's contract; without a key people",
            "a face is not recognised": "three tries, then people; nobody is refused for it",
        },
    ),
    Assessment(
        called="the place of a punch",
        tables=("punch",),
        consent="location",
        necessity="On open sites the fence is the lawful way to take attendance "
        "(建市〔2019〕18号).",
        milder="The code at the gate, or registered by hand, with the same result.",
        risks={
            "an employer follows people": "asked at a punch alone; nobody reads coordinates",
            "a place tells of a life": "rounded to 100 m after a year, deleted with the ledger",
            "a bad fix costs a day": "nothing uncertain is ever outside; silence is in his favour",
        },
    ),
    Assessment(
        called="the wage card",
        tables=("bank_card",),
        consent="bank_card",
        necessity="Wages go to the person's own account (国务院令第724号, art. 31).",
        milder="Cash, as agreed with the employer.",
        risks={
            "wages go to somebody else": "holder compared, one card one person, a fresh proof and "
            "a message at each change",
            "numbers leak": "sealed, four digits shown, no list in plain text",
        },
    ),
    Assessment(
        called="the identity of a worker",
        tables=("worker", "verification", "worker_change", "takeover", "kept_identity"),
        consent="",
        necessity="The roster and the wage ledger name people (国务院令第724号, art. 13 to 15).",
        milder="None: who works on a site is registered. What is not asked for is not kept.",
        risks={
            "officers look out of curiosity": "each look on record and told to the person, second "
            "factor, region scope, limits",
            "the database is stolen": "sealed columns, blind indexes, key file elsewhere",
            "he wants to be gone": "erased after seven days; the law's ledger without his name",
        },
    ),
    Assessment(
        called="complaints",
        tables=("complaint", "complaint_step", "complaint_evidence"),
        consent="",
        necessity="A complaint has to be answered, with what proves it (国务院令第724号, art. 10).",
        milder="Anonymous to the enterprise, or straight to the authority.",
        risks={
            "retaliation": "no name, voice, photo or hour reaches the enterprise; dismissals "
            "within thirty days are flagged",
            "words name third persons": "content check, numbers masked",
        },
    ),
    Assessment(
        called="accidents and whom to call",
        tables=("accident", "accident_step", "emergency_contact"),
        consent="",
        necessity="A work injury is claimed within terms (工伤保险条例, art. 17) that people miss.",
        milder="No health data but how badly he was hurt; contacts are his own choice.",
        risks={
            "an officer looks up families": "contacts open with an accident alone, on record",
            "an accident is hushed up": "the worker and his leader report it too; the region sees",
        },
    ),
    Assessment(
        called="a copy of everything, and erasing",
        tables=("data_export", "erasure"),
        consent="",
        necessity="A right (PIPL 45, 47).",
        milder="Row by row on a page, masked.",
        risks={
            "somebody else takes the copy": "a fresh proof to ask and to fetch, a message, a week",
            "somebody else erases him": "a fresh proof, a text message, seven days to take it back",
        },
    ),
)
