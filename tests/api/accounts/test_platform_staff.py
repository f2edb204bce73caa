"""Platform staff: taken on with an activation code, switched off at once."""

from tests.cast import Client

PATH = "/api/v1/platform/staff"
REVIEWER = {"username": "new_reviewer", "role": "reviewer", "region": "510100"}


async def test_an_administrator_takes_on_a_reviewer_who_sets_his_own_password(
    client: Client,
) -> None:
    await client.cast.sudo("platform_admin")
    made = await client.post(PATH, as_="platform_admin", json=REVIEWER)
    assert made.status_code == 201, made.text
    activation = {
        "username": "new_reviewer",
        "activation_code": made.json()["activation_code"],
        "password": "correct horse battery",
    }
    assert (await client.post("/api/v1/auth/activations", json=activation)).status_code == 204
    login = {
        "method": "password", "username": "new_reviewer", "password": activation["password"],
    }  # fmt: skip
    opened = await client.post("/api/v1/auth/sessions", json=login)
    assert opened.json()["account"]["roles"] == ["reviewer"]


async def test_it_needs_a_fresh_proof(client: Client) -> None:
    answer = await client.post(PATH, as_="platform_admin", json=REVIEWER)
    assert (answer.status_code, answer.json()["code"]) == (403, "auth.reauthentication_required")


async def test_nobody_else_may(client: Client) -> None:
    for name in ("zhang", "admin_a", "province", "auditor"):
        assert (await client.post(PATH, as_=name, json=REVIEWER)).status_code == 403
    assert (await client.post(PATH, json=REVIEWER)).status_code == 401


async def test_a_regulator_needs_a_region_and_an_auditor_none(client: Client) -> None:
    await client.cast.sudo("platform_admin")
    for role, region in (("regulator_county", None), ("auditor", "510100")):
        body = {"username": "someone", "role": role, "region": region}
        assert (await client.post(PATH, as_="platform_admin", json=body)).status_code == 422


async def test_a_region_exists_and_is_of_the_roles_level(client: Client) -> None:
    await client.cast.sudo("platform_admin")
    wrong = (
        ("regulator_county", "510000"),
        ("regulator_province", "510107"),
        ("regulator_city", "510107"),
        ("reviewer", "999999"),
    )
    for role, region in wrong:
        body = {"username": "someone", "role": role, "region": region}
        assert (await client.post(PATH, as_="platform_admin", json=body)).status_code == 422
    body = {"username": "someone", "role": "regulator_county", "region": "510107"}
    assert (await client.post(PATH, as_="platform_admin", json=body)).status_code == 201


async def test_a_name_is_taken_once(client: Client) -> None:
    await client.cast.sudo("platform_admin")
    await client.post(PATH, as_="platform_admin", json=REVIEWER)
    again = await client.post(PATH, as_="platform_admin", json=REVIEWER)
    assert (again.status_code, again.json()["code"]) == (409, "accounts.username_taken")


async def test_a_disabled_account_is_out_at_its_next_request(client: Client) -> None:
    await client.cast.sudo("platform_admin")
    victim = await client.cast.id("auditor")
    assert (await client.get("/api/v1/me/sessions", as_="auditor")).status_code == 200
    answer = await client.delete(f"{PATH}/{victim}", as_="platform_admin")
    assert answer.status_code == 204
    assert (await client.get("/api/v1/me/sessions", as_="auditor")).status_code == 401


async def test_a_lost_authenticator_is_reset_and_its_owner_logged_out(client: Client) -> None:
    await client.cast.sudo("platform_admin")
    victim = await client.cast.id("county")
    path = f"{PATH}/{victim}/second-factor"
    assert (await client.delete(path, as_="platform_admin")).status_code == 204
    assert (await client.get("/api/v1/me/sessions", as_="county")).status_code == 401


async def test_a_stranger_account_is_not_found(client: Client) -> None:
    await client.cast.sudo("platform_admin")
    person = await client.cast.id("zhang")
    assert (await client.delete(f"{PATH}/{person}", as_="platform_admin")).status_code == 404
