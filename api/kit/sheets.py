"""Sheets to print: PDF pages in an embedded subset of Noto Sans SC.

The font comes from a package of data alone (SIL Open Font License 1.1). It knows the characters
of the common Chinese sets; a rare one in a name prints as an empty box. Reading it takes about
0.2 s: draw in a thread.
"""

import io
from typing import Literal

from fpdf import FPDF
from pylopdf_fonts_zh_cn import sans_path

from api.kit import clock, qr

FONT = "noto"


class Sheet(FPDF):
    """A sheet with its first page begun. Sizes are in points, lengths in millimetres."""

    def __init__(self, title: str, *, form: Literal["A3", "A4"], margin_mm: int) -> None:
        super().__init__(format=form)
        self.set_creation_date(clock.now())
        self.set_title(title)
        self.set_lang("zh-CN")
        self.add_font(FONT, fname=sans_path())
        self.set_margin(margin_mm)
        self.set_auto_page_break(True, margin=margin_mm)
        self.add_page()

    def say(self, size: int, height_mm: float, text: str, align: str = "L") -> None:
        """Write a paragraph from margin to margin and go below it."""
        self.set_font(FONT, size=size)
        self.multi_cell(0, height_mm, text, align=align, new_x="LMARGIN", new_y="NEXT")

    def show(self, picture: bytes, height_mm: float) -> None:
        """Draw a photo at the left margin and go below it."""
        self._room_for(height_mm)
        self.image(io.BytesIO(picture), x=self.l_margin, h=height_mm)

    def show_qr(self, text: str, side_mm: float, caption: str) -> None:
        """Draw a QR code with its quiet zone at the left margin, words beside it, and go below."""
        self._room_for(side_mm)
        top, left = self.get_y(), self.l_margin
        self.image(io.BytesIO(qr.png(text)), x=left, y=top, h=side_mm, w=side_mm)
        self.set_xy(left + side_mm + 4, top + side_mm / 3)
        self.set_font(FONT, size=18)
        self.multi_cell(0, 11, caption, new_x="LMARGIN", new_y="NEXT")
        self.set_y(top + side_mm)

    def _room_for(self, height_mm: float) -> None:
        if self.will_page_break(height_mm):
            self.add_page()

    def pdf(self) -> bytes:
        """The sheet as a file."""
        return bytes(self.output())
