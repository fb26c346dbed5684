"""What Port Alder's money is called, what it may pay for, and what it is needed for.

Federal and state programs bear their public names. Every amount, award and local source is made up.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Source:
    """One source of money.

    Parameters
    ----------
    name
        As on the award letter.
    level
        ``"federal"``, ``"state"``, ``"local"``, ``"private"`` or ``"philanthropic"``: who hands it
        to the city. Federal money that comes through the state is ``"state"``.
    type
        Kind of money, such as ``"formula grant"``.
    match_rate
        Dollars that the city must add for each dollar of the source.
    can_be_match
        Whether it may count as the city's part of another grant: yes, no, or ask.
    spend_by
        Last day to spend it. Empty when it comes again every year.
    use_id
        The one use it may pay for. Empty when there are several.
    """

    name: str
    level: str
    type: str
    match_rate: float
    can_be_match: str
    spend_by: str
    use_id: str = ""

    @property
    def federal_origin(self) -> bool:
        """Whether the dollars were federal before they reached the city."""
        return self.level == "federal" or self.type == "pass-through grant"


# Uses in the order in which they got a line in the budget: the newest six have no source of their
# own. Name, result that it serves, evidence behind it.
_USES = """
Street repair and safe crossings|Safe streets|strong
Affordable apartments|Healthy homes|promising
Homeless shelter and outreach|Healthy homes|promising
Job training|Work and income|strong
Child care seats|Children and youth|strong
Weatherization and cooling|Healthy homes|strong
Lead pipes|Healthy homes|strong
Lead paint removal|Healthy homes|strong
Summer jobs for young people|Children and youth|strong
Trees and shade|Clean and cool places|promising
Violence interruption|Safe streets|promising
Summer meals|Children and youth|promising
Asthma home repair|Healthy homes|strong
Legal help against eviction|Healthy homes|strong
Community health workers|Healthy homes|strong
Pay for resident leaders|A city that listens|untested
Night bus to the port|Work and income|untested
Data and results staff|A city that listens|promising
"""

# Single-use money, by use: name, level, type, match rate, can be match, last day to spend it.
_SINGLE = """
U01|Highway Safety Improvement Program|state|pass-through grant|0.11|no|
U01|Safe Streets and Roads for All|federal|competitive grant|0.25|no|2028-09-30
U01|Transportation Alternatives|state|pass-through grant|0.25|no|2026-09-30
U01|Safe Routes to School, state round|state|state grant|0|yes|2026-06-30
U01|State road aid|state|formula grant|0|yes|
U01|Street repair levy|local|local tax|0|yes|
U01|Builders' street fee|local|local fee|0|yes|
U01|Port tenants' road pledge|private|pledge|0|yes|2026-12-31
U02|HOME Investment Partnerships|federal|formula grant|0.25|no|
U02|National Housing Trust Fund|state|pass-through grant|0|no|
U02|State housing bond|state|bond|0|yes|2027-06-30
U02|Low-Income Housing Tax Credit equity|private|investment|0|no|2026-12-31
U02|Housing fee on new offices|local|local fee|0|yes|
U02|City housing bond|local|bond|0|yes|2027-12-31
U03|Emergency Solutions Grants|federal|formula grant|1|no|
U03|Continuum of Care grant|federal|competitive grant|0.25|no|2026-09-30
U03|State homeless aid|state|state grant|0|yes|2026-06-30
U03|Hotel tax share for shelter|local|local tax|0|yes|
U03|Winter beds appeal|philanthropic|gift|0|yes|2026-04-30
U04|Workforce Innovation and Opportunity Act, adults|state|pass-through grant|0|no|
U04|Workforce Innovation and Opportunity Act, laid-off workers|state|pass-through grant|0|no|
U04|State apprenticeship grant|state|state grant|0.1|yes|2027-06-30
U04|Port employers' training pledge|private|pledge|0|yes|2026-12-31
U04|Steelworkers' training fund|philanthropic|gift|0|yes|
U05|Child Care and Development Fund|state|pass-through grant|0|no|
U05|Head Start|federal|competitive grant|0.25|no|
U05|State preschool aid|state|state grant|0|yes|
U05|Employers' child care pledge|private|pledge|0|yes|2027-12-31
U06|Weatherization Assistance Program|state|pass-through grant|0|no|
U06|Low Income Home Energy Assistance, repair share|state|pass-through grant|0|no|
U06|State and Local Fiscal Recovery Funds, signed in 2024|federal|recovery funds|0|ask|2026-12-31
U06|Power company savings fund|private|pledge|0|yes|2028-12-31
U07|Drinking Water State Revolving Fund, lead lines|state|pass-through grant|0|no|2027-09-30
U07|State lead pipe grant|state|state grant|0.1|yes|2026-06-30
U07|Water bill share for pipes|local|local fee|0|yes|
U08|Lead Hazard Reduction grant|federal|competitive grant|0.1|no|2027-09-30
U08|State lead paint settlement|state|settlement|0|yes|2026-12-31
U08|Rental inspection fee|local|local fee|0|yes|
U09|Workforce Innovation and Opportunity Act, youth|state|pass-through grant|0|no|
U09|Sluice Street fund, summer jobs|philanthropic|gift|0|yes|2026-08-31
U10|Urban and Community Forestry grant|federal|competitive grant|1|no|2026-09-30
U11|Community violence intervention grant|federal|competitive grant|0|no|2026-09-30
U12|Summer Food Service Program|state|pass-through grant|0|no|
"""

# Money with several uses: the same columns without the use.
_FLEXIBLE = """
Community Development Block Grant|federal|formula grant|0|ask|
Community Services Block Grant|state|pass-through grant|0|ask|
Social Services Block Grant|state|pass-through grant|0|ask|
Energy Efficiency and Conservation Block Grant|federal|formula grant|0|no|2026-09-30
Preventive Health and Health Services Block Grant|state|pass-through grant|0|ask|
State revenue sharing|state|formula grant|0|yes|
State health equity grant|state|state grant|0|yes|2026-06-30
Opioid settlement share|local|settlement|0|yes|2032-12-31
General fund, equity line|local|local tax|0|yes|
Parking revenue share|local|local fee|0|yes|
Mayor's new ideas fund|local|local tax|0|yes|2026-06-30
Ferry Hill Community Capital, flexible loans|private|investment|0|yes|2028-12-31
Bank community grant|private|gift|0|yes|2026-12-31
Alder General, community gift|philanthropic|gift|0|yes|2026-12-31
Pierhead, community gift|philanthropic|gift|0|yes|2026-12-31
Sluice Street fund, open grant|philanthropic|gift|0|yes|2027-06-30
Port Alder neighbors' fund|philanthropic|gift|0|yes|
"""


def _rows(text: str) -> list[list[str]]:
    return [line.split("|") for line in text.strip().splitlines()]


def _source(use_id: str, cells: list[str]) -> Source:
    name, level, kind, rate, match, last = cells
    return Source(name, level, kind, float(rate), match, last, use_id)


# Name, result and evidence of each use; then every source, single-use money first.
USES = tuple((name, result, evidence) for name, result, evidence in _rows(_USES))
SOURCES = tuple(
    [_source(use_id, cells) for use_id, *cells in _rows(_SINGLE)]
    + [_source("", cells) for cells in _rows(_FLEXIBLE)]
)
