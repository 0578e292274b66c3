"""A profile as the text of a file that can be read again."""

from pathlib import Path

import yaml

from rls_rules.english import plain
from rls_rules.profile import Profile


class _Dumper(yaml.SafeDumper):
    """Writes numbers as `read_yaml` wants them: plain, never `1e-06`."""


def _number(dumper: _Dumper, number: float) -> yaml.ScalarNode:
    written = plain(number)
    return dumper.represent_scalar(f"tag:yaml.org,2002:{'float' if '.' in written else 'int'}", written)


_Dumper.add_representer(float, _number)


def saved(path: Path, profile: Profile) -> str:
    """What a profile looks like in a file, without what is unknown: JSON or YAML, by the ending of its name."""
    if path.suffix == ".json":
        return profile.model_dump_json(exclude_defaults=True, indent=2) + "\n"
    told = profile.model_dump(mode="json", exclude_defaults=True)
    return yaml.dump(told, Dumper=_Dumper, allow_unicode=True, sort_keys=False)
