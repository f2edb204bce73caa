"""The dictionaries and regions, open to everybody."""

from tests.cast import Client


async def test_a_dictionary_in_its_current_version(client: Client) -> None:
    answer = (await client.get("/api/v1/codes/dictionaries/work_types")).json()
    names = {item["code"]: item["name"] for item in answer["items"]}
    assert (answer["version"], names["020"]) == ("national-2019", "钢筋工")


async def test_codes_that_differ_between_versions(client: Client) -> None:
    names = []
    for version in ("national-2019", "sichuan-2018"):
        path = f"/api/v1/codes/dictionaries/work_types?version={version}"
        items = (await client.get(path)).json()["items"]
        names.append(next(item["name"] for item in items if item["code"] == "320"))
    assert len(set(names)) == 2


async def test_what_is_unknown(client: Client) -> None:
    assert (await client.get("/api/v1/codes/dictionaries/colours")).status_code == 404
    path = "/api/v1/codes/dictionaries/banks?version=1999"
    assert (await client.get(path)).status_code == 422
    assert (await client.get("/api/v1/codes/regions?under=5101")).status_code == 422


async def test_regions_level_by_level(client: Client) -> None:
    provinces = (await client.get("/api/v1/codes/regions")).json()["items"]
    assert {"code": "510000", "name": "四川省", "full_name": "四川省"} in provinces
    counties = (await client.get("/api/v1/codes/regions?under=510100")).json()["items"]
    assert "四川省成都市武侯区" in [county["full_name"] for county in counties]
