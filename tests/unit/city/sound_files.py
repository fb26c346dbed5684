"""One tiny sound file per kind that is read, for tests that damage files.

A reader of a new kind adds its file here: the name as a person would save it, and its bytes. Files
are made up, in the published layout, and small: each is read hundreds of times.
"""

from __future__ import annotations

import json

from playbook.city.capacities import codes
from playbook.city.sources.usaleep_rows import AGE_GROUPS

_REQUESTS = """case_enquiry_id,open_dt,closed_dt,case_status,type,neighborhood,latitude,longitude
901,2025-03-01 08:00:00,2025-03-04 09:30:00,Closed,Pothole,Kiln,42.1,-71.1
902,2025-03-02 09:10:00,,Open,pothole,Weir,42.2,-71.2
903,2025-03-02 10:00:00,2025-03-02 11:00:00,Closed,Graffiti,Kiln,42.1,-71.1
904,2025-03-03 07:45:00,2025-03-09 16:20:00,Closed,"Tree, fallen",,42.3,-71.3
905,2025-03-05 12:00:00,2025-03-06 12:00:00,Closed,Street light,Weir,42.1,-71.1
"""
_LIVES = """"Tract ID","STATE2KX","CNTY2KX","TRACT2KX","e(0)","se(e(0))","Abridged life table flag"
29510990100,29,510,990100,79,1.2,3\r
29510990200,29,510,990200,74.1,1.5504,1\r
29510990301,29,510,990301,68.5,2,2\r
\r
"""
_LIFE_TABLE = "\n".join(
    [
        "Tract ID,STATE2KX,CNTY2KX,TRACT2KX,Age Group,nq(x),l(x),nd(x),nL(x),T(x),e(x),"
        "se(nq(x)),se(e(x))",
        *(
            f"44007990100,44,007,990100,{age},.01,90000,900,89000,800000,{75 - 6 * at},.001,1.1"
            for at, age in enumerate(AGE_GROUPS)
        ),
    ]
)
_ANSWERS = "\n".join(
    [
        ",".join(["Role", *codes()]),
        *(f"{role}{f',{score}' * 35}" for role, score in (("Leader", 3), ("Front line", 1))),
    ]
)

_PLACES = """\
Year,StateAbbr,StateDesc,CountyName,CountyFIPS,LocationName,DataSource,Category,Measure,\
Data_Value_Unit,Data_Value_Type,Data_Value,Data_Value_Footnote_Symbol,Data_Value_Footnote,\
Low_Confidence_Limit,High_Confidence_Limit,TotalPopulation,TotalPop18plus,Geolocation,LocationID,\
CategoryID,MeasureId,DataValueTypeID,Short_Question_Text
2023,MO,Missouri,Elsewhere,29510,29510990100,BRFSS,X,Asthma,%,Crude prevalence,11.2,,,10.1,12.4,\
3500,2800,POINT (1 2),29510990100,HLTHOUT,CASTHMA,CrdPrv,Current Asthma
2023,MO,Missouri,Elsewhere,29510,29510990200,BRFSS,X,Asthma,%,Crude prevalence,,*,Suppressed,,,\
40,31,POINT (1 2),29510990200,HLTHOUT,CASTHMA,CrdPrv,Current Asthma
2023,MO,Missouri,Elsewhere,29510,29510990301,BRFSS,X,Smoking,%,Crude prevalence,19,,,17.5,20.3,\
4100,"3,300",POINT (1 2),29510990301,RISKBEH,CSMOKING,CrdPrv,Current Smoking
"""
_PLACES_WIDE = """StateAbbr,CountyName,CountyFIPS,TractFIPS,TotalPopulation,TotalPop18plus,\
CASTHMA_CrudePrev,CASTHMA_Crude95CI,BPHIGH_CrudePrev,BPHIGH_Crude95CI,Geolocation
AL,Nowhere,01999,01999990100,1775,1370,11.0,"( 9.7, 12.5)",40.5,"(36.1, 45.0)",POINT (1 2)
AL,Nowhere,01999,01999990200,2890,2011,5.2,"( 4.9,  6.3)",31.5,"(30.1, 33.0)",POINT (1 2)
"""
_POVERTY = """"GEO_ID","NAME","S1701_C01_001E","S1701_C03_001E","S1701_C03_001M",
"Geography","Geographic Area Name","Estimate!!Total","Estimate!!Percent","Margin of Error!!Percent",
"1400000US29510990100","Census Tract 9901","2800","12.3","3.4",
"1400000US29510990200","Census Tract 9902","0","-","**",
"1400000US29510990301","Census Tract 9903.01","4100","31.0","±2.9",
"1400000US29510990302","Census Tract 9903.02","3100","0.0","1.2",
"1400000US29510990400","Census Tract 9904","3900","44.1","6.0",
"1400000US29510990500","Census Tract 9905","1900","21","*****",
"1400000US29510990600","Census Tract 9906","2000","18.9","4",
"1400000US29510990700","Census Tract 9907","2600","9.9","4",
"""
_CENSUS_API = json.dumps(
    [
        ["GEO_ID", "S1701_C03_001E", "S1701_C03_001M", "state", "county", "tract"],
        *(
            [f"1400000US2951099{at}00", percent, margin, "29", "510", f"99{at}00"]
            for at, (percent, margin) in enumerate(
                [
                    ("12.5", "3.1"),
                    ("-666666666", "-222222222"),
                    ("30.1", "4"),
                    ("22", "2.5"),
                    ("5", "-555555555"),
                    ("41", "6.2"),
                    ("17", "3"),
                    (None, None),
                ],
                start=10,
            )
        ),
    ]
)
_AGES = "\n".join(
    [
        ",".join(["GEO_ID", "NAME", *(f"B01001_{row:03d}E" for row in range(1, 50))]),
        *(
            ",".join(
                [f"1400000US2951099{tract}00", "Tract", *(str(row + tract) for row in range(49))]
            )
            for tract in (10, 11, 12)
        ),
    ]
)
_VOTE = """META
key;value
budget;90000
vote_type;cumulative
date_end;07.10.2024
PROJECTS
project_id;cost;name;district;category;votes
1;60000;Park;Kiln;parks;2
A/2;30000;Pool;Weir;health;2
VOTES
voter_id;age;sex;vote;points
901;34;F;1,A/2;3,1
902;51;M;1;2
905;19;F;A/2;1
"""
_TIES = '"from","to","year"\r\n"Clinic","School",2024\r\n"School","Library",2024\r\n'
_SHELTERS = """provider,quarter,destination_group,people
Shelter A,2025-Q1,permanent,31
Shelter A,2025-Q1,homeless,<11
Shelter B,Q2 2025,came in,"1,040"
"""
_VISITS = """tract,year,condition,visits,population
29510990100,2021,Asthma,23,"1,900"
29510990200,2021,asthma,<11,2100
29510990100,2022,Asthma,31,1900
"""
_AREAS = """GEOID,Neighborhood,Ward,Population
29510990100,Kiln,1,1200
29510990200,Kiln,1,800
29510990301,Quarry,2,3000
"""

SOUND_FILES: dict[str, bytes] = {
    "requests_2025.csv": _REQUESTS.encode(),
    "MO_A.CSV": _LIVES.encode(),
    "RI_B.CSV": _LIFE_TABLE.encode(),
    "team.csv": _ANSWERS.encode(),
    "places_tracts.csv": _PLACES.encode(),
    "PLACES_Census_Tract_2024_release.csv": _PLACES_WIDE.encode(),
    "ACSST5Y2024.S1701-Data.csv": _POVERTY.encode(),
    "ACSST5Y2024.S1701.json": _CENSUS_API.encode(),
    "ACSDT5Y2024.B01001-Data.csv": _AGES.encode(),
    "vote_2024.pb": _VOTE.encode(),
    "ties.csv": _TIES.encode(),
    "homeless_services.csv": _SHELTERS.encode(),
    "visits.csv": _VISITS.encode(),
    "areas.csv": _AREAS.encode(),
}
