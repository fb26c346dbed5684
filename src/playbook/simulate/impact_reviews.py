"""Six decisions that city hall looked at before the vote, and what came of it."""

from __future__ import annotations

import pandas as pd

_COLUMNS = (
    "review_id",
    "decision",
    "reviewed_on",
    "proposal",
    "data_used",
    "residents_asked",
    "benefits_and_burdens",
    "how_carried_out",
    "how_we_answer_for_it",
    "result",
    "mitigation",
    "owner",
    "review_on",
)

# The six answers follow the six questions of the Racial Equity Toolkit of the Government Alliance
# on Race and Equity, in our words.
_REVIEWS = (
    (
        "Water shut-offs resume",
        "2024-03-12",
        "Turn off water after 90 days of unpaid bills, as before 2020.",
        "Unpaid bills by neighborhood and by owner or renter. No data on language.",
        "Mill Flats Tenants and legal aid. No older homeowners.",
        "Saves $400,000 a year. Two in three homes with old debts are in the highest-poverty "
        "fifth.",
        "Letters, then a door tag, then shut-off.",
        "Finance reports shut-offs by neighborhood each month.",
        "sent back",
        "No shut-off where a child or an older person lives; payment plans by phone in three "
        "languages.",
        "Finance and Budget",
        "2025-03-12",
    ),
    (
        "Bike lanes on Millrace",
        "2024-06-04",
        "Take one lane of cars for two of bikes on Millrace, from the mills to the bridge.",
        "Crashes by block, counts of riders, delivery stops of shops.",
        "Shop owners, the school, the youth council, night workers at the port.",
        "Fewer crashes for those who walk. Shops lose 31 places to unload.",
        "Paint first, curbs after one year.",
        "Crash map and shop survey, every quarter, on the project page.",
        "adopted with changes",
        "Unloading zones on the side streets before the paint goes down.",
        "Planning",
        "2025-06-04",
    ),
    (
        "Rent limit for city-funded homes",
        "2024-09-17",
        "Cap yearly rent rises at 4 percent where the city paid for repairs.",
        "Rents before and after repair, 2016 to 2023. Moves within two years.",
        "Renters in 12 repaired buildings, the land trust, two owners of small buildings.",
        "Renters stay. Small owners carry more of a rise in costs.",
        "Written into each repair contract.",
        "Housing publishes rents of repaired homes every year.",
        "adopted",
        "A reserve for owners of up to four homes whose taxes jump.",
        "Human Services and Housing",
        "2026-09-17",
    ),
    (
        "Online-only permits",
        "2025-01-28",
        "Close the paper counter. All permits by web form.",
        "Permits by way of asking. One in four still comes on paper.",
        "Builders' group. Small repair firms were not asked.",
        "Saves $180,000 and six days a permit. People without internet or English lose their "
        "way in.",
        "Counter closes on July 1.",
        "Planning counts permits by neighborhood.",
        "adopted with changes",
        "The library branches keep a desk with help, and forms come in three languages.",
        "Planning",
        "2026-01-28",
    ),
    (
        "Trash fee waiver",
        "2025-10-07",
        "Lift the trash fee for one year: for every home, or for those who apply.",
        "Fees, income and burden of 4,000 sampled homes.",
        "Eastbank Residents' Council, the tenants' group, legal aid, front-desk staff.",
        "For every home, most dollars go to homes that can pay. With a form, many who qualify "
        "are missed.",
        "Not settled: a form, or a match with lists we hold.",
        "Not settled.",
        "open",
        "To be written before the vote.",
        "Finance and Budget",
        "2026-10-07",
    ),
    (
        "Cooling centers open at night",
        "2025-05-20",
        "Keep six cooling centers open until midnight on heat days.",
        "Heat by neighborhood, homes without air conditioning, bus times.",
        "Older residents at three meal sites, the interfaith table, transit drivers.",
        "Helps who can reach a center. Nobody in two neighborhoods can, after the last bus.",
        "Library and Parks staff in pairs, paid overtime.",
        "Visits by night and center, on the open data page.",
        "adopted with changes",
        "A van on heat nights for the two neighborhoods without a bus.",
        "Parks and Forestry",
        "2026-05-20",
    ),
)


def impact_reviews() -> pd.DataFrame:
    """Return the table `impact_reviews`: one row a decision, the oldest first.

    Examples
    --------
    >>> impact_reviews()[["review_id", "decision", "result"]].tail(2)
      review_id                       decision                result
    4        R5  Cooling centers open at night  adopted with changes
    5        R6               Trash fee waiver                  open
    """
    rows = sorted(_REVIEWS, key=lambda review: review[1])
    numbered = [(f"R{number}", *review) for number, review in enumerate(rows, start=1)]
    return pd.DataFrame(numbered, columns=list(_COLUMNS))
