"""Who reports what is there: reports set against what an audit found."""

from __future__ import annotations

import math

import pandas as pd

from playbook.measures.curves import check_columns
from playbook.measures.rates import rate

PER = 100
COUNTS = ["hazards_found", "reports"]


def reporting_propensity(audit: pd.DataFrame, by: str) -> pd.DataFrame:
    """Count reports per 100 hazards that an audit found, group by group.

    Parameters
    ----------
    audit
        One row a place, with ``hazards_found`` and ``reports``: whole numbers from 0 up.
    by
        Column that names the group of each place, such as its district.

    Returns
    -------
    pandas.DataFrame
        One row a group: its name in the column `by`, ``hazards_found``, ``reports``, ``per_100``
        with its 95 percent range ``low`` and ``high``. NaN where no hazard was found: then there
        was nothing to report. A hazard can bring several reports, so there can be more than 100.

    Raises
    ------
    PlaybookError
        When a column is missing, or a sum of counts is below 0 or not whole.

    Notes
    -----
    Byar's limits from 10 reports on, exact Poisson limits below, as in `rate`.

    Examples
    --------
    >>> audit = pd.DataFrame(
    ...     {
    ...         "district": ["Mill", "Hill", "Mill", "Hill"],
    ...         "hazards_found": [60, 40, 40, 35],
    ...         "reports": [9, 30, 12, 44],
    ...     }
    ... )
    >>> reporting_propensity(audit, by="district").round(1)
      district  hazards_found  reports  per_100   low   high
    0     Hill             75       74     98.7  77.5  123.9
    1     Mill            100       21     21.0  13.0   32.1
    """
    check_columns(audit, [by, *COUNTS])
    sums = audit.groupby(by, as_index=False, observed=True)[COUNTS].sum(min_count=1)
    found = [
        rate(reports, hazards, per=PER) if hazards else None
        for hazards, reports in zip(sums["hazards_found"], sums["reports"], strict=True)
    ]
    return sums.assign(
        per_100=[one.value if one else math.nan for one in found],
        low=[one.low if one else math.nan for one in found],
        high=[one.high if one else math.nan for one in found],
    )
