"""`rls-rules prove` and `verify-certificate`: for people, programs and code hosts."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from rls_rules import Profile, discuss
from rls_rules.cli import app
from rls_rules.loader import read_rules, shipped_rules
from tests.test_hostile_files import NO_FILES

OPPOSED = """
topic: ours
title: Ours
about: What this clinic adds.
points:
{points}
"""
POINT = """
  - id: {id}
    stance: {stance}
    options: [bupropion]
    title: "Our view on bupropion"
    text: "A 2018 review speaks of it."
    clinician_text: "A review (2018) speaks of it."
    when: {when}
    cites: [OT-1]
    examples:
      - {{given: {given}, expect: shown}}
      - {{given: {{age: 3}}, expect: silent}}
    reviewed: {{on: 2026-11-22, by: [], due: 2027-11-22}}
"""
FOR = POINT.format(
    id="ours-for",
    stance="favours",
    when="{age: {at_least: 30}, drives: true, severity: mild}",
    given="{age: 30, drives: true, severity: mild}",
)
AGAINST = POINT.format(
    id="ours-against",
    stance="advises_against",
    when="{age: {below: 50}, falls: true, severity: [mild, moderate]}",
    given="{age: 40, falls: true, severity: moderate}",
)


@pytest.fixture
def clinic(tmp_path: Path) -> Path:
    """A folder whose two points oppose each other for somebody with four certain facts."""
    (tmp_path / "topics").mkdir()
    (tmp_path / "topics" / "ours.yaml").write_text(OPPOSED.format(points=FOR + AGAINST))
    return tmp_path


def run(*words: str) -> Result:
    """Run the command line in this process."""
    return CliRunner().invoke(app, list(words))


def prove(*words: str, folder: Path | None = None) -> Result:
    """Prove the theorem about opposition, of the shipped rules or with a folder laid over them."""
    rules = [] if folder is None else ["--rules", str(shipped_rules()), "--rules", str(folder)]
    return run("prove", "--theorem", "opposition-announced", *rules, *words)


def test_a_proof_is_a_table() -> None:
    """What is proved is one line with verdict, name and sentence, and the exit code is 0."""
    result = prove()
    assert result.exit_code == 0
    (line,) = result.stdout.splitlines()
    assert line.startswith("proved   opposition-announced")
    assert line.endswith("unless a tension names both.")


def test_a_refutation_comes_with_a_person(clinic: Path) -> None:
    """An opposition of four facts is refuted with the lines of both points and the person of whom least is known."""
    result = prove(folder=clinic)
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert lines[0] == "error: opposition-announced"
    assert "ours.yaml:7:5: `ours-for` favours `bupropion` and `ours-against` advises against it" in lines[1]
    assert lines[2].endswith("ours.yaml:20:5")
    assert lines[3] == (
        "  for this person: you are 30 years old; you call your symptoms mild; "
        "you fall, or fell in the last year; you drive or work with machines"
    )
    assert lines[4] == "  given: {age: 30.0, severity: mild, falls: true, drives: true}"


def test_the_person_can_be_asked_again(clinic: Path) -> None:
    """The person of a refutation is a profile that hears both points."""
    (one,) = json.loads(prove("--format", "json", folder=clinic).stdout)
    (found,) = one["counterexamples"]
    assert found["replayed"] is True
    rules = read_rules(shipped_rules(), clinic)
    heard = {point.id for point in discuss(Profile.from_yaml(found["given"]), rules=rules).points}
    assert heard >= {"ours-for", "ours-against"}


def test_sarif_names_the_lines(clinic: Path) -> None:
    """SARIF gives the first point as the location and the other as a related one."""
    log = json.loads(prove("--format", "sarif", folder=clinic).stdout)
    (found,) = log["runs"][0]["results"]
    assert (log["version"], found["ruleId"], found["level"]) == ("2.1.0", "opposition-announced", "error")
    places = [found["locations"][0], found["relatedLocations"][0]]
    regions = [place["physicalLocation"]["region"] for place in places]
    assert [region["startLine"] for region in regions] == [7, 20]
    assert all(
        place["physicalLocation"]["artifactLocation"]["uri"].endswith("topics/ours.yaml") for place in places
    )


def test_an_unknown_theorem() -> None:
    """A theorem that does not exist is answered with the nearest name."""
    result = run("prove", "--theorem", "can-be-show")
    assert result.exit_code == 1
    assert result.stderr == "there is no theorem `can-be-show`\n  help: did you mean `can-be-shown`?\n"


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate of the shipped rules."""
    path = tmp_path / "proof.json"
    assert run("prove", "--theorem", "one-outcome", "--certificate", str(path)).exit_code == 0
    return path


def test_a_certificate_of_everything_is_accepted(tmp_path: Path) -> None:
    """The certificate of all theorems speaks of every claim that nobody is somewhere, and each tree holds."""
    path = tmp_path / "proof.json"
    run("prove", "--certificate", str(path))
    result = run("verify-certificate", str(path))
    assert result.exit_code == 0, result.stderr
    assert int(result.stdout.split()[0].replace(",", "")) > 100


def test_a_certificate_of_less_is_refused(certificate: Path) -> None:
    """A certificate that leaves claims out is refused, with their names."""
    result = run("verify-certificate", str(certificate))
    assert result.exit_code == 1
    assert "`ages-respected` of point" in result.stderr
    assert "the certificate does not speak of it" in result.stderr


def test_a_tampered_certificate_is_refused(tmp_path: Path) -> None:
    """A tree that names another box than the one that swallows what is left is refused."""
    path = tmp_path / "proof.json"
    run("prove", "--theorem", "ages-respected", "--certificate", str(path))
    data = json.loads(path.read_text())
    for claim in data["claims"]:
        claim["tree"] = [0]
    path.write_text(json.dumps(data))
    result = run("verify-certificate", str(path))
    assert result.exit_code == 1
    assert "its tree does not show it" in result.stderr


def test_what_is_no_certificate(tmp_path: Path) -> None:
    """A file that is no certificate is one line, and help."""
    path = tmp_path / "proof.json"
    path.write_text('{"format": 2}')
    result = run("verify-certificate", str(path))
    assert result.exit_code == 1
    assert result.stderr == (
        f"{path}: this is not a certificate that can be read\n"
        "  help: make one with `rls-rules prove --certificate FILE`\n"
    )


@pytest.mark.parametrize("kind", NO_FILES)
def test_a_certificate_that_is_no_file(tmp_path: Path, kind: Callable[[Path], None]) -> None:
    """What only looks like a certificate is named and never waited for."""
    path = tmp_path / "proof.json"
    kind(path)
    result = run("verify-certificate", str(path))
    assert result.exit_code == 1
    assert result.stderr.startswith(f"{path}: {NO_FILES[kind]}\n  help: ")


@pytest.mark.parametrize("written", [b"\xff", b"[" * 100_000, b"", b"{}"])
def test_bytes_that_are_no_certificate(tmp_path: Path, written: bytes) -> None:
    """Whatever is in a file that is no certificate, nothing but that is said."""
    path = tmp_path / "proof.json"
    path.write_bytes(written)
    result = run("verify-certificate", str(path))
    assert result.exit_code == 1
    assert result.stderr.startswith(f"{path}: this is not a certificate that can be read\n  help: ")


def test_a_certificate_that_is_not_there(tmp_path: Path) -> None:
    """A certificate that is not there is answered in plain words."""
    result = run("verify-certificate", str(tmp_path / "none.json"))
    assert result.exit_code == 1
    assert "none.json: there is no such file\n  help: " in result.stderr
