#!/usr/bin/env python3
"""boundaries.geojson from a GeoPackage of Natural Earth countries and first-level areas.
usage: derive_boundaries.py WORLD.gpkg OUT.geojson

Borders are cut into arcs, each kept once and simplified once, so neighbours still share them afterwards. The countries
CA, MX and US are the union of their areas. An arc whose simplified form touches another is given back more of its
vertices until nothing crosses.
"""
import heapq
import json
import math
import sqlite3
import struct
import sys
from collections import Counter, defaultdict

GRID = 1000  # cells per degree: coordinates are integers until they are written with 3 decimals
DETAILED = {"CA", "MX", "US"}
# Square degrees, longitude scaled by the cosine of the latitude: the smallest corner and the smallest island kept.
CORNER = {True: 0.0025, False: 0.05}
ISLAND = {True: 0.02, False: 0.2}
CELL = 1 / GRID**2

CA = dict(zip((1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14), "AB BC MB NB NL NS ON PE QC SK YT NT NU".split()))
MX = dict(enumerate("AGU BCN BCS CAM CHP CHH COA COL CMX DUR GUA GRO HID JAL MEX MIC MOR NAY NLE OAX PUE QUE ROO SLP SIN"
                    " SON TAB TAM TLA VER YUC ZAC".split(), 1))
US = dict(zip((1, 2, 4, 5, 6, 8, 9, 10, 11, 12, 13, *range(15, 43), *range(44, 52), 53, 54, 55, 56),
              "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH"
              " OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY".split()))
FIPS = {"CA": CA, "MX": MX, "US": US}
RENAMED = {"MX-CMX": "Ciudad de México", "MK": "North Macedonia", "TK": "Tokelau"}


# ---- reading ---------------------------------------------------------------------------------------------------------

class Reader:
    """Numbers of a well-known binary, one after the other."""

    def __init__(self, blob, at):
        self.blob, self.at, self.order = blob, at, "<"

    def take(self, form):
        values = struct.unpack_from(self.order + form, self.blob, self.at)
        self.at += struct.calcsize(self.order + form)
        return values

    def geometry_type(self):
        self.order = "<" if self.take("B")[0] else ">"
        return self.take("I")[0] % 1000


def multipolygon(blob):
    """The rings of a GeoPackage multipolygon: shells counter-clockwise, holes clockwise."""
    envelope = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}[(blob[3] >> 1) & 7]
    reader = Reader(blob, 8 + envelope)
    if reader.geometry_type() != 6:
        sys.exit("the layer holds something else than multipolygons")
    for _ in range(reader.take("I")[0]):
        reader.geometry_type()
        for index in range(reader.take("I")[0]):
            values = reader.take(f"{2 * reader.take('I')[0]}d")
            ring = without_spikes([(round(x * GRID), round(y * GRID)) for x, y in zip(values[::2], values[1::2])])
            if ring:
                yield ring if (area2(ring) > 0) == (index == 0) else ring[::-1]


def without_spikes(ring):
    """The ring as distinct vertices, first not repeated: no vertex twice in a row, no way there and straight back."""
    out = []
    for point in ring:
        out.append(point)
        while len(out) > 1 and (out[-1] == out[-2] or (len(out) > 2 and out[-1] == out[-3])):
            out.pop()
    while len(out) > 1 and (out[0] == out[-1] or out[0] == out[-2]):
        out.pop()
    while len(out) > 2 and out[1] == out[-1]:
        out = out[1:-1]
    return out if len(out) > 2 and area2(out) else []


def area2(ring):
    """Twice the signed area."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1]))


def square_degrees(ring):
    latitude = sum(y for _, y in ring) / len(ring) / GRID
    return abs(area2(ring)) / 2 / GRID**2 * max(math.cos(math.radians(latitude)), 0.02)


def faces(db):
    """(country code, area code or None, name) -> rings."""
    found = {}
    for code, fips, name, blob in db.execute("SELECT iso_a2, fips, name, geom FROM states_provinces ORDER BY fid"):
        if code in DETAILED:
            # The one nameless area is Arrecife Alacranes, which belongs to Yucatán.
            area = f"{code}-{FIPS[code][int(fips[2:])] if fips else 'YUC'}"
            key = (code, area, RENAMED.get(area, name or "Yucatán"))
            found.setdefault(key, []).extend(multipolygon(blob))
    for code, name, blob in db.execute("SELECT iso_a2, NAME, geom FROM countries ORDER BY fid"):
        name = RENAMED.get(code, name)
        if code not in DETAILED and name and len(code) == 2 and code.isalpha():
            found[code, None, name] = list(multipolygon(blob))
    return found


# ---- topology --------------------------------------------------------------------------------------------------------

def cut(all_rings):
    """Arcs shared by the rings, and each ring as a list of (arc, forward)."""
    beside = {}
    junctions = set()
    for ring in all_rings:
        for before, point, after in zip(ring[-1:] + ring[:-1], ring, ring[1:] + ring[:1]):
            pair = (before, after) if before < after else (after, before)
            if beside.setdefault(point, pair) != pair:
                junctions.add(point)

    arcs, number, chains = [], {}, []
    for ring in all_rings:
        starts = [i for i, point in enumerate(ring) if point in junctions] or [ring.index(min(ring))]
        ring = ring[starts[0]:] + ring[:starts[0]] + [ring[starts[0]]]
        ends = [i - starts[0] for i in starts] + [len(ring) - 1]
        chain = []
        for a, b in zip(ends, ends[1:]):
            arc = tuple(ring[a:b + 1])
            forward = arc <= arc[::-1]
            arc = arc if forward else arc[::-1]
            if arc not in number:
                number[arc] = len(arcs)
                arcs.append(arc)
            chain.append((number[arc], forward))
        chains.append(chain)
    return arcs, chains


def weights(arc):
    """For each vertex the area of the corner that goes with it (Visvalingam and Whyatt); ends weigh infinitely much."""
    last = len(arc) - 1
    weight = [math.inf] * (last + 1)
    scale = max(math.cos(math.radians(arc[0][1] / GRID)), 0.02) / GRID**2
    left, right = list(range(-1, last)), list(range(1, last + 2))

    def corner(i):
        a, b, c = arc[left[i]], arc[i], arc[right[i]]
        return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2 * scale

    current = {i: corner(i) for i in range(1, last)}
    heap = [(area, i) for i, area in current.items()]
    heapq.heapify(heap)
    most = 0.0
    while heap:
        area, i = heapq.heappop(heap)
        if current.get(i) != area:
            continue
        most = weight[i] = max(most, area)
        del current[i]
        right[left[i]], left[right[i]] = right[i], left[i]
        for j in (left[i], right[i]):
            if j in current:
                current[j] = corner(j)
                heapq.heappush(heap, (current[j], j))
    if arc[0] == arc[-1]:  # a whole ring: its two last corners stay, so that it remains one
        for i in sorted(range(1, last), key=lambda i: (-weight[i], i))[:2]:
            weight[i] = math.inf
    return weight


def crossings(lines):
    """Numbers of the lines that meet another, or themselves, elsewhere than at a common end."""
    cell = GRID
    segments, cells = [], defaultdict(list)
    for number, line in enumerate(lines):
        for a, b in zip(line, line[1:]):
            for x in range(min(a[0], b[0]) // cell, max(a[0], b[0]) // cell + 1):
                for y in range(min(a[1], b[1]) // cell, max(a[1], b[1]) // cell + 1):
                    cells[x, y].append(len(segments))
            segments.append((number, a, b))

    def turn(a, b, c):
        value = (b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])
        return (value > 0) - (value < 0)

    def on(a, b, p):
        return (turn(a, b, p) == 0 and min(a[0], b[0]) <= p[0] <= max(a[0], b[0])
                and min(a[1], b[1]) <= p[1] <= max(a[1], b[1]))

    def meet(a, b, c, d):
        if {a, b} == {c, d}:
            return True
        if common := {a, b} & {c, d}:
            other, further = ({a, b} - common).pop(), ({c, d} - common).pop()
            return on(a, b, further) or on(c, d, other)
        if (max(a[0], b[0]) < min(c[0], d[0]) or max(c[0], d[0]) < min(a[0], b[0])
                or max(a[1], b[1]) < min(c[1], d[1]) or max(c[1], d[1]) < min(a[1], b[1])):
            return False
        return ((turn(a, b, c) != turn(a, b, d) and turn(c, d, a) != turn(c, d, b))
                or on(a, b, c) or on(a, b, d) or on(c, d, a) or on(c, d, b))

    bad = set()
    for members in cells.values():
        for i, one in enumerate(members):
            for other in members[i + 1:]:
                first, second = segments[one], segments[other]
                if first[0] in bad and second[0] in bad:
                    continue
                if meet(first[1], first[2], second[1], second[2]):
                    bad |= {first[0], second[0]}
    return bad


def simplified(arcs, corner):
    """The arcs without their lesser corners, so that no two cross and no ring turns inside out."""
    weight = [weights(arc) for arc in arcs]
    coarsest, least = list(corner), list(corner)
    for _ in range(60):
        lines = [[p for p, w in zip(arc, ws) if w >= floor] for arc, ws, floor in zip(arcs, weight, least)]
        bad = crossings(lines)
        bad |= {n for n, (arc, line) in enumerate(zip(arcs, lines))
                if arc[0] == arc[-1] and area2(arc[:-1]) * area2(line[:-1]) <= 0}
        if not bad:
            return lines
        for n in bad:
            least[n] /= 3
            if least[n] < CELL:  # nothing left to give back: the grid itself makes them cross, so try with fewer
                least[n] = coarsest[n] = coarsest[n] * 2
    sys.exit(f"{len(bad)} borders still cross: {[arcs[n][0] for n in sorted(bad)][:9]}")


# ---- writing ---------------------------------------------------------------------------------------------------------

def loops(path):
    """A closed walk as simple rings: cut wherever it comes back to a vertex."""
    open_at, walk = {}, []
    for point in path:
        if point in open_at:
            start = open_at[point]
            ring = walk[start:]
            for gone in ring:
                del open_at[gone]
            del walk[start:]
            if len(ring) > 2:
                yield ring
        open_at[point] = len(walk)
        walk.append(point)


def inside(point, ring):
    x, y = point
    odd = False
    for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1]):
        if (ay > y) != (by > y) and (x < (bx - ax) * (y - ay) / (by - ay) + ax):
            odd = not odd
    return odd


def geometry(rings):
    """RFC 7946 coordinates: shells counter-clockwise, each followed by its holes."""
    shells = sorted((r for r in rings if area2(r) > 0), key=area2)
    parts = [[shell] for shell in shells]
    for hole in (r for r in rings if area2(r) < 0):
        home = next((p for p in parts if sum(inside(v, p[0]) for v in hole) * 2 > len(hole)), None)
        if home:
            home.append(hole)
    parts.sort(key=lambda part: (-area2(part[0]), part[0]))

    def written(ring):
        start = ring.index(min(ring))
        ring = ring[start:] + ring[:start]
        return [[x / GRID, y / GRID] for x, y in ring + ring[:1]]

    coordinates = [[written(ring) for ring in part] for part in parts]
    return ({"type": "Polygon", "coordinates": coordinates[0]} if len(coordinates) == 1
            else {"type": "MultiPolygon", "coordinates": coordinates})


def walks(directed, lines):
    """Closed walks over directed arcs; arcs used both ways are inner borders and left out."""
    count = Counter(directed)
    leaving = defaultdict(list)
    for number, forward in sorted(count):
        if not count[number, not forward]:
            line = lines[number] if forward else lines[number][::-1]
            leaving[line[0]].append(line)
    for start in sorted(leaving):
        while leaving[start]:
            path = [start]
            while True:
                path += leaving[path[-1]].pop()[1:]
                if path[-1] == start:
                    break
            yield path


def main(package, out):
    world = faces(sqlite3.connect(f"file:{package}?mode=ro&immutable=1", uri=True))
    keys = sorted(world, key=lambda key: (key[1] is not None, key[1] or key[0]))
    owners = [key for key in keys for _ in world[key]]
    arcs, chains = cut([ring for key in keys for ring in world[key]])

    uses = Counter(number for chain in chains for number, _ in chain)
    largest = {}
    for index, (key, chain) in enumerate(zip(owners, chains)):
        ring = [p for number, _ in chain for p in arcs[number]]
        if key not in largest or abs(area2(ring)) > largest[key][0]:
            largest[key] = (abs(area2(ring)), index)
    kept = {index for _, index in largest.values()}
    chosen = []
    for index, (key, chain) in enumerate(zip(owners, chains)):
        alone = len(chain) == 1 and uses[chain[0][0]] == 1
        if index in kept or not alone or square_degrees(arcs[chain[0][0]][:-1]) >= ISLAND[key[0] in DETAILED]:
            chosen.append((key, chain))

    detailed = {number for key, chain in chosen if key[0] in DETAILED for number, _ in chain}
    needed = sorted({number for _, chain in chosen for number, _ in chain})
    lines = dict(zip(needed, simplified([arcs[n] for n in needed], [CORNER[n in detailed] for n in needed])))

    directed = defaultdict(list)
    names = {}
    for (country, area, name), chain in chosen:
        directed[0, country] += chain
        names.setdefault((0, country), name)
        if area:
            directed[1, area] += chain
            names[1, area] = name
    names.update({(0, "CA"): "Canada", (0, "MX"): "Mexico", (0, "US"): "United States"})

    features = []
    for level, code in sorted(directed):
        rings = [ring for walk in walks(directed[level, code], lines) for ring in loops(walk)]
        features.append({"type": "Feature", "properties": {"level": level, "code": code, "name": names[level, code]},
                         "geometry": geometry(rings)})
    with open(out, "w", encoding="utf-8") as file:
        file.write('{"type":"FeatureCollection","features":[\n')
        file.write(",\n".join(json.dumps(f, ensure_ascii=False, separators=(",", ":")) for f in features))
        file.write("\n]}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
