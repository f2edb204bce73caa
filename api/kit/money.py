"""Money is integer fen. Rounding happens here alone, half away from zero, as accountants do."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

YUAN = Decimal(100)


def fen(yuan: Decimal) -> int:
    """The fen of an amount in yuan, rounded half up to a whole fen. TypeError for a float."""
    _refuse_float(yuan)
    return int((yuan * YUAN).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def times(amount_fen: int, factor: Decimal) -> int:
    """`amount_fen` × `factor`, rounded half up to a whole fen. TypeError for a float."""
    _refuse_float(amount_fen, factor)
    return int((amount_fen * factor).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def whole(exact_fen: Fraction) -> int:
    """The fen of an exact sum of parts of fen, rounded once, half away from zero."""
    doubled = 2 * abs(exact_fen.numerator)
    rounded = (doubled + exact_fen.denominator) // (2 * exact_fen.denominator)
    return -rounded if exact_fen < 0 else rounded


def written(amount_fen: int) -> str:
    """How a person reads it: 548000 is `5,480.00`."""
    sign, rest = ("-", -amount_fen) if amount_fen < 0 else ("", amount_fen)
    return f"{sign}{rest // 100:,}.{rest % 100:02d}"


def _refuse_float(*amounts: object) -> None:
    if any(isinstance(amount, float) for amount in amounts):
        raise TypeError("a float is no amount of money")
