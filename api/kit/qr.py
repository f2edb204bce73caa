"""QR codes, drawn here: no outside service learns what is in them."""

import io

import segno

QUIET_MODULES = 4


def svg(text: str) -> str:
    """The code as SVG, to stand in a page."""
    drawn = io.BytesIO()
    segno.make(text, error="m").save(drawn, kind="svg", scale=4, xmldecl=False)
    return drawn.getvalue().decode()


def png(text: str) -> bytes:
    """The code as PNG with its quiet zone, to be printed."""
    drawn = io.BytesIO()
    segno.make(text, error="m", micro=False).save(drawn, kind="png", scale=8, border=QUIET_MODULES)
    return drawn.getvalue()
