"""Where newcomers stem from: as those who already worked in their market at the end of 2014."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.law import Law
from sim.workforce.margins import AXES, INTER_PROVINCIAL, URBAN
from sim.workforce.synthesis import cell_shares

_WITHIN = tuple(axis for axis, name in enumerate(AXES) if name not in ("province", "sector", "mobility"))


class Origins(NamedTuple):
    """Chances of a newcomer: by market and province of work, and by source."""

    rural: NDArray[np.float64]  # (31, 4) of rural hukou
    outside: NDArray[np.float64]  # (31,) of another home province, given rural hukou
    education: NDArray[np.float64]  # (3, 5) cumulative: from school, rural adults, urban adults


def origins(law: Law) -> Origins:
    """Shares of the first population, times the factors of the law.

    Networks and the kind of work decide who comes: construction takes on builders from the villages,
    and the coast takes on people from afar.
    """
    table = cell_shares(
        law.industrial_share_of_skilled, law.technician_share_start, law.unemployment_frictional
    ).share
    by_market = table.sum(axis=_WITHIN)
    rural = by_market.sum(axis=2) - by_market[:, :, URBAN]
    outside = by_market[:, :, INTER_PROVINCIAL].sum(axis=1) / rural.sum(axis=1)
    return Origins(
        rural=np.minimum(1.0, law.entrant_rural_factor * rural / by_market.sum(axis=2)),
        outside=np.minimum(1.0, law.entrant_outside_factor * outside),
        education=np.cumsum(
            (law.school_entrant_education, law.rural_entrant_education, law.urban_entrant_education), axis=1
        ),
    )
