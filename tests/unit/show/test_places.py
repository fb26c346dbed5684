from playbook.city.tables import City, load_city
from playbook.show.places import places


def without_map(city: City) -> City:
    """Return the same city as it would be with service requests only."""
    contract = {name: city.contract[name] for name in city.contract if name == "requests_311"}
    fields = {name: getattr(city, name) for name in city.__dataclass_fields__}
    return City(**{**fields, "contract": contract, "version": object()})


def test_a_city_with_tiles_gets_a_map_and_one_without_a_ranking() -> None:
    city = load_city()
    values = city["neighborhoods"].rename(columns={"name": "neighborhood"})
    values = values[["neighborhood", "population"]].head(12)
    words = {"value": "population", "finding": "Neighborhoods differ in size", "decimals": 0}
    on_map = places(city, values, **words)
    assert on_map.alt.startswith("Tile map")
    assert len(on_map.table) == 64
    ranked = places(without_map(city), values, **words)
    assert ranked.alt.startswith("Dot chart")
    people = [int(text.replace(",", "")) for text in ranked.table.iloc[:, 1]]
    assert people == sorted(values["population"], reverse=True)
