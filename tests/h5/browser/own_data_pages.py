"""The pages of one's own data, as the demo's people see them."""

from tests.h5.browser.shown import Shown

OWN_DATA_PAGES = (
    Shown("h5.own_data.data", "/h5/me/data", "worker"),
    Shown("h5.own_data.kind", "/h5/me/data/kinds/workday", "worker"),
    Shown("h5.own_data.kind:none", "/h5/me/data/kinds/contract", "new"),
    Shown("h5.own_data.looks", "/h5/me/data/looks", "worker"),
    Shown("h5.own_data.looks:none", "/h5/me/data/looks", "new"),
    Shown("h5.own_data.copies", "/h5/me/data/copies", "worker"),
    Shown("h5.own_data.erasure", "/h5/me/data/erasure", "worker"),
    Shown("h5.own_data.erasure:free", "/h5/me/data/erasure", "new"),
)
