"""The three areas of the pages, and the root that leads to them."""

from sanic import Blueprint

worker = Blueprint("pages_h5", url_prefix="/h5")
enterprise = Blueprint("pages_enterprise", url_prefix="/enterprise")
regulator = Blueprint("pages_regulator", url_prefix="/regulator")
root = Blueprint("pages_root")
AREAS = (worker, enterprise, regulator, root)
