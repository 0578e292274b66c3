"""A profile as the text of a file that can be read again."""

import re
from pathlib import Path

import yaml

from rls_rules.english import plain
from rls_rules.profile import Profile


class _Dumper(yaml.SafeDumper):
    """Writes what `read_yaml` reads: numbers without an exponent, and quotes around what could be misread."""


def _number(dumper: _Dumper, number: float) -> yaml.ScalarNode:
    written = plain(number)
    return dumper.represent_scalar(f"tag:yaml.org,2002:{'float' if '.' in written else 'int'}", written)


def _text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    style = None if re.fullmatch("[a-z_]{2,}", text) else '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style)


_Dumper.add_representer(float, _number)
_Dumper.add_representer(str, _text)


def is_new(path: Path) -> bool:
    """Whether there is no such file yet; what cannot be looked at is left to whoever reads it."""
    try:
        return not path.exists()
    except OSError:
        return False


def saved(path: Path, profile: Profile) -> str:
    """What a profile looks like in a file, without what is unknown: JSON or YAML, by the ending of its name."""
    if path.suffix == ".json":
        return profile.model_dump_json(exclude_defaults=True, indent=2) + "\n"
    told = profile.model_dump(mode="json", exclude_defaults=True)
    return yaml.dump(told, Dumper=_Dumper, allow_unicode=True, sort_keys=False)
