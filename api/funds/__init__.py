"""专户: special accounts for wages, their agreements and ledgers, deposits and guarantees."""
