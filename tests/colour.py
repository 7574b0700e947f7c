"""Colours as numbers: their contrast, what colour-blind readers see of them, and how far apart two of them are."""

from collections.abc import Sequence
from math import atan2, cos, degrees, exp, hypot, radians, sin, sqrt

import numpy as np

Rgb = tuple[int, int, int]

BLINDNESS = {  # severity 1, for linear RGB: Machado, Oliveira, Fernandes 2009, table 1
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
    "none": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
}
_XYZ = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750), (0.0193339, 0.1191920, 0.9503041))  # sRGB
_WHITE = (0.95047, 1.0, 1.08883)  # D65


def _linear(rgb: Rgb) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    shares = np.array(rgb) / 255
    return np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)


def contrast(one: Rgb, other: Rgb) -> float:
    """From 1 to 21, as WCAG 2.2 defines it."""
    low, high = sorted(float(_linear(rgb) @ (0.2126, 0.7152, 0.0722)) for rgb in (one, other))
    return (high + 0.05) / (low + 0.05)


def lab(rgb: Rgb, blindness: str = "none") -> tuple[float, float, float]:
    """A colour in CIELAB (D65), as readers with a blindness see it."""
    seen = np.clip(np.array(BLINDNESS[blindness]) @ _linear(rgb), 0, 1)
    x, y, z = (
        t ** (1 / 3) if t > (6 / 29) ** 3 else t / (3 * (6 / 29) ** 2) + 4 / 29 for t in np.array(_XYZ) @ seen / _WHITE
    )
    return float(116 * y - 16), float(500 * (x - y)), float(200 * (y - z))


def difference(one: Sequence[float], other: Sequence[float]) -> float:
    """CIEDE2000 of two colours in CIELAB, as in Sharma, Wu, Dalal 2005; 1 can just be noticed side by side."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    mean = (hypot(a1, b1) + hypot(a2, b2)) / 2
    g = 1.5 - sqrt(mean**7 / (mean**7 + 25**7)) / 2
    c1, c2 = hypot(g * a1, b1), hypot(g * a2, b2)
    h1, h2 = degrees(atan2(b1, g * a1)) % 360, degrees(atan2(b2, g * a2)) % 360
    turn = 0.0 if c1 * c2 == 0 else (h2 - h1 + 180) % 360 - 180
    hue = h1 + h2 if c1 * c2 == 0 else (h1 + turn / 2) % 360
    light, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    t = (
        1
        - 0.17 * cos(radians(hue - 30))
        + 0.24 * cos(radians(2 * hue))
        + 0.32 * cos(radians(3 * hue + 6))
        - 0.20 * cos(radians(4 * hue - 63))
    )
    dl = (l2 - l1) / (1 + 0.015 * (light - 50) ** 2 / sqrt(20 + (light - 50) ** 2))
    dc = (c2 - c1) / (1 + 0.045 * chroma)
    dh = 2 * sqrt(c1 * c2) * sin(radians(turn / 2)) / (1 + 0.015 * chroma * t)
    bend = -2 * sqrt(chroma**7 / (chroma**7 + 25**7)) * sin(radians(60 * exp(-(((hue - 275) / 25) ** 2))))
    return sqrt(dl**2 + dc**2 + dh**2 + bend * dc * dh)
