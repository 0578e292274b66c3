"""The pytest plugin: rules become tests, their failures are reports, and without the option nothing happens."""

import os
import re
import subprocess
import sys
from pathlib import Path

from rls_rules import load_rules
from rls_rules.checking import check
from rls_rules.loader import shipped_rules

ROOT = Path(__file__).parents[1]
DOCUMENT = (ROOT / "docs" / "overlays.md").read_text(encoding="utf-8")
OURS = re.findall(r"```yaml\n(.*?)```", DOCUMENT, re.DOTALL)[0]
COMMAND = re.findall(r"```sh\npytest (.*?)\n```", DOCUMENT, re.DOTALL)[1]
MENDED = OURS.replace("when: {drives: true}", "when: {drives: true, age: {at_least: 18}}")
RULES = load_rules()


def run(folder: Path, *arguments: str) -> str:
    """Run pytest with the plugin, and nothing else, in a folder of its own; return what it prints."""
    command = [sys.executable, "-m", "pytest", "-p", "rls_rules.plugin", "-p", "no:cacheprovider", *arguments]
    # pytest prints whole lines in its summary where one of these two names a build machine.
    left_out = ("PYTEST_", "CI", "BUILD_NUMBER")
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith(left_out)},
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        "PYTHONPATH": str(ROOT),
        "COLUMNS": "80",
    }
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return re.sub(r", \d+ deselected in \d+\.\d+s", "", done.stdout + done.stderr)


def clinic(folder: Path, topic: str) -> None:
    """Write the folder of the document."""
    (folder / "clinic" / "topics").mkdir(parents=True)
    (folder / "clinic" / "topics" / "ours.yaml").write_text(topic, encoding="utf-8")


def arguments() -> list[str]:
    """The arguments of the document's command."""
    return [one.strip('"') for one in re.findall(r'"[^"]*"|\S+', COMMAND)]


def test_what_the_document_shows_is_printed(tmp_path: Path) -> None:
    """The folder of docs/overlays.md gives, with its command, the output that stands there, how many tests were left out and how long it took apart."""
    clinic(tmp_path, OURS)
    shown = re.findall(r"```text\n(.*?)```", DOCUMENT, re.DOTALL)[0]
    assert run(tmp_path, *arguments()) == shown


def test_the_mended_folder_passes(tmp_path: Path) -> None:
    """With the condition that the document gives, every one of these tests passes."""
    clinic(tmp_path, MENDED)
    printed = run(tmp_path, *arguments())
    assert re.search(r"^\d+ passed", printed, re.MULTILINE)
    assert "failed" not in printed


def test_the_mended_folder_keeps_what_is_checked(tmp_path: Path) -> None:
    """With that condition, `rls-rules check` has nothing to say of the folder, nor a warning."""
    clinic(tmp_path, MENDED)
    assert check(shipped_rules(), tmp_path / "clinic") == ([], [])


def test_each_example_and_theorem_is_a_test(tmp_path: Path) -> None:
    """There is a test for every example of every point, every theorem and every property."""
    clinic(tmp_path, OURS)
    printed = run(tmp_path, "--rls-rules", "clinic", "--collect-only", "-q")
    examples = sum(len(point.examples) for point in RULES.points.values())
    assert len(re.findall(r"^rls-rules::example ", printed, re.MULTILINE)) == examples + 2
    assert "rls-rules::theorem can-be-shown\n" in printed
    assert "rls-rules::property engines-agree\n" in printed


def test_rules_that_cannot_be_loaded_are_one_failure(tmp_path: Path) -> None:
    """A mistake that keeps the rules from being loaded is one failed test with its file, line, column and help."""
    clinic(tmp_path, OURS.replace("stance: asks", "stance: asking"))
    printed = run(tmp_path, "--rls-rules", "clinic", "-q")
    assert re.search(r"^clinic/topics/ours.yaml:7:13: .*\n  help: ", printed, re.MULTILINE)
    assert "1 failed" in printed


def test_tests_of_rules_are_shared_between_processes(tmp_path: Path) -> None:
    """With pytest-xdist, two processes run the tests of the rules and report what one would."""
    clinic(tmp_path, OURS)
    chosen = ["--rls-rules", "clinic", "-q", "-k", "our-driving-question or ages-respected"]
    printed = run(tmp_path, *chosen, "-p", "xdist", "-n", "2")
    assert re.search(r"^2 failed, 1 passed in ", printed, re.MULTILINE)
    assert "clinic/topics/ours.yaml:16:50: this example should be silent\n" in printed
    assert "This does not hold: Nobody below 18 hears a point for adults" in printed


def test_without_hypothesis_it_says_what_to_install(tmp_path: Path) -> None:
    """Where the library is installed without its strategies, the option is answered with what to install."""
    clinic(tmp_path, OURS)
    (tmp_path / "conftest.py").write_text("import sys\n\nsys.modules['hypothesis'] = None\n")
    printed = run(tmp_path, "--rls-rules", "clinic", "-q")
    assert "ERROR: --rls-rules needs `hypothesis`: pip install 'rls-rules[testing]'\n" in printed
    assert "Traceback" not in printed


def test_without_the_option_nothing_happens(tmp_path: Path) -> None:
    """The plugin alone imports no module of the library but itself, and makes no test."""
    (tmp_path / "test_it.py").write_text(
        "import sys\n\n\ndef test_it():\n"
        "    assert not {'rls_rules.proof', 'rls_rules.rule_tests', 'hypothesis'} & {*sys.modules}\n"
    )
    assert "1 passed" in run(tmp_path, "-q")
