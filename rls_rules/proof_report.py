"""What became of each theorem, for people, programs and code hosts."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from rls_rules.proof import Counterexample, Result
from rls_rules.witness import as_yaml

SARIF_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def as_text(results: Sequence[Result]) -> str:
    """Every counterexample, then a table of theorems: verdict, claims, CPU milliseconds, sentence.

    Where the rules accept that a theorem does not hold, their reason stands below the table instead.
    """
    lines: list[str] = []
    accepted = [result for result in results if result.lowered and result.counterexamples]
    for result in results:
        for one in () if result in accepted else result.counterexamples:
            lines += [f"{_severity(result)}: {result.theorem.name}", f"{one}", ""]
    width = max((len(result.theorem.name) for result in results), default=0)
    for result in results:
        count = f"{result.claims:>6,}" if result.claims else "     –"
        lines.append(
            f"{result.verdict:8} {result.theorem.name:{width}} {count} {1_000 * result.seconds:>8,.0f} ms  "
            f"{result.theorem.sentence}"
        )
    lines += [f"{result.theorem.name} is lowered by the rules: {result.lowered}" for result in accepted]
    return "\n".join(lines) + "\n"


def as_json(results: Sequence[Result]) -> str:
    """Each theorem with its verdict and counterexamples; a person stands in it as a profile."""
    content = [
        {
            "theorem": result.theorem.name,
            "sentence": result.theorem.sentence,
            "severity": result.theorem.severity,
            "verdict": result.verdict,
            "lowered": result.lowered,
            "claims": result.claims,
            "seconds": round(result.seconds, 4),
            "counterexamples": [
                {
                    "message": one.message,
                    "help": one.help,
                    "places": [asdict(place) for place in one.places],
                    "given": None if one.person is None else as_yaml(one.person),
                    "words": one.words,
                    "replayed": one.replayed,
                }
                for one in result.counterexamples
            ],
        }
        for result in results
    ]
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def as_sarif(results: Sequence[Result], version: str) -> str:
    """The counterexamples in SARIF 2.1.0, which code hosts show beside the line of the rule file."""
    driver = {
        "name": "rls-rules prove",
        "version": version,
        "rules": [
            {
                "id": result.theorem.name,
                "shortDescription": {"text": result.theorem.sentence},
                "defaultConfiguration": {"level": result.theorem.severity},
            }
            for result in results
        ],
    }
    found = [_sarif(result, one) for result in results for one in result.counterexamples]
    log = {
        "$schema": SARIF_SCHEMA,
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "results": found}],
    }
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _sarif(result: Result, one: Counterexample) -> dict[str, object]:
    locations = list(_locations(one))
    said = [one.message, *(["for this person: " + as_yaml(one.person)] if one.person else []), one.help]
    found: dict[str, object] = {
        "ruleId": result.theorem.name,
        "level": result.theorem.severity,
        "message": {"text": "; ".join(said)},
    }
    if locations:
        found["locations"] = locations[:1]
        found["relatedLocations"] = locations[1:]
    if result.lowered:
        found["suppressions"] = [{"kind": "external", "justification": result.lowered}]
    return found


def _locations(one: Counterexample) -> Iterator[dict[str, object]]:
    for place in one.places:
        region = {} if not place.line else {"region": {"startLine": place.line, "startColumn": place.column}}
        yield {"physicalLocation": {"artifactLocation": {"uri": place.file}, **region}}


def _severity(result: Result) -> str:
    return result.theorem.severity if result.verdict == "refuted" else "unknown"
