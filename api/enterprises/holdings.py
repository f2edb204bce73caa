"""What enterprises hold: nothing about a worker."""

from api.enterprises.models import Enterprise, EnterpriseChange, EnterpriseMaster, Qualification
from api.kit.holdings import Apart, Holding

HOLDINGS: tuple[Holding | Apart, ...] = (
    Apart(Enterprise, "an enterprise; its legal person and contact are known as such"),
    Apart(Qualification, "a certificate of an enterprise"),
    Apart(EnterpriseChange, "a change of an enterprise's record"),
    Apart(EnterpriseMaster, "the business register"),
)
