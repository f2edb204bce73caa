"""General parts without a trade noun inside; every feature stands on them."""
