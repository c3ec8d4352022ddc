"""The columns of the data set and their scales, those of Zahn et al. (2022), doi:10.1371/journal.pcbi.1010512."""

from __future__ import annotations

INPUTS = ("phi0", "theta0", "x_f", "y_f", "phi_f", "theta_f", "xd0", "yd0", "phid0", "thetad0")
"""What the controller is told: the start, and where to be at the end. Angles are never wrapped."""
OUTPUTS = ("Fx", "Fy", "tau", "xd_f", "yd_f", "phid_f", "thetad_f")
"""What it answers: F cos α, F sin α and τ, and the rates at the end."""
COLUMNS = INPUTS + OUTPUTS

SCALERS: dict[str, tuple[float, float]] = {
    "phi0": (6.390941208353964e-07, 6.283185093242811),
    "theta0": (1.548182233539999e-08, 6.283180972483073),
    "x_f": (-35.75319351752432, 35.86490232336672),
    "y_f": (-35.844575732037974, 35.444597787815844),
    "phi_f": (-3.7041549689258866, 10.042032261700246),
    "theta_f": (-3.771311997118624, 9.874107736386405),
    "xd0": (-1499.999735523088, 1499.999577927918),
    "yd0": (-1499.9988422161355, 1499.9994029570662),
    "phid0": (-24.999994759437072, 24.999998024774357),
    "thetad0": (-24.999998264913742, 24.999994878629856),
    "Fx": (-44299.699241454444, 44298.416465295406),
    "Fy": (-44295.03286488278, 44298.128483762375),
    "tau": (-99999.97560235242, 99999.9675180047),
    "xd_f": (-2069.3405027279214, 2054.3402912096353),
    "yd_f": (-2076.498197075663, 2029.7624663637541),
    "phid_f": (-359.4109262630778, 359.7371470820568),
    "thetad_f": (-365.9311061515152, 356.9867018610181),
}
"""Smallest and largest value of each column, scaled to -0.5 and 0.5: those of the study's 8 million training runs.

They are the fitted scalers of the authors' public code, fixed so that losses compare between data sets of any size; a
few values of another data set lie a little outside.
"""
