"""QR codes as drawings in the page: no picture from elsewhere, no style of its own."""

from __future__ import annotations

import segno
from markupsafe import Markup

QUIET = 4  # modules of white around it (ISO/IEC 18004)


def qr(text: str, label: str, *, scale: int = 4, css: str = "qr") -> Markup:
    """A QR code; `label` says to a screen reader what it leads to."""
    code = segno.make(text, error="m", micro=False)
    width, height = code.symbol_size(scale=1, border=QUIET)
    path = "".join(
        f"M{x} {y}h1v1h-1z"
        for y, row in enumerate(code.matrix_iter(border=QUIET))
        for x, dark in enumerate(row)
        if dark
    )
    return Markup(
        '<svg class="{}" viewBox="0 0 {} {}" width="{}" height="{}" role="img" aria-label="{}" '
        'shape-rendering="crispEdges"><path d="M0 0h{}v{}H0z" fill="#fff"/>'
        '<path d="{}" fill="#000"/></svg>'
    ).format(css, width, height, width * scale, height * scale, label, width, height, path)
