"""Numbers as people read them: short, without exponents, in the language's own units."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal

import numpy as np

SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


class Count(str):
    """A number as text, after which a sentence chooses its noun: ``{pairs} {pairs:pair|pairs}``."""

    def __format__(self, spec: str) -> str:
        one, either, more = spec.partition("|")
        return (one if self == "1" else more) if either else super().__format__(spec)


def decimal(value: float) -> str:
    """Return a small or plain number with three digits and no exponent: 0.000005, 0.0235, 100."""
    return np.format_float_positional(value, precision=3, fractional=False, trim="-")


def percent(share: float) -> str:
    """Return a share in two digits or more: 0.012%, 4.7%, 63%, 100%."""
    return f"{decimal(float(f'{100 * share:.2g}'))}%"


def file_size(size: int) -> str:
    """Return bytes as kB or MB: 3.9 kB, 512 kB, 31 MB."""
    unit, name = (1 << 20, "MB") if size >= 1 << 20 else (1 << 10, "kB")
    return f"{decimal(float(f'{size / unit:.2g}' if size < 1000 * unit else size // unit))} {name}"


def compact(value: float, units: Sequence[tuple[float, str]]) -> str:
    """Return a large number in three digits and a unit: 987, 12.3 k, 2.35 M.

    A unit of size 0 follows a number too small for the others. In Chinese it is empty, which leaves the space before
    the measure word that comes next: 987 个, but 12.3 万个.
    """
    for size, unit in units:
        if size and value >= size:
            short = value / size
            return f"{short:.{max(0, 2 - int(math.log10(short)))}f} {unit}"
    return f"{value:.0f}" + "".join(f" {unit}" for size, unit in units if not size)


def loss_value(value: float) -> str:
    """Return a loss with three decimals, or short if it has exploded."""
    if abs(value) < 1e5:
        return f"{value:.3f}"
    digits, power = f"{value:.1e}".split("e")
    return f"{digits}×10{str(int(power)).translate(SUPERSCRIPT)}"


def figure(value: float) -> str:
    """Return any number in four figures, as a chart shows it: −0.0312, 12.34, −38,426, 2.31×10⁻⁵."""
    return _signed(value, lambda digits, power: f"{digits}×10{power.translate(SUPERSCRIPT)}")


def latex_figure(value: float) -> str:
    """Return `figure` in LaTeX."""
    if math.isinf(value):
        return r"\infty" if value > 0 else r"-\infty"
    text = _signed(value, lambda digits, power: rf"{digits}\cdot 10^{{{power}}}")
    return text.replace(",", "{,}").replace("−", "-")


def _signed(value: float, scientific: Callable[[str, str], str]) -> str:
    size = abs(value)
    if math.isinf(size):
        text = "∞"
    elif size == 0:
        text = "0"
    elif size >= 1e6 or 0 < size < 5e-4:
        digits, power = f"{size:.2e}".split("e")
        text = scientific(digits, str(int(power)))
    elif size >= 1000:
        text = f"{size:,.0f}"
    else:
        # Two ways of computing one number differ in its last bits: a tie must not be decided by those.
        step = Decimal("0.0001" if size < 10 else "0.01")
        text = str(Decimal(f"{size:.12g}").quantize(step, ROUND_HALF_UP))
    return f"−{text}" if value < 0 and text.strip("0.") else text


def axis_end(value: float) -> str:
    """Return a round number as short as it can be: 0.005, 1, 2×10⁻⁷."""
    if value >= 1e-4:
        return decimal(value)
    digits, power = f"{value:.0e}".split("e")
    return f"{digits}×10{str(int(power)).translate(SUPERSCRIPT)}"
