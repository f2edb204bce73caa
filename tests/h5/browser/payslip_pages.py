"""The pages of payslips, as the demo's people see them."""

from tests.h5.browser.shown import Get, Shown, first

WAGES = "demo.wages.a"
SLIP = "/me/payslips > /h5/wages/slips/{id}"


def shared(get: Get) -> str:
    """What a link for a relative leads to."""
    slip = get("worker:/me/payslips")["items"][0]["id"]
    url = get(f"worker:POST /me/payslips/{slip}/shares")["url"]
    return f"/payslips/{url.rpartition('/')[2]}"


def arrived(get: Get) -> str:
    """A payslip whose wage arrived."""
    slips = get("/me/payslips")["items"]
    found = next(each["id"] for each in slips if each["pay_state"] == "succeeded")
    return f"/h5/wages/slips/{found}"


PAYSLIP_PAGES = (
    Shown("h5.wages.wages", "/h5/wages", "worker"),
    Shown("h5.wages.wages:none", "/h5/wages", "new"),
    Shown("h5.wages.slips", "/h5/wages/slips", "worker"),
    Shown("h5.wages.slips:none", "/h5/wages/slips", "new"),
    Shown("h5.wages.own_wallet", "/h5/wages/wallet", "worker"),
    Shown("h5.payslips.slip", first(SLIP), "worker"),
    Shown("h5.payslips.slip:arrived", arrived, "worker"),
    Shown("h5.payslips.slip_days", first(f"{SLIP}/days"), "worker"),
    Shown("h5.payslips.objection", first(f"{SLIP}/objection"), "worker"),
    Shown("h5.payslips.shares", "/h5/wages/shares", "worker"),
    Shown("h5.payslips.shares:none", "/h5/wages/shares", "new"),
    Shown("h5.evidence.evidence_packs", "/h5/me/evidence", "worker"),
    Shown("root.wages.shared_payslip", shared),
    Shown("root.wages.evidence_key", "/evidence-key"),
    Shown("enterprise.wage_statistics.wage_statistics", "/enterprise/wage-statistics", WAGES),
)
