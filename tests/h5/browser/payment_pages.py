"""The pages of payments, as the demo's offices see them."""

from tests.h5.browser.shown import Shown, first

COUNTY, PAYER, EMPLOYER = "demo.county", "demo.wages.a", "demo.wages.b"
BATCH = "/enterprise/payroll-batches?state=done > "
PAYMENT_PAGES = (
    Shown("enterprise.payments.batches", "/enterprise/payments", PAYER),
    Shown("enterprise.payments.batches:none", "/enterprise/payments?state=failed", PAYER),
    Shown("enterprise.payments.batch", first(f"{BATCH}/enterprise/payments/{{id}}"), PAYER),
    Shown(
        "enterprise.payments.batch:employer", first(f"{BATCH}/enterprise/payments/{{id}}"), EMPLOYER
    ),
    Shown(
        "enterprise.payments.pay_sheet",
        first(f"{BATCH}/enterprise/payments/sheets/{{sheet_id}}"),
        PAYER,
    ),
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
