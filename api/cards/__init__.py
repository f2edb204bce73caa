"""安康卡: the card that the bank issues for a worker: issued, lost, replaced, given back."""
