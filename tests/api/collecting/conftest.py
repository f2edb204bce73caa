"""Both firms are there and verified."""

import pytest

from tests.api.enterprises.firms import both_firms
from tests.cast import Client


@pytest.fixture
async def firms(client: Client) -> None:
    await both_firms(client)
