"""Reports as tools wrote them, and small ones written for a case."""

import json
from pathlib import Path

SAMPLES = Path(__file__).parent / "samples"


def sample(*names: str) -> list[tuple[str, bytes]]:
    """Return reports of real tools, by name."""
    return [(name, (SAMPLES / name).read_bytes()) for name in names]


def junit(cases: str) -> list[tuple[str, bytes]]:
    """Return a report with these cases in one suite."""
    return [("junit.xml", f"<testsuites><testsuite>{cases}</testsuite></testsuites>".encode())]


def cobertura(*lines: tuple[int, int], file: str = "app.py") -> tuple[str, bytes]:
    """Return a report about one file, by numbers and hits of its lines."""
    each = "".join(f'<line number="{number}" hits="{hits}"/>' for number, hits in lines)
    content = f'<class filename="{file}"><lines>{each}</lines></class>'
    return "coverage.xml", f"<coverage><packages>{content}</packages></coverage>".encode()


def lcov(*lines: tuple[int, int], file: str = "app.py") -> tuple[str, bytes]:
    """Return a tracefile about one file, by numbers and hits of its lines."""
    each = "".join(f"DA:{number},{hits}\n" for number, hits in lines)
    return "lcov.info", f"TN:\nSF:{file}\n{each}end_of_record\n".encode()


def as_json(value: object, name: str = "report.json") -> list[tuple[str, bytes]]:
    """Return a report that holds `value`."""
    return [(name, json.dumps(value).encode())]


def sarif(
    *results: object, rules: tuple[object, ...] = (), **run: object
) -> list[tuple[str, bytes]]:
    """Return a log of one run with these results."""
    tool = {"driver": {"name": "lint", "rules": list(rules)}}
    return as_json({"version": "2.1.0", "runs": [{"tool": tool, "results": results, **run}]})


def at(uri: str, line: int) -> dict[str, object]:
    """Return the location of a result."""
    place = {"artifactLocation": {"uri": uri}, "region": {"startLine": line}}
    return {"physicalLocation": place}


def benchmark(name: str, **stats: object) -> dict[str, object]:
    """Return one benchmark of a report; what is not given takes 10 ms."""
    times = {"mean": 0.01, "median": 0.01, "max": 0.01, **stats}
    return {"name": name, "fullname": f"tests/test_speed.py::{name}", "stats": times}
