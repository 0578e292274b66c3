"""Coverage-guided fuzzing of the YAML reader and the loader with atheris.

    python -m tests.benchmarks.fuzz_loader --seconds 60

Needs atheris, which has wheels for Linux.
The seeds are the shipped rule files and the base and the changes of `tests/bad_rules`.
The first byte of an input says in place of which file of the small base the rest is read.
Any exception but `RulesError` is a failure: atheris keeps its input as a file and stops.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["rls_rules", "yaml"]):
    from rls_rules.errors import RulesError
    from rls_rules.loader import read_rules, shipped_rules
    from rls_rules.program import compiled
    from rls_rules.yaml_reader import read_yaml

from tests.gallery import GALLERY, copy_base

READ_ONLY, IN_A_FOLDER = 0, 1


def seeds(folder: Path, base: Path, files: list[str]) -> int:
    """Write the seeds: each file of the base in its place, and every other file to be read alone."""
    written = [bytes([IN_A_FOLDER + i]) + (base / name).read_bytes() for i, name in enumerate(files)]
    every = [*shipped_rules().rglob("*.yaml"), *GALLERY.glob("*.md")]
    written += [bytes([READ_ONLY]) + path.read_bytes() for path in every]
    for i, seed in enumerate(written):
        (folder / f"seed-{i:03}").write_bytes(seed)
    return len(written)


def main() -> None:
    """Fuzz for some seconds."""
    parser = argparse.ArgumentParser(description="Fuzz the loader.")
    parser.add_argument("--seconds", type=int, default=60, help="how long, by the clock")
    parser.add_argument("--seed", type=int, default=1, help="where the random numbers begin")
    parser.add_argument("--keep", type=Path, default=Path("failures"), help="where inputs that fail are kept")
    options = parser.parse_args()
    options.keep.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        base, corpus = Path(place, "rules"), Path(place, "corpus")
        copy_base(base)
        corpus.mkdir()
        files = sorted(str(path.relative_to(base)) for path in base.rglob("*.yaml"))
        originals = {name: (base / name).read_bytes() for name in files}
        count = seeds(corpus, base, files)
        tried = {"inputs": 0, "refused": 0, "loaded": 0}
        slowest = [0.0]

        def one(source: bytes) -> None:
            """Read one input; only `RulesError` is an answer."""
            tried["inputs"] += 1
            begun = time.perf_counter()
            which, text = source[:1], source[1:]
            try:
                read_yaml(text, "fuzz.yaml")
                name = files[(which[0] - IN_A_FOLDER) % len(files)] if which and which[0] else None
                if name is not None:
                    (base / name).write_bytes(text)
                    try:
                        compiled(read_rules(base))
                    finally:
                        (base / name).write_bytes(originals[name])
                tried["loaded"] += 1
            except RulesError as error:
                str(error)
                tried["refused"] += 1
            slowest[0] = max(slowest[0], time.perf_counter() - begun)
            if tried["inputs"] % 1_000 == 0:  # at the end, atheris leaves without a word
                sys.stderr.write(f"{count} seeds; {tried}; the slowest took {1000 * slowest[0]:.0f} ms\n")

        arguments = [
            f"-max_total_time={options.seconds}",
            f"-seed={options.seed}",
            "-max_len=60000",
            "-timeout=20",
            f"-artifact_prefix={options.keep}/",
            str(corpus),
        ]
        atheris.Setup([sys.argv[0], *arguments], one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
