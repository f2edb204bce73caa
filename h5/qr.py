"""QR codes drawn into the page: no request, sharp at every size."""

import segno
from markupsafe import Markup


def drawn(text: str) -> Markup:
    """The QR of `text` as inline SVG that takes the size of its frame."""
    picture = segno.make(text, error="m").svg_inline(
        omitsize=True, svgclass=None, lineclass=None, border=2
    )
    return Markup(picture)  # noqa: S704 - drawn by us, the text is but dark squares
