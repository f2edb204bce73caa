"""The pages of finding one's account again and of shared phones, as the demo's people see them."""

from tests.h5.browser.shown import Get, Shown, first

WAGES = "demo.wages.a"


def stopping(get: Get) -> str:
    """Where the old phone stops what it did not ask for."""
    return f"/h5/takeovers/{get('/me/takeovers')['items'][0]['id']}"


RECOVERY_PAGES = (
    Shown("h5.shared_phone.people", "/h5/phone"),
    Shown("h5.shared_phone.pin", "/h5/me/pin", "worker+proved"),
    Shown("h5.recovery.recovery", "/h5/recovery", "returning"),
    Shown("h5.recovery.recovery:none", "/h5/recovery", "new"),
    Shown("h5.recovery.vouchings", "/h5/vouchings", "worker"),
    Shown("h5.recovery.vouchings:none", "/h5/vouchings", "new"),
    Shown("h5.recovery.vouching_one", first("/me/vouchings > /h5/vouchings/{id}"), "worker"),
    Shown("h5.recovery.takeover", stopping, "held"),
    Shown("h5.code.result:known", "/h5/register/result", "returning"),
    Shown("h5.code.result:waiting", "/h5/register/result", "approved"),
    Shown("enterprise.recoveries.recoveries", "/enterprise/recoveries", WAGES),
    Shown(
        "enterprise.recoveries.recovery",
        first("/enterprise/recoveries > /enterprise/recoveries/{id}"),
        WAGES,
    ),
)
