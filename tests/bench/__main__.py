"""Every benchmark, one table: `python -m tests.bench`; with names of sections, only those."""

import importlib
import sys

from tests.bench.table import Row, print_head, print_row

SECTIONS = (
    "starting", "saving", "judging", "drawing", "resting", "reporting", "recording",
    "evidence", "observing", "escalating", "telling", "replanning", "foreseeing",
    "effort", "simulating",
)  # fmt: skip


def main(chosen: list[str]) -> int:
    """Run the sections that were asked for, all without any; return 1 if a goal was missed."""
    if unknown := set(chosen) - set(SECTIONS):
        print(f"no such section: {', '.join(sorted(unknown))}; there are {', '.join(SECTIONS)}")
        return 2
    print_head()
    rows: list[Row] = []
    for section in chosen or SECTIONS:
        for row in importlib.import_module(f"tests.bench.{section}").measure():
            print_row(row)
            rows.append(row)
    judged = [each for each in rows if each.is_met is not None]
    met = sum(each.is_met is True for each in judged)
    print(f"\n{met} of {len(judged)} goals met")
    return 0 if met == len(judged) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
