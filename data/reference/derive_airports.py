#!/usr/bin/env python3
"""airports.csv from the OurAirports tables in an SQLite file. usage: derive_airports.py AIRPORTS.sqlite OUT.csv

Kept: every large and medium airport with a runway of 900 m, and in Canada, the United States and Mexico the small ones
with a runway of 1,200 m that is paved, or of unknown surface but lighted or at an airport with an IATA code.
"""
import csv
import sqlite3
import sys

FEET_TO_METRES = 0.3048
HOME = ("CA", "MX", "US")
ABROAD = ("AU", "CL", "CR", "DE", "ES", "FR", "IT", "KR", "NZ", "PT", "ZA")
MINIMUM_RUNWAY_M = 900
MINIMUM_SMALL_RUNWAY_M = 1200
LONGEST_RUNWAY_M = 6000  # no longer paved runway exists; what is longer is a typing error or a lake bed
PAVED = ("asphalt", "concrete")
REGION_RENAMED = {"MX-DIF": "MX-CMX"}  # ISO 3166-2 since 2016


def metres(feet):
    return int(feet * FEET_TO_METRES + 0.5)


def longest(runways):
    """The longest runway; of equally long ones the one whose surface is known."""
    usable = [r for r in runways if metres(r[0]) <= LONGEST_RUNWAY_M]
    return max(usable, key=lambda r: (r[0], r[1] != "unknown", r[1]), default=None)


def main(database, out):
    db = sqlite3.connect(f"file:{database}?mode=ro&immutable=1", uri=True)
    runways = {}
    for airport, feet, surface, lighted in db.execute(
            "SELECT airport_id, length_ft, lower(surface), lighted FROM runways WHERE length_ft > 0"):
        runways.setdefault(airport, []).append((feet, surface, lighted))

    rows = []
    for key, ident, iata, name, country, region, lon, lat, feet, kind in db.execute(
            "SELECT id, icao, iata, name, country_code, state, longitude, latitude, elevation_ft, type FROM airports"
            " WHERE type IN ('large_airport', 'medium_airport', 'small_airport')"):
        if country not in HOME + ABROAD or "closed" in name.lower():
            continue
        size = kind.removesuffix("_airport")
        fields = runways.get(key, [])
        if size == "small":
            if country not in HOME:
                continue
            fields = [r for r in fields if metres(r[0]) >= MINIMUM_SMALL_RUNWAY_M
                      and (r[1] in PAVED or (r[1] == "unknown" and (r[2] or iata)))]
        best = longest(fields)
        if best is None or metres(best[0]) < MINIMUM_RUNWAY_M or best[1] == "water":
            continue
        rows.append((ident, iata or "", " ".join(name.split()), country, REGION_RENAMED.get(region, region or ""),
                     f"{lon:.5f}", f"{lat:.5f}", metres(feet or 0), size, metres(best[0]), best[1]))

    rows.sort()
    with open(out, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow("ident iata name country region lon lat elevation_m size runway_m surface".split())
        writer.writerows(rows)


if __name__ == "__main__":
    main(*sys.argv[1:])
