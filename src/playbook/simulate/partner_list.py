"""The thirty organizations at Port Alder's table, and what they promised each other."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Partner:
    """One organization.

    Parameters
    ----------
    name, sector, type, controls
        As stored in the table.
    households
        How many households it serves directly; 0 when it serves none, or only through others.
    trusted
        Points above what partners trust on average, on a scale of 1 to 4.
    """

    name: str
    sector: str
    type: str
    controls: str
    households: int = 0
    trusted: float = 0.0


# The coordinator comes first: paid by a grant, she holds the table together.
COORDINATOR = (
    Partner("Sluice Street fund, table coordinator", "Money", "Grant-funded", "Convening", 0, 0.3),
)
CORE = (
    Partner("Port Alder school district", "Learning", "Public", "Schools", 18_000, 0.2),
    Partner("Port Alder State University", "Learning", "Public", "Research"),
    Partner("Workforce board", "Learning", "Public", "Jobs", 4_100),
    Partner("Building trades", "Learning", "Member group", "Jobs"),
    Partner("Housing authority", "Homes", "Public", "Homes", 6_400, -0.2),
    Partner("Ropewalk Homes", "Homes", "Nonprofit", "Homes", 520),
    Partner("Weir Street Shelter", "Homes", "Nonprofit", "Homes", 430),
    Partner("Ladle Lane Housing", "Homes", "Nonprofit", "Homes", 380),
    Partner("Kiln Housing", "Homes", "Nonprofit", "Homes", 340),
    Partner("Tollbar Homes", "Homes", "Nonprofit", "Homes", 300),
    Partner("Quarry Homes", "Homes", "Nonprofit", "Homes", 260),
    Partner("Foundry land trust", "Homes", "Nonprofit", "Land", 0, 0.4),
    Partner("Ferry Hill Community Capital", "Money", "Nonprofit", "Loans", 5_200, 0.3),
    Partner("Merchants' bank on Market Square", "Money", "Business", "Loans", 0, -0.3),
    Partner("Chamber of commerce", "Money", "Member group", "Jobs"),
    Partner("Interfaith table", "Residents", "Member group", "Residents' voice", 0, 0.5),
    Partner("Legal aid", "Residents", "Nonprofit", "Legal help", 1_900, 0.3),
    Partner("Food bank", "Residents", "Nonprofit", "Food", 9_800, 0.7),
    Partner("Transit", "Utilities", "Public", "Rides"),
    Partner("The port", "Utilities", "Public", "Land"),
    Partner("The power company", "Utilities", "Business", "Power", 0, -0.4),
    Partner("Public broadcaster", "Utilities", "Nonprofit", "News", 0, 0.3),
)
HEALTH = (
    Partner("County health department", "Health", "Public", "Public health", 14_000, 0.2),
    Partner("Alder General", "Health", "Nonprofit", "Hospital care"),
    Partner("Bell Tower hospital", "Health", "Nonprofit", "Hospital care"),
    Partner("Pierhead hospital", "Health", "Business", "Hospital care"),
)
RESIDENTS = (
    Partner("Eastbank Residents' Council", "Residents", "Member group", "Residents' voice", 0, 0.6),
    Partner("Mill Flats Tenants", "Residents", "Member group", "Residents' voice", 0, 0.4),
    Partner("Youth council", "Residents", "Member group", "Residents' voice", 0, 0.3),
)
PARTNERS = (*COORDINATOR, *CORE, *HEALTH, *RESIDENTS)

# These two serve the same families and have never talked.
SCHOOLS = "Port Alder school district"
LENDER = "Ferry Hill Community Capital"
SHARED_FAMILIES = 3_100

# What organizations promised to change in their own house, and what else they promised.
OWN_CHANGES = (
    "Accept the other agency's proof of income",
    "Send one letter instead of three",
    "Open the front desk until seven on Thursdays",
    "Pay a resident to sit on the hiring panel",
    "Move one hiring day a month to the library",
    "Translate every form into two languages",
    "Hold board meetings in the evening, with child care",
    "Ask for an address once, not at every visit",
)
OTHER_PROMISES = (
    "Send a speaker to the spring meeting",
    "Put the table's logo on the website",
    "Lend a room for two meetings",
    "Share the newsletter with members",
    "Name a contact person",
    "Bring coffee and a translator",
    "Write a letter of support",
    "Sign the shared statement",
    "Host a visit for partners",
    "Hand out the flyer",
    "Send last year's report",
    "Join the working group on rides",
)
