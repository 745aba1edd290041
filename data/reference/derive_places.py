#!/usr/bin/env python3
"""places.csv from the GeoNames table cities500.txt. usage: derive_places.py CITIES500.txt OUT.csv

Kept: populated places of Canada, Mexico and the United States with 500 people, of South Africa with 50,000.
"""
import csv
import sys

MINIMUM_POPULATION = {"CA": 500, "MX": 500, "US": 500, "ZA": 50_000}
# Historical, abandoned and destroyed places, and quarters of a city that is itself in the list.
DROPPED = {"PPLH", "PPLW", "PPLQ", "PPLX"}
# GeoNames numbers first-level areas after FIPS 10-4; ISO 3166-2 has the letters people read. US areas are letters already.
ADMIN1 = {
    "CA": {"01": "AB", "02": "BC", "03": "MB", "04": "NB", "05": "NL", "07": "NS", "08": "ON", "09": "PE", "10": "QC",
           "11": "SK", "12": "YT", "13": "NT", "14": "NU"},
    "MX": {"01": "AGU", "02": "BCN", "03": "BCS", "04": "CAM", "05": "CHP", "06": "CHH", "07": "COA", "08": "COL",
           "09": "CMX", "10": "DUR", "11": "GUA", "12": "GRO", "13": "HID", "14": "JAL", "15": "MEX", "16": "MIC",
           "17": "MOR", "18": "NAY", "19": "NLE", "20": "OAX", "21": "PUE", "22": "QUE", "23": "ROO", "24": "SLP",
           "25": "SIN", "26": "SON", "27": "TAB", "28": "TAM", "29": "TLA", "30": "VER", "31": "YUC", "32": "ZAC"},
    "ZA": {"02": "KZN", "03": "FS", "05": "EC", "06": "GP", "07": "MP", "08": "NC", "09": "LP", "10": "NW", "11": "WC"},
}


def main(table, out):
    rows = []
    with open(table, encoding="utf-8", newline="\n") as file:
        for line in file:
            fields = line.split("\t")
            place, name, lat, lon, group, code, country, area, population = (
                fields[i] for i in (0, 1, 4, 5, 6, 7, 8, 10, 14))
            if country not in MINIMUM_POPULATION or group != "P" or code in DROPPED:
                continue
            if int(population or 0) < MINIMUM_POPULATION[country]:
                continue
            area = ADMIN1.get(country, {}).get(area, area)
            rows.append((int(place), " ".join(name.split()), country, area, f"{float(lon):.4f}", f"{float(lat):.4f}",
                         int(population)))
    rows.sort()
    with open(out, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow("place_id name country admin1 lon lat population".split())
        writer.writerows(rows)


if __name__ == "__main__":
    main(*sys.argv[1:])
