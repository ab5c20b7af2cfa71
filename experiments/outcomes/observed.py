"""Published figures, to lay the model's beside them."""

import pandas as pd

from sim.outcomes.published import PROVINCIAL


def figures() -> pd.DataFrame:
    """All published figures of the country and of provinces: indicator, province, year, observed."""
    from sim.data import load

    national = load("national_series").assign(province="all")
    provincial = load("provincial_series").assign(province=lambda rows: rows["code"].astype(str))
    both = pd.concat((national, provincial[provincial["indicator"].isin(PROVINCIAL)]))
    rows = both[["indicator", "province", "year", "value"]].rename(columns={"value": "observed"})
    return rows.astype({"year": int, "observed": float})
