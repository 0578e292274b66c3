"""JSON of which nothing is lost: plain data, or a problem that names its place and repeats no answer."""

import json
from functools import partial
from typing import Any

from rls_rules.errors import Place, Problem, ProfileError, RulesError
from rls_rules.yaml_reader import Positions, read_yaml


def read_json(text: str | bytes, file: str) -> Any:  # noqa: ANN401 - JSON is any data
    """Read JSON in which no key is given twice and every number is one.

    :param file: the name of the file, for problems.
    :raises ProfileError: with the first thing that is wrong.
    """
    place = Place(file)
    try:
        return json.loads(
            text,
            object_pairs_hook=partial(_each_once, place),
            parse_constant=partial(_no_number, place),
        )
    except json.JSONDecodeError as error:
        place = Place(file, error.lineno, error.colno)
        why = ("this is not JSON from here on", "look for a missing quote, bracket, comma or colon before it")
    except UnicodeDecodeError:
        why = ("this is not UTF-8", "save the file as UTF-8")
    except RecursionError:
        why = ("nested too deeply", "a profile is one mapping of facts to answers")
    except ValueError:
        why = ("a number has too many digits", "write a plain number")
    raise ProfileError([Problem(place, *why)])


def json_places(text: str | bytes, file: str) -> Positions:
    """Where each value stands in JSON, which nearly always is YAML too; else the file as a whole."""
    try:
        return read_yaml(text, file)[1]
    except RulesError:
        return Positions(file, {(): (0, 0)})


def _each_once(place: Place, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for key, value in pairs:
        if key in data:
            raise ProfileError([Problem(place, "a key is given twice", "keep one of the two", key)])
        data[key] = value
    return data


def _no_number(place: Place, written: str) -> float:
    help_ = "write a plain number, or leave the key out"
    raise ProfileError([Problem(place, "this is no number", help_, written)])
