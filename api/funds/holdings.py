"""What special accounts hold about a person: nothing of a worker's."""

from api.funds.models import AccountEntry, Agreement, Guarantee, SpecialAccount
from api.kit.holdings import Apart, Holding

HOLDINGS: tuple[Holding | Apart, ...] = (
    Apart(SpecialAccount, "a contractor's bank account for wages, its number sealed"),
    Apart(Agreement, "agreements between a contractor and its bank"),
    Apart(AccountEntry, "sums that moved on a contractor's account: no line names a worker"),
    Apart(Guarantee, "what a contractor's bank stands good for"),
)
