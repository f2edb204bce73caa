"""Sealed texts open in their own place with their own key, and nowhere else."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.kit.crypto import Keyring, SealBroken, Secrets, key_id_of, new_data_key

PLACE = "account:1:phone"


def ring(*key_ids: str) -> Keyring:
    made = Keyring(Secrets.fresh())
    for key_id in key_ids or ("a",):
        made.learn(key_id, made.wrap(key_id, new_data_key()))
    return made


@given(st.binary(max_size=300))
def test_what_is_sealed_opens_in_its_place(plain: bytes) -> None:
    made = ring()
    assert made.open(made.seal(plain, PLACE), PLACE) == plain


@pytest.mark.parametrize("place", ["account:2:phone", "account:1:totp_secret", "worker:1:phone"])
def test_moved_to_another_row_column_or_table_it_does_not_open(place: str) -> None:
    made = ring()
    sealed = made.seal(b"13900000001", PLACE)
    with pytest.raises(SealBroken):
        made.open(sealed, place)


def test_every_changed_byte_is_refused() -> None:
    made = ring()
    version, key_id, nonce, text = made.seal(b"secret", PLACE).split(".")
    for part, index in ((nonce, 2), (text, 3)):
        raw = base64.urlsafe_b64decode(part + "==")
        for at in range(len(raw)):
            changed = raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :]
            parts = [version, key_id, nonce, text]
            parts[index] = base64.urlsafe_b64encode(changed).rstrip(b"=").decode()
            with pytest.raises(SealBroken):
                made.open(".".join(parts), PLACE)


def test_a_truncated_text_is_refused() -> None:
    made = ring()
    sealed = made.seal(b"secret", PLACE)
    for end in range(len(sealed) - 1):
        with pytest.raises(SealBroken):
            made.open(sealed[:end], PLACE)


@given(st.text(max_size=120))
def test_no_text_at_all_makes_another_error(text: str) -> None:
    with pytest.raises(SealBroken):
        ring().open(text, PLACE)


def test_an_unknown_key_is_a_named_error() -> None:
    sealed = ring("a").seal(b"x", PLACE)
    with pytest.raises(SealBroken):
        ring("b").open(sealed, PLACE)


def test_two_seals_of_one_value_differ() -> None:
    made = ring()
    sealed = [made.seal(b"same", PLACE) for _ in range(5_000)]
    assert len({text.split(".")[2] for text in sealed}) == 5_000


def test_the_newest_key_seals_and_the_older_open() -> None:
    made = ring("a")
    old = made.seal(b"x", PLACE)
    made.learn("b", made.wrap("b", new_data_key()))
    assert key_id_of(made.seal(b"x", PLACE)) == "b"
    assert made.open(old, PLACE) == b"x"


def test_learning_an_older_key_later_does_not_make_it_the_newest() -> None:
    made = ring("b")
    made.learn("a", made.wrap("a", new_data_key()))
    assert made.newest == "b"


def test_a_wrapped_key_belongs_to_its_id() -> None:
    made = ring()
    key = new_data_key()
    wrapped = made.wrap("one", key)
    assert made.unwrap("one", wrapped) == key
    with pytest.raises(SealBroken):
        made.unwrap("two", wrapped)


def test_a_key_wrapped_by_an_unknown_kek_is_refused() -> None:
    with pytest.raises(SealBroken):
        ring().unwrap("one", ring().wrap("one", new_data_key()))
    secret = Secrets.fresh()
    newer = secret.with_new_kek()
    with pytest.raises(SealBroken):
        Keyring(secret).unwrap("one", Keyring(newer).wrap("one", new_data_key()))


@pytest.mark.parametrize("wrapped", ["", "k1", "k1.a", "k1.a.b.c", "k1.%.%", "k1..", "k1.€.€"])
def test_a_mangled_wrapped_key_is_refused(wrapped: str) -> None:
    with pytest.raises(SealBroken):
        ring().unwrap("one", wrapped)


def test_the_old_kek_still_unwraps_after_a_new_one() -> None:
    secret = Secrets.fresh()
    key = new_data_key()
    wrapped = Keyring(secret).wrap("one", key)
    assert Keyring(secret.with_new_kek()).unwrap("one", wrapped) == key


def test_an_index_is_keyed_and_tells_kinds_apart() -> None:
    made, other = ring(), ring()
    assert made.index("phone", "13900000001") == made.index("phone", "13900000001")
    assert made.index("phone", "1") != made.index("name", "1")
    assert made.index("phone", "1") != other.index("phone", "1")
    assert len(made.index("phone", "1")) == 32


def test_a_signature_holds_for_its_purpose_and_message_alone() -> None:
    made = ring()
    signature = made.sign("link", "message")
    assert made.signed("link", "message", signature)
    assert not made.signed("other", "message", signature)
    assert not made.signed("link", "another", signature)
    assert not ring().signed("link", "message", signature)
    for forged in ("", "键", "\ud800", signature + "A", signature[:-1]):
        assert not made.signed("link", "message", forged)


def test_secrets_do_not_print() -> None:
    secret = Secrets.fresh()
    for key in (*secret.keks.values(), secret.index, secret.audit, secret.signing):
        assert repr(key) not in repr(secret)
