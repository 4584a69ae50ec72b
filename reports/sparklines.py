"""Small charts without an axis, beside a key figure: its last values, the present one dark, the target as a line."""

from collections.abc import Sequence

from impact.drawing import BLUE, GREY, LIGHT_BLUE, OCHRE, RULE, Drawing, Size

SPARK = Size(120, "px", 1.5)
_HEIGHT, _FOOT, _HEAD, _GAP = 36.0, 2.0, 4.0, 3.0
_WIDEST = 22.0


def spark(title: str, values: Sequence[float | None], *, target: float | None = None, size: Size = SPARK) -> str:
    """Columns from zero, the last one dark; None (masked or unknown) is a short grey rule. Nothing when all are None."""
    known = [value for value in values if value is not None]
    if not known:
        return ""
    drawing = Drawing(title, _HEIGHT, size)
    base = _HEIGHT - _FOOT
    top, low = max([*known, target or 0, 0]), min([*known, target or 0, 0])
    unit = (base - _HEAD) / ((top - low) or 1)
    zero = base + low * unit
    slot = size.width / len(values)
    width = min(_WIDEST, slot - _GAP)
    for rank, value in enumerate(values):
        left = rank * slot
        if value is None:
            drawing.line(left, zero - 1.5, left + width, zero - 1.5, GREY, 1.2, stroke_dasharray="2 2")
            continue
        fill = BLUE if rank == len(values) - 1 else LIGHT_BLUE
        height = max(abs(value) * unit, 0.8)
        drawing.rect(left, zero - height if value >= 0 else zero, width, height, fill)
    drawing.line(0, zero, size.width, zero, RULE, 0.75)
    if target is not None:
        drawing.line(0, zero - target * unit, size.width, zero - target * unit, OCHRE, 1.2, stroke_dasharray="4 2")
    return drawing.svg()
