"""How the messy city names its places, its columns and its groups. None of them exists."""

from __future__ import annotations

# State 29 has no county 999: the codes are well formed and match no real tract.
COUNTY = "29999"
OTHER_COUNTY = "29777"

# 23 census tracts. Some neighborhoods have two, and cities write their names as they like.
NEIGHBORHOODS = (
    "Tannery Row", "Tannery Row", "Bellows", "Cooper's Yard", "Saint Brannoc", "Lower Basin",
    "Upper Basin", "Coalgate", "Hatchery", "Signal Hill East", "Old Fairground", "Fairground Park",
    "Plum Orchard", "Plum Orchard", "Tollgate Common", "Gasworks", "Linden Square", "Academy",
    "Waterworks", "Sycamore Rise", "Deer Run", "Overlook", "Golden Acre",
)  # fmt: skip
WARDS = ("Ward 1", "Ward 2", "Ward 3")

# What the lessons call it: what this city calls it.
AGES = {
    "Under 1": "<1 year",
    "1-4": "1 to 4",
    "5-14": "5 to 14",
    "15-24": "15 to 24",
    "25-34": "25 to 34",
    "35-44": "35 to 44",
    "45-54": "45 to 54",
    "55-64": "55 to 64",
    "65-74": "65 to 74",
    "75-84": "75 to 84",
    "85 and older": "85+",
}
CAUSES = {"Overdose": "Drug poisoning", "All other causes": "Other"}
# The hospitals count the three conditions together.
CONDITION = "Ambulatory care sensitive"
GROUPS = {
    "White": "White, not Hispanic",
    "Black": "African American",
    "Hispanic": "Latino/a",
    "Asian": "Asian or Pacific Islander",
    "American Indian and Alaska Native": "Native American",
    "Other or several": "Two or more, other",
}
INCOMES = {"Lowest": "Low", "Middle": "Mid", "Highest": "High"}
REQUEST_TYPES = {
    "Missed collection": "Trash not picked up",
    "Graffiti": "Graffiti removal",
    "Illegal dumping": "Dumping",
    "Pothole": "Pothole / street",
    "Streetlight": "Street light out",
    "Tree trimming": "Tree",
}
CHANNELS = {"phone": "Call", "app": "Mobile App", "web": "Website", "staff": "Inspector"}
ROLES = {"Leader": "Director", "Manager": "Supervisor", "Front line": "Crew"}
DEPARTMENTS = {
    "Mayor's Office of Results": "City Manager",
    "Data and 311": "Information Technology",
    "Public Works": "Streets",
    "Fire and Rescue": "Fire",
    "Human Services and Housing": "Housing",
    "Planning": "Zoning",
    "Parks and Forestry": "Parks",
    "Finance and Budget": "Finance",
    "Procurement": "Purchasing",
    "Community Engagement": "Neighborhood Office",
    "Code Enforcement": "Inspections",
    "Library": "Libraries",
}
RESULTS = {
    "Residents live long and healthy lives": "Healthy people",
    "Children get a good start": "Ready children",
    "Everyone has a safe home they can afford": "Good homes",
    "Residents earn enough to live on": "Fair pay",
    "Streets and parks are safe and pleasant": "Safe streets",
    "Residents trust city hall and are heard": "Open government",
}
KINDS = {"how much": "Output", "how well": "Quality", "better off": "Outcome"}
LEVELS = {"population": "Community", "performance": "Program"}
