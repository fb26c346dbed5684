"""The programs of Port Alder's budget: department, name, result served, evidence behind it."""

from __future__ import annotations

CORE = "Core service"
NOT_RATED = "not rated"

# A department with its yearly dollars in millions; then its programs, with the result that each
# serves and the evidence for it. A program of no result is a core service, which nobody rates.
_PROGRAMS = """
# Mayor's Office of Results|2.4
Health equity program|A city that listens|promising
Results meetings|A city that listens|promising
Council liaison
Press office
State and federal relations
Small grants to blocks|A city that listens|untested
Young leaders' year|Children and youth|untested
Mayor's new ideas|A city that listens|untested
# Data and 311|4.2
311 call center
Open data pages|A city that listens|untested
Data team|A city that listens|promising
Language line|A city that listens|strong
Maps and addresses
Resident survey|A city that listens|promising
Sensors on bins|Clean and cool places|untested
Staff training in data|A city that listens|untested
# Public Works|68
Trash and recycling
Snow and ice
Street resurfacing|Safe streets|untested
Pothole crews|Safe streets|untested
Streetlights|Safe streets|strong
Safe crossings|Safe streets|strong
Sidewalk repair|Safe streets|promising
Storm drains|Clean and cool places|promising
Dumping clean-up|Clean and cool places|untested
Vehicle yard
# Fire and Rescue|52
Fire stations
Ambulance service
Fire inspections|Healthy homes|promising
Smoke alarm visits|Healthy homes|strong
Fire academy
School talks on fire|Children and youth|untested
Home visits after falls|Healthy homes|promising
Rescue boat
# Human Services and Housing|31
Homeless shelter contracts|Healthy homes|promising
Street outreach|Healthy homes|promising
Rent help|Healthy homes|promising
Legal help against eviction|Healthy homes|strong
Home repair loans|Healthy homes|promising
Senior meals|Healthy homes|strong
Child care help|Children and youth|strong
Summer jobs|Children and youth|strong
Job training contracts|Work and income|promising
Tax filing help|Work and income|promising
# Planning|6
Permits and zoning
Comprehensive plan|A city that listens|untested
Historic places
Small business counter|Work and income|untested
Affordable housing review|Healthy homes|untested
Street design|Safe streets|promising
Land bank|Healthy homes|promising
Neighborhood plans|A city that listens|untested
# Parks and Forestry|22
Park upkeep
Recreation centers|Children and youth|promising
Pools and splash pads|Clean and cool places|promising
Street trees|Clean and cool places|strong
Community gardens|Clean and cool places|promising
Youth sports|Children and youth|untested
Trails|Safe streets|untested
Cooling shelters|Clean and cool places|promising
Summer concerts
# Finance and Budget|9
Budget office
Accounting
Tax collection
Debt office
Grants office|A city that listens|untested
Audit
Fee help desk|Work and income|untested
Risk and insurance
# Procurement|3
Purchasing desk
Contract review
Local business outreach|Work and income|untested
Results in contracts|A city that listens|promising
Surplus sales
Vendor training|Work and income|untested
Bid notices
Contract data
# Community Engagement|2.2
Neighborhood liaisons|A city that listens|untested
Participatory budget|A city that listens|promising
Interpreters at meetings|A city that listens|promising
Newsletter
Volunteer days|Clean and cool places|untested
Block leader training|A city that listens|untested
Youth council|Children and youth|untested
Welcome center for newcomers|Work and income|untested
# Code Enforcement|7
Complaint inspections|Healthy homes|untested
Rental inspections|Healthy homes|strong
Lead paint checks|Healthy homes|strong
Vacant lots|Clean and cool places|strong
Sign and fence rules
Emergency board-up|Safe streets|untested
Repair orders|Healthy homes|promising
# Library|14
Branches
Books and media
Story hours|Children and youth|promising
Homework help|Children and youth|untested
Job search desks|Work and income|untested
Bookmobile|Children and youth|untested
Internet lending|Work and income|promising
Citizenship classes|Work and income|untested
"""


def _parsed() -> tuple[list[tuple[str, str, str, str]], dict[str, float]]:
    programs, millions, department = [], {}, ""
    for line in _PROGRAMS.strip().splitlines():
        if line.startswith("#"):
            department, dollars = line[2:].split("|")
            millions[department] = float(dollars)
        else:
            name, result, evidence = [*line.split("|"), CORE, NOT_RATED][:3]
            programs.append((department, name, result, evidence))
    return programs, millions


# Department, program, result and evidence of each program; and millions of dollars by department.
PROGRAMS, MILLIONS = _parsed()
