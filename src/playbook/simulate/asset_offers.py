"""What people and places of Port Alder have to offer: names and offers, by kind."""

from __future__ import annotations

# How many assets of each kind the map holds.
KINDS = {"Individuals": 62, "Associations": 66, "Institutions": 34, "Places": 36, "Exchange": 22}

# A name, with the neighborhood in place of the braces, and what it offers. The kinds are those of
# asset-based community development.
OFFERS = {
    "Individuals": (
        ("Retired electrician, {}", "Teaches small repairs on Saturdays"),
        ("Grandmother who knows every family, {}", "Brings people together at her table"),
        ("Gardener, {}", "Shares seeds and shows how to grow food"),
        ("Retired nurse, {}", "Checks blood pressure at the corner shop"),
        ("Bus driver, {}", "Knows who rides and when, and passes on news"),
        ("Baker, {}", "Hires young people for their first job"),
        ("Sign language teacher, {}", "Interprets at meetings"),
        ("Storyteller, {}", "Keeps the history of the street"),
        ("Barber, {}", "Listens, and hands on what he hears"),
        ("Soccer coach, {}", "Trains forty children, free of charge"),
        ("Carpenter, {}", "Builds ramps with neighbors"),
        ("Student, {}", "Helps elders with phones and forms"),
        ("Choir leader, {}", "Brings all ages together to sing"),
        ("Spanish teacher, {}", "Translates letters from city hall"),
    ),
    "Associations": (
        ("{} garden club", "Tools, seeds and a greenhouse"),
        ("{} tenants' group", "Knows the rights of renters"),
        ("{} parents' group", "Walks children to school"),
        ("{} walking club", "Walks twice a week, open to all"),
        ("{} block club", "A phone tree that reaches every door"),
        ("{} elders' circle", "Visits people who live alone"),
        ("{} repair club", "Mends what others throw out"),
        ("{} youth crew", "Films, music and a van"),
        ("{} choir", "Sings at every street fair"),
        ("{} veterans' post", "A hall with a kitchen"),
        ("{} bike group", "Fixes bikes and gives them away"),
        ("{} readers", "Reads aloud in three languages"),
    ),
    "Institutions": (
        ("{} branch library", "Rooms, computers and long hours"),
        ("{} elementary school", "A gym that is free in the evening"),
        ("{} health center", "A nurse who makes home visits"),
        ("{} fire station", "A meeting room and first-aid classes"),
        ("{} congregation", "A kitchen that seats eighty"),
        ("{} early learning center", "Staff who speak four languages"),
        ("{} credit union desk", "Small loans and advice"),
        ("{} training room", "Machines, and people who can use them"),
    ),
    "Places": (
        ("{} open-air stage", "Shade, and seats for eighty"),
        ("{} community garden", "Forty beds and a shed"),
        ("{} playground", "Where families meet after school"),
        ("{} stone steps", "A quiet place to sit and look"),
        ("{} old hall", "Room for two hundred people"),
        ("{} ball court", "Lit until nine in the evening"),
        ("{} mural wall", "Painted by the children of the street"),
        ("{} orchard", "Apples for all who pick"),
    ),
    "Exchange": (
        ("{} time bank", "An hour given for an hour received"),
        ("{} tool library", "Lends tools, asks for no fee"),
        ("{} swap table", "Clothes and toys, every first Sunday"),
        ("{} food co-op", "Buys together and shares the work"),
        ("{} savings circle", "Ten families who save by turns"),
        ("{} babysitting circle", "Parents who watch each other's children"),
    ),
}
