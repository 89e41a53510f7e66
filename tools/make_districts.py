"""Make ``rules/places/districts.yaml`` from the official list of local authorities.

usage: python tools/make_districts.py local_authority_to_region.csv [rules/places/districts.yaml]

The CSV has the columns lad18cd, lad18nm and region, as published by the Office for National
Statistics (Local Authority District to Region lookup, December 2018; Open Government Licence
v3.0). Run it again when the list changes; edit aliases and towns in the other files.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

HEAD = """\
# Made by tools/make_districts.py; do not edit by hand.
source: Local Authority District to Region (December 2018) lookup
publisher: Office for National Statistics
licence: Open Government Licence v3.0
districts:
"""
# "Herefordshire, County of" and the like are written as people write them.
PLAIN = {", City of": "", ", County of": ""}


def main(arguments: list[str]) -> int:
    """Read the CSV, write the YAML; 2 when the arguments are wrong."""
    if len(arguments) not in (1, 2):
        print(__doc__, file=sys.stderr)
        return 2
    target = Path(arguments[1] if len(arguments) == 2 else "rules/places/districts.yaml")
    with Path(arguments[0]).open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: row["lad18cd"])
    lines = []
    for row in rows:
        name = row["lad18nm"]
        for tail, plain in PLAIN.items():
            name = name.replace(tail, plain)
        quoted = f'"{name}"' if "'" in name else name
        lines.append(f"  - {{code: {row['lad18cd']}, name: {quoted}, region: {row['region']}}}\n")
    target.write_text(HEAD + "".join(lines), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
