"""The pages of payments, as the demo's offices see them."""

from tests.h5.browser.shown import Get, Shown, first

COUNTY, PAYER, EMPLOYER = "demo.county", "demo.wages.a", "demo.wages.b"
BATCHES = "/enterprise/payroll-batches?state=done"
BATCH = first(f"{BATCHES} > /enterprise/payments/{{id}}")


def paid(get: Get) -> str:
    """The page on which the sheet of the first batch is paid."""
    return f"/enterprise/payments/sheets/{get(BATCHES)['items'][0]['sheet_id']}"


PAYMENT_PAGES = (
    Shown("enterprise.payments.batches", "/enterprise/payments", PAYER),
    Shown("enterprise.payments.batches:none", "/enterprise/payments?state=failed", PAYER),
    Shown("enterprise.payments.batch", BATCH, PAYER),
    Shown("enterprise.payments.batch:employer", BATCH, EMPLOYER),
    Shown("enterprise.payments.pay_sheet", paid, PAYER),
    Shown("enterprise.payments.exceptions", "/enterprise/payments/exceptions", PAYER),
    Shown("enterprise.payments.advances", "/enterprise/payments/advances", PAYER),
    Shown("regulator.payments.batches", "/regulator/payments", COUNTY),
    Shown(
        "regulator.payments.batch",
        first("/regulator/payroll-batches?state=done > /regulator/payments/{id}"),
        COUNTY,
    ),
    Shown("regulator.payments.exceptions", "/regulator/payments/exceptions", COUNTY),
)
