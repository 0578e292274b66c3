"""The wheel: it holds the rules, makes a note and tests a folder in an environment that has nothing else of ours."""

import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_wheel_makes_a_note_and_tests_a_folder(tmp_path: Path) -> None:
    """The built wheel, installed into a new environment, makes a note from its own rules; pytest finds its plugin."""
    dist, home = tmp_path / "dist", tmp_path / "environment"
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(dist)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    venv.create(home, with_pip=True)
    python = home / "bin" / "python"
    (wheel,) = dist.glob("*.whl")
    install = [str(python), "-m", "pip", "install", "--no-index", "--no-deps", "--quiet", str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    # The dependencies are borrowed from here, so that the test needs no network; our own package is not.
    (packages,) = home.glob("lib/python*/site-packages")
    (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    asked = "import rls_rules, rls_rules.loader as l; print(rls_rules.__file__); print(l.shipped_rules())"
    found = subprocess.run([python, "-c", asked], cwd=tmp_path, check=True, capture_output=True, text=True)
    assert all(Path(line).is_relative_to(packages) for line in found.stdout.split())
    command = [str(home / "bin" / "rls-rules"), "note", "--example", "possible-augmentation"]
    note = subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, text=True)
    assert note.stdout.startswith("# ")
    (tmp_path / "clinic").mkdir()
    (tmp_path / "clinic" / "retired.yaml").write_text("retired: []\n", encoding="utf-8")
    chosen = ["--rls-rules", "clinic", "-k", "can-be-shown", "-p", "no:cacheprovider"]
    tested = subprocess.run([python, "-m", "pytest", *chosen], cwd=tmp_path, check=True, capture_output=True)
    assert b" 1 passed, " in tested.stdout
