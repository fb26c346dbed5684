"""Ninety strategies of six plans, in their authors' words, with the priorities that each is for.

Three of them stand there many times, under other names: in 16, in 14 and in 11 rows.
"""

from __future__ import annotations

# The priorities that plans are sorted by. Nobody's strategy is for the last one.
PRIORITIES = (
    "youth", "jobs", "training",
    "food", "exercise", "chronic illness",
    "eviction", "homelessness", "benefits",
    "heat", "transit", "safety", "child care",
    "home repair",
)  # fmt: skip

# Titles that say the same thing, the priorities they share, and what single ones add.
YOUTH_WORK = ("youth", "jobs", "training")
YOUTH_WORK_TITLES = {
    "Connect young people to careers": "",
    "Youth employment pathways": "",
    "Summer jobs for every teen": "",
    "Build a ladder from school to work": "",
    "Grow our own workforce": "",
    "Earn-and-learn places for ages 16 to 24": "transit",
    "Young adult apprenticeship drive": "",
    "Career academies in every high school": "",
    "Launch a first-job guarantee": "",
    "Paid internships with local firms": "transit",
    "Skills today, jobs tomorrow": "",
    "Reconnect youth who left school": "child care",
    "Next-generation trades program": "",
    "Job coaches for young residents": "",
    "Green jobs corps for youth": "heat",
    "Opportunity hubs for teens": "safety",
}
HEALTHY_LIVING = ("food", "exercise", "chronic illness")
HEALTHY_LIVING_TITLES = {
    "Healthy eating, active living": "",
    "Move more, eat well": "",
    "Prevent diabetes where people live": "",
    "Wellness in every neighborhood": "",
    "Fresh food and fitness fund": "",
    "Heart-healthy Port Alder": "",
    "Food as medicine and daily walks": "",
    "Walk with a doctor, cook with a neighbor": "safety",
    "Better blood pressure together": "",
    "Lifestyle change classes": "",
    "Active bodies, full pantries": "",
    "Community kitchens and walking clubs": "heat",
    "Healthy habits for working families": "child care",
    "Know your numbers, change your plate": "",
}
STAY_HOUSED = ("eviction", "homelessness", "benefits")
STAY_HOUSED_TITLES = {
    "Keep families housed": "",
    "One door for housing help": "",
    "Prevent homelessness upstream": "",
    "Housing stability navigators": "",
    "Emergency rent and benefits desk": "",
    "Stop evictions before court": "",
    "Coordinated housing response": "",
    "Safety net for renters": "safety",
    "Rapid help with back rent": "",
    "Wrap-around aid for renters in crisis": "",
    "Stay-in-place fund": "heat",
}
COPIES = (
    (YOUTH_WORK, YOUTH_WORK_TITLES),
    (HEALTHY_LIVING, HEALTHY_LIVING_TITLES),
    (STAY_HOUSED, STAY_HOUSED_TITLES),
)

# All other strategies: no two are for the same priorities, and none is close to the three above.
OTHERS = {
    "Shade trees on bus routes": ("heat", "transit"),
    "Cooling rooms with a bus pass": ("heat", "transit", "benefits"),
    "Safe walks to the bus": ("transit", "safety"),
    "Lights at every stop": ("transit", "safety", "exercise"),
    "Late buses for late shifts": ("jobs", "transit"),
    "A ride to the first week of work": ("jobs", "transit", "benefits"),
    "Half fare for students": ("youth", "transit"),
    "Ride to class": ("training", "transit"),
    "Buses that reach the market": ("food", "transit"),
    "A ride to dialysis": ("chronic illness", "transit"),
    "Bike lanes that connect": ("exercise", "transit"),
    "A ride from the shelter": ("homelessness", "transit"),
    "Buses where child care is": ("transit", "child care"),
    "Cool schools by 2028": ("youth", "heat"),
    "Work breaks in the shade": ("jobs", "heat"),
    "Train cooling technicians": ("training", "heat"),
    "Cool storage for food banks": ("food", "heat"),
    "Shade on playing fields": ("exercise", "heat"),
    "Check on patients in a heat wave": ("chronic illness", "heat"),
    "No shut-offs in a heat wave": ("heat", "benefits"),
    "Water and shade for people outdoors": ("homelessness", "heat"),
    "Heat alerts by phone tree": ("heat", "safety"),
    "Cool rooms in child care centers": ("heat", "child care"),
    "Night basketball": ("youth", "safety"),
    "Street outreach with jobs": ("jobs", "safety"),
    "Train safety stewards": ("training", "safety"),
    "Safe parks, open late": ("exercise", "safety"),
    "Safe storage in shelters": ("homelessness", "safety"),
    "Safe exits for tenants in danger": ("eviction", "safety"),
    "Safe blocks around child care": ("safety", "child care"),
    "Food in every after-school program": ("youth", "food"),
    "Teen walking bus": ("youth", "exercise"),
    "Asthma plans in schools": ("youth", "chronic illness"),
    "Rooms for youth on their own": ("youth", "homelessness"),
    "Benefits for teen parents": ("youth", "benefits", "child care"),
    "Child care for shift workers": ("jobs", "child care"),
    "Train child care staff": ("training", "child care"),
    "Meals in child care": ("food", "child care"),
    "Child care while in shelter": ("homelessness", "child care"),
    "Local hiring in food firms": ("jobs", "food"),
    "Keep the job when ill": ("jobs", "chronic illness"),
    "Jobs for people leaving shelter": ("jobs", "homelessness"),
    "Train health workers from the block": ("training", "chronic illness"),
    "Cooking school at the food bank": ("training", "food"),
    "Lawyers for working tenants": ("jobs", "eviction"),
    "Meals with the rent check": ("food", "eviction"),
    "Food benefits at the market": ("food", "benefits"),
    "Recovery beds after hospital": ("chronic illness", "homelessness"),
    "Fitness fee waivers": ("exercise", "benefits"),
}
