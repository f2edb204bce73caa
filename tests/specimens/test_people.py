"""The synthetic people hold what the rules of the country ask of real ones."""

from datetime import date

import pytest
from stdnum import luhn

from tests.specimens import Held, expired, of_number, person, words
from verification import bank_card, document, id_number, names, phone

SEEDS = range(0, 3000, 7)
TODAY = date(2026, 11, 21)


def test_seeds_give_the_same_people_for_ever() -> None:
    assert person(0) == person(0)
    assert (person(0).name, person(0).number) == ("赵样样", "530103196801010096")


def test_everything_follows_from_the_number() -> None:
    assert all(of_number(person(seed).number) == person(seed) for seed in SEEDS)


def test_nobody_shares_a_number_phone_or_card() -> None:
    everyone = [person(seed) for seed in range(3000)]
    for values in zip(*((p.number, p.phone, p.bank_card) for p in everyone), strict=True):
        assert len(set(values)) == len(everyone)


def test_all_pass_the_product_s_own_rules() -> None:
    for someone in map(person, SEEDS):
        number = id_number.parse(someone.number, today=TODAY)
        assert number.birth == someone.birth
        assert names.parse(someone.name)
        phone.parse(someone.phone)
        bank_card.parse(someone.bank_card)
        assert luhn.is_valid(someone.bank_card)


def test_cards_are_in_force_and_fit_the_age() -> None:
    for someone in map(person, SEEDS):
        validity = document.Validity(someone.valid_from, someone.valid_to)
        assert document.check_validity(validity, someone.birth, TODAY) == ()
        assert expired(someone).valid_to == date(2016, 5, 9)


def test_ages_are_those_of_workers_and_can_be_set() -> None:
    ages = [TODAY.year - person(seed).birth.year for seed in SEEDS]
    assert min(ages) >= 18
    assert max(ages) <= 59
    assert person(3, born=date(2012, 2, 29)).birth == date(2012, 2, 29)


@pytest.mark.parametrize("how", list(Held))
def test_the_number_says_how_the_authority_holds_a_person(how: Held) -> None:
    assert person(5, held=how).held is how


@pytest.mark.parametrize("number", ["110101199001011237", "53010319680101009", "x" * 18])
def test_strangers_are_no_specimens(number: str) -> None:
    with pytest.raises(ValueError, match="specimen"):
        of_number(number)


def test_names_of_several_nations_occur() -> None:
    nations = {person(seed).nation for seed in SEEDS}
    assert {"汉", *words.WHOLE_NAMES} <= nations
    assert any("·" in person(seed).name for seed in SEEDS)
