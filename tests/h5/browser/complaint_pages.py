"""The pages of complaints, as the demo's people see them."""

from collections.abc import Callable

from tests.h5.browser.shown import Get, Shown, first

COUNTY, WAGES = "demo.county", "demo.wages.a"


def complained(path: str = "") -> Callable[[Get], str]:
    """A page of the worker's answered complaint."""

    def found(get: Get) -> str:
        rows = get("/me/complaints")["items"]
        return f"/h5/complaints/{rows[0]['id']}{path}"

    return found


COMPLAINT_PAGES = (
    Shown("h5.complaints.complaints", "/h5/complaints", "worker"),
    Shown("h5.complaints.complaints:none", "/h5/complaints", "new"),
    Shown("h5.complaints.new_complaint", "/h5/complaints/new", "worker"),
    Shown("h5.complaints.new_complaint:nowhere", "/h5/complaints/new", "new"),
    Shown("h5.complaints.complaint", complained(), "worker"),
    Shown("h5.complaints.receipt", complained("/receipt"), "worker"),
    Shown("h5.complaints.evidence", complained("/evidence"), "worker"),
    Shown("enterprise.complaint_inbox.inbox", "/enterprise/complaints", WAGES),
    Shown(
        "enterprise.complaint_inbox.one",
        first("/enterprise/complaints?topic=wages > /enterprise/complaints/{id}"),
        WAGES,
    ),
    Shown(
        "enterprise.complaint_inbox.one:anonymous",
        first("/enterprise/complaints?topic=living > /enterprise/complaints/{id}"),
        WAGES,
    ),
    Shown("regulator.complaint_queue.queue", "/regulator/complaints", COUNTY),
    Shown(
        "regulator.complaint_queue.one",
        first("/regulator/complaints?holder=authority > /regulator/complaints/{id}"),
        COUNTY,
    ),
    Shown(
        "regulator.complaint_queue.evidence",
        first("/regulator/complaints?holder=authority > /regulator/complaints/{id}/evidence"),
        COUNTY,
    ),
)
