"""What other cities did about heat, what Port Alder could do, and who has a say. Written by hand.

All cities are made up. The kinds of law and money are those that real cities use.
"""

from __future__ import annotations

# Criteria of the options. More points are always better: of cost, 10 is the least.
CRITERIA = ("lives", "equity", "cost", "speed", "feasible", "other_gains", "residents")

# Option, what it does, lever, department in the lead, and points from 1 to 10 in the order of
# `CRITERIA`. Points are our own invention, like the city.
OPTIONS = (
    (
        "Cooling centers",
        "Open libraries and schools as cool rooms on hot days, with rides.",
        "Program",
        "Library",
        (5, 4, 7, 9, 9, 3, 7),
    ),
    (
        "Rental heat rule with a repair fund",
        "Set a highest indoor temperature for rented homes, and pay small owners to meet it.",
        "Ordinance and fund",
        "Code Enforcement",
        (8, 9, 5, 5, 5, 8, 8),
    ),
    (
        "Ten thousand trees",
        "Plant street trees where the canopy is thin, and water them for three years.",
        "Budget",
        "Parks and Forestry",
        (6, 7, 4, 3, 6, 9, 6),
    ),
    (
        "Help with summer power bills",
        "Stop shutoffs on hot days and pay a part of the bill.",
        "Utility agreement",
        "Human Services and Housing",
        (7, 6, 6, 6, 7, 6, 5),
    ),
    (
        "Heat alerts by text",
        "Send a warning in three languages, with the nearest cool room.",
        "Program",
        "Data and 311",
        (4, 3, 8, 8, 8, 2, 5),
    ),
    (
        "Cool roofs and shaded stops",
        "Paint flat roofs white and put shade at bus stops, the hottest places first.",
        "Building code and budget",
        "Planning",
        (6, 8, 3, 4, 5, 7, 9),
    ),
    (
        "A month of posters",
        "Put up posters on how to stay cool.",
        "Program",
        "Community Engagement",
        (4, 3, 7, 7, 8, 2, 4),
    ),
    (
        "A heat officer",
        "Hire one person to bring the departments' plans together.",
        "Budget",
        "Mayor's Office of Results",
        (4, 4, 7, 7, 6, 5, 6),
    ),
)

# What a city did, lever, who may decide it.
POLICIES = (
    ("Highest indoor temperature in rented homes", "Ordinance", "City"),
    ("Cooling required in new rented homes", "Building code", "City"),
    ("No power shutoffs on hot days", "Utility agreement", "State"),
    ("Light roofs on new flat buildings", "Building code", "City"),
    ("Shade required over new parking lots", "Zoning", "City"),
    ("Trees kept when land is built on", "Zoning", "City"),
    ("Fee for paved land pays for trees", "Fee", "City"),
    ("Air conditioners lent to older residents", "Program", "City"),
    ("Cool rooms in libraries and schools", "Program", "City"),
    ("Water, rest and shade for outdoor workers", "Ordinance", "State"),
    ("A heat plan with a named lead", "Plan", "City"),
    ("Street trees where the canopy is thin", "Budget", "City"),
)

CITIES = (
    "Amberlock", "Aldenmoor", "Birchhaven Falls", "Brindlegate", "Calderbrook", "Cinderford Bay",
    "Copperline", "Dunmarrow", "Eastwillow", "Elmsworth Point", "Fallowmere", "Farrowgate",
    "Gladehollow", "Graniteport", "Harrowfield Bend", "Hollowpine", "Inglebrook", "Ironwhistle",
    "Juniper Locks", "Kestrelton", "Larchminster", "Lindenquay", "Marrowstone Flats", "Merrowdale",
    "Nettlecombe", "Oakenshore", "Orrisfield", "Pebblegate", "Quillhaven", "Ravensluice",
    "Rosterville", "Saltwhistle", "Sedgeport", "Tanglewick", "Thistlebend", "Umberfield",
    "Velvet Springs", "Whitlockton", "Wrenmouth", "Yarrowgate",
)  # fmt: skip

EVIDENCE = ("None published", "Before and after", "Compared with others", "Trial")

# Who has a say: power from 1 (little) to 5 (decides), position from -2 (against) to 2 (for) the
# rental heat rule, and when they can be reached.
VOICES = (
    ("Mayor", 5, 1, "Before the budget goes to the council in March"),
    ("Council member for Eastbank", 4, 2, "Any week; holds office hours"),
    ("Council member for Mill Flats", 4, 2, "Any week"),
    ("Council member for Highland", 4, -1, "After the hearing on costs"),
    ("Council member for Midtown", 4, 0, "Before the committee meets"),
    ("Finance director", 4, -1, "Until the budget is printed"),
    ("Code Enforcement director", 3, 1, "Any time; needs two more inspectors"),
    ("Mill Flats Tenants", 2, 2, "Monthly meeting"),
    ("Eastbank Residents' Council", 2, 2, "Monthly meeting, in three languages"),
    ("Owners of large rental buildings", 4, -2, "Through the chamber of commerce"),
    ("Owners of two to four homes", 2, -1, "If the repair fund is named first"),
    ("County health department", 3, 2, "When the summer plan is written"),
    ("Power company", 3, 0, "When rates are reviewed"),
    ("Legal aid", 2, 2, "Any time"),
    ("Building trades", 3, 1, "When work rules are drafted"),
    ("Ferry Hill Community Capital", 2, 1, "Before its lending plan is set"),
    ("Housing authority", 3, 0, "When its repair list is drawn up"),
    ("Residents older than 65 who live alone", 1, 1, "At home, by people they know"),
)
