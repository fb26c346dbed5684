"""What Port Alder's initiatives of 2010 to 2015 were called, and who led them."""

from __future__ import annotations

# Name and department. The first 20 were led by the mayor of that time.
_FLAGSHIPS = """
Port Alder Promise|Mayor's Office of Results
One Thousand Jobs|Mayor's Office of Results
Green by the River|Parks and Forestry
Read by Third Grade Pledge|Library
Safe Summer Nights|Mayor's Office of Results
Smart Streets|Public Works
Harbor Lights Festival Fund|Community Engagement
Zero Waste Challenge|Public Works
Mayor's Fitness Year|Parks and Forestry
Homes for All Summit|Human Services and Housing
Tech on the Pier|Planning
Ten Thousand Trees|Parks and Forestry
Clean Blocks Contest|Code Enforcement
Healthy Harbor Plan|Mayor's Office of Results
Downtown Free Wi-Fi|Data and 311
Young Inventors' Prize|Library
City of Bikes|Planning
Night Market|Community Engagement
Fast Permits Team|Planning
Big Idea Grants|Mayor's Office of Results
"""

# Written into law, on a line of the yearly budget, and run with a partner outside city hall.
_SAFEGUARDED = """
Rental inspection every five years|Code Enforcement
Library cards at school|Library
Lead-safe home registry|Code Enforcement
Senior bus passes|Human Services and Housing
Smoke alarm visits|Fire and Rescue
Street tree contract with the land trust|Parks and Forestry
Apprentices on city jobs|Procurement
Legal help against eviction|Human Services and Housing
School crossing guards|Public Works
Summer meals in parks|Parks and Forestry
Tax filing help|Finance and Budget
Bank accounts for all|Finance and Budget
Local food for city kitchens|Procurement
Court reminder letters|Data and 311
"""

_BETWEEN = """
Open budget pages|Finance and Budget
Pothole map|Public Works
Language line|Data and 311
Block captain training|Community Engagement
Fire hydrant adoption|Fire and Rescue
Rain barrels|Public Works
Youth council|Community Engagement
Homework help at branches|Library
Storefront repair loans|Planning
Mobile city hall|Community Engagement
Corner store fruit|Human Services and Housing
Results meetings|Mayor's Office of Results
Recycling at apartments|Public Works
Interpreters at hearings|Community Engagement
Tool library|Library
Paid internships|Procurement
Night basketball|Parks and Forestry
Home energy visits|Human Services and Housing
Vacant lot gardens|Parks and Forestry
Small bids first|Procurement
Welcome desk for newcomers|Community Engagement
Street outreach team|Human Services and Housing
Bookmobile|Library
Graffiti crew with schools|Public Works
Bike lanes on Millrace|Planning
One form for housing|Human Services and Housing
Fall checks for older residents|Fire and Rescue
Computer lending|Library
Sidewalk survey|Public Works
Vendor help desk|Procurement
Dumping cameras|Code Enforcement
Pool lessons for children|Parks and Forestry
Repair help for owners|Code Enforcement
Story hours in three languages|Library
Snow angels|Community Engagement
Staff ideas box|Mayor's Office of Results
Data walk with residents|Data and 311
Safe routes team|Planning
"""


def _rows(text: str) -> list[tuple[str, str]]:
    pairs = (line.split("|") for line in text.strip().splitlines())
    return [(name, department) for name, department in pairs]


FLAGSHIPS, SAFEGUARDED, BETWEEN = _rows(_FLAGSHIPS), _rows(_SAFEGUARDED), _rows(_BETWEEN)
