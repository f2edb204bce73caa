"""From a phone number to a verification code, through HTTP and photos alone."""

import pytest

from tests.journeys.people import Visitor
from tests.journeys.serving import Server
from tests.specimens import Person, person, selfie

pytestmark = pytest.mark.timeout(300)


def entered(city: Server, someone: Person, *consents: str) -> Visitor:
    """The person with an account, by the code that his phone received."""
    visitor = Visitor(city.base)
    visitor.told("POST", "/auth/sms-codes", 202, json={"phone": someone.phone})
    code = city.sms(someone.phone)[-1]["params"]["code"]
    visitor.log_in(method="sms", phone=someone.phone, code=code)
    visitor.agree(*consents)
    return visitor


def test_a_worker_registers_and_lives_with_his_code(city: Server) -> None:
    someone = person(3001)
    with entered(city, someone) as worker:
        refused = worker.call("POST", "/me/id-card", files={"front": b"x", "back": b"x"})
        assert refused.json()["code"] == "accounts.consent_missing"
        worker.agree("id_card", "face", "bank_card")
        read = worker.photograph(someone)
        assert read["fields"]["number"]["value"] == someone.number
        first = worker.register(read, selfie(someone))
        assert first["status"] == "verified"
        assert worker.register(read, selfie(someone)) == first
        me = worker.told("GET", "/me", 200)["worker"]
        assert me["verification_code"] == first["verification_code"]
        assert someone.number not in str(me)
        assert someone.name not in str(me)
        assert worker.told("GET", "/me/verification-code/qr", 200)["text"].startswith("GY1.")
        _names_his_card(city, worker, someone)


def _names_his_card(city: Server, worker: Visitor, someone: Person) -> None:
    card = {"number": someone.bank_card}
    unproven = worker.call("PUT", "/me/bank-card", json=card)
    assert unproven.json()["code"] == "auth.reauthentication_required"
    again = {"method": "sms", "phone": someone.phone, "code": "246810"}
    worker.take(worker.told("POST", "/auth/sudo", 201, json=again)["token"])
    assert worker.told("PUT", "/me/bank-card", 200, json=card)["number"].endswith(
        someone.bank_card[-4:]
    )


def test_without_his_face_two_officers_decide(
    city: Server, accounts: dict[str, dict[str, object]]
) -> None:
    someone = person(3002)
    with entered(city, someone, "id_card") as worker, Visitor(city.base) as admin:
        waiting = worker.register(worker.photograph(someone), None)
        assert (waiting["status"], waiting["verification_code"]) == ("needs_review", None)
        admin.log_in_as_staff(accounts["demo.reviewer.3"])
        [*_, newest] = admin.told("GET", "/review/verifications?limit=100", 200)["items"]
        path = f"/review/verifications/{newest['id']}"
        opened = admin.told("POST", f"{path}/openings", 200)
        assert "number" not in opened
        _sees_the_photo(city, admin, worker, opened["photos"]["front"])
        word = {"decision": "approve", "number": someone.number}
        assert admin.told("POST", f"{path}/decisions", 201, json=word)["status"] == "needs_review"
        twice = admin.call("POST", f"{path}/decisions", json=word)
        assert twice.status_code == 409
        assert worker.told("GET", "/me/registration", 200)["status"] == "needs_review"


def _sees_the_photo(city: Server, officer: Visitor, stranger: Visitor, address: str) -> None:
    shown = officer.http.get(city.base + address)
    assert shown.content.startswith(b"\xff\xd8")
    assert stranger.http.get(city.base + address).status_code == 403


def test_another_ones_card_is_refused_with_a_reason_and_leaves_nothing(city: Server) -> None:
    holder, stranger = person(3003), person(3004)
    with entered(city, stranger, "id_card", "face") as worker:
        answer = worker.register(worker.photograph(holder), selfie(stranger))
        assert answer["status"] == "refused"
        assert answer["reasons"][0]["sentence"]
        assert worker.told("GET", "/me", 200)["worker"] is None


def test_who_takes_back_his_face_goes_on_without_it(city: Server) -> None:
    someone = person(3005)
    with entered(city, someone, "id_card", "face") as worker:
        answer = worker.register(worker.photograph(someone), selfie(someone, look_alike=70))
        assert answer["status"] == "needs_review"
        version = worker.told("GET", "/consents", 200)["items"][1]["version"]
        body = {"version": version, "granted": False}
        assert not worker.told("PUT", "/me/consents/face", 200, json=body)["granted"]
        assert worker.told("GET", "/me/registration", 200)["status"] == "needs_review"
