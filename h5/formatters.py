"""Numbers as people read them: money, days, times, work units, distances."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from api.kit import clock
from api.kit.personal import Kind, Personal
from h5.texts import Texts


@dataclass(frozen=True, slots=True)
class Formatters:
    """The formatters in one language; each public method is a filter of the templates."""

    t: Texts

    def filters(self) -> dict[str, Callable[..., str]]:
        """The filters by their names in templates."""
        return {
            "money": self.money,
            "day": self.day,
            "day_short": self.day_short,
            "override": self.override,
            "month": self.month,
            "clock": self.clock,
            "moment": self.moment,
            "units": self.units,
            "metres": self.metres,
            "plain": self.plain,
            "phone": self.phone,
        }

    def money(self, fen: int) -> str:
        """¥5,480.00 from integer fen."""
        sign, amount = ("-" if fen < 0 else ""), abs(fen)
        return f"{sign}¥{amount // 100:,}.{amount % 100:02d}"

    def day(self, day: date) -> str:
        """Today, yesterday, or the date with its weekday; the year when it is another one."""
        today = clock.today()
        if day == today:
            return self.t("format.today")
        if day == today - timedelta(days=1):
            return self.t("format.yesterday")
        weekday = self.t(f"format.weekday.{day.isoweekday()}")
        key = "format.day" if day.year == today.year else "format.day_of_year"
        return self.t(key, year=day.year, month=day.month, day=day.day, weekday=weekday)

    def day_short(self, day: date | str) -> str:
        """The date, also one that is written 2026-11-30, as on paper: always with its year."""
        day = date.fromisoformat(day) if isinstance(day, str) else day
        return self.t("format.date", year=day.year, month=day.month, day=day.day)

    def override(self, until: date) -> str:
        """Until when something may be missing, or since when it may not."""
        over = "_over" if until < clock.today() else ""
        return self.t(f"enterprise.workers.override{over}", day=self.day_short(until))

    def month(self, month: date | str) -> str:
        """The month of a date, also of one that is written 2026-11, with its year."""
        month = date.fromisoformat(f"{month}-01") if isinstance(month, str) else month
        return self.t("format.month", year=month.year, month=month.month)

    def clock(self, instant: datetime) -> str:
        """07:12 in China."""
        return f"{clock.beijing(instant):%H:%M}"

    def moment(self, instant: datetime) -> str:
        """Day and time in China."""
        local = clock.beijing(instant)
        return f"{self.day(local.date())} {local:%H:%M}"

    def moment_on_paper(self, instant: datetime) -> str:
        """Day and time in China as they stand on paper, always with the year."""
        local = clock.beijing(instant)
        return f"{self.day_short(local.date())} {local:%H:%M}"

    def units(self, units: Decimal | str) -> str:
        """Work units without needless zeros: 1, 0.5, 1.5."""
        return self.t("format.units", units=self.plain(Decimal(units)))

    def plain(self, number: Decimal) -> str:
        """A decimal without needless zeros: 16, 0.5."""
        return f"{number.normalize():f}"

    def phone(self, phone: str) -> str:
        """A telephone as it was typed, masked: 138****1234."""
        return Personal.of(Kind.PHONE, "".join(filter(str.isdigit, phone))[-11:]).masked

    def metres(self, metres: float) -> str:
        """Metres up to a thousand, then kilometres."""
        if metres <= 1000:
            return self.t("format.metres", n=round(metres))
        return self.t("format.kilometres", n=f"{metres / 1000:.1f}")
