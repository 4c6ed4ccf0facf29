"""The notebook's pictures by subject, of which `cs231n.vis_utils` has all, and the colours that they share.

The colours differ in lightness as well, so that they survive colour blindness and grey print.
"""

import numpy as np

# The dark and the middle one are of Paul Tol's high-contrast scheme, https://sronpersonalpages.nl/~pault/, 2021.
DARK, MIDDLE, LIGHT = "#004488", "#bb5566", "0.82"
ACCURACY = "viridis"  # from dark to light without a turn
SHARE = "Blues"  # from white, which is none at all


def ink_on(color):
    """Black or white, whichever stands out more from a colour (RGB, 0 to 1), by the relative luminance of WCAG 2."""
    luminance = np.dot(np.power(color[:3], 2.2), (0.2126, 0.7152, 0.0722))
    return "black" if luminance > 0.179 else "white"
