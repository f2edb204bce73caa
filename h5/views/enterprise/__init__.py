"""Pages of the enterprises' offices; importing this registers them all."""

from h5.views.enterprise import corrections, days, photos

__all__ = ["corrections", "days", "photos"]
