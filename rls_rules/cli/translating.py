"""`rls-rules catalogue`."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from rls_rules.cli.common import Folders, leave, load, told_kindly
from rls_rules.cli.files import write
from rls_rules.errors import Place, Problem, RulesError
from rls_rules.languages import CODE, FOLDER, REVIEWERS
from rls_rules.loader import shipped_rules
from rls_rules.note_words import ENGLISH

_LIBRARY = Path(__file__).resolve().parents[1]
_INSTALLED = "this is inside the installed library, where the next install would replace it"
_ELSEWHERE = (
    "say where catalogues are, as in `--folder languages`, or name rules of your own: `--rules rules`"
)


def catalogue(
    *,
    language: Annotated[
        str | None, typer.Option(help="A language, such as `de`; without it, the template for any language.")
    ] = None,
    compile_: Annotated[
        bool, typer.Option("--compile", help="Compile the catalogue of that language, as it is.")
    ] = False,
    rules: Folders = None,
    folder: Annotated[
        Path | None,
        typer.Option(help="Where catalogues are; `languages` in the last rule folder if left out."),
    ] = None,
) -> None:
    """Write, update or compile a catalogue: the texts of the last rule folder, for translators."""
    try:
        from rls_rules import catalogue as catalogues
    except ImportError:
        leave(["this command needs polib: `pip install 'rls-rules[languages]'`"])
    with told_kindly():
        if language is None and compile_:
            raise RulesError(
                [Problem(None, "a template is not compiled", "name a language: `--language de`")]
            )
        if language is not None and (language == ENGLISH.code or not CODE.fullmatch(language)):
            help_ = "a BCP 47 code, such as `de` or `pt-BR`; English is in the rule files"
            raise RulesError([Problem(None, f"`{language}` is not a language to translate to", help_)])
        last = rules[-1] if rules else shipped_rules()
        target = (folder or last / FOLDER) / f"{language or 'texts'}.{'po' if language else 'pot'}"
        if target.resolve().is_relative_to(_LIBRARY):
            raise RulesError([Problem(Place(str(target)), _INSTALLED, _ELSEWHERE)])
        if compile_:
            made = catalogues.read(target)
            if not target.is_file():
                raise RulesError(
                    [Problem(None, f"there is no {target}", "leave `--compile` out to write it")]
                )
            target = target.with_suffix(".mo")
        else:
            base = load(rules)
            made = catalogues.template(base, catalogues.texts_of(base, last))
            if language:
                made = catalogues.updated(made, catalogues.read(target), language)
    try:
        target.parent.mkdir(exist_ok=True)
    except OSError as error:
        leave([f"{target.parent}: cannot be made: {error.strerror}"])
    write(target, made.to_binary() if compile_ else str(made))
    done, fuzzy, open_ = (
        len(part) for part in (made.translated_entries(), made.fuzzy_entries(), made.untranslated_entries())
    )
    sys.stdout.write(f"{target}: {done} texts translated, {fuzzy} fuzzy, {open_} to do\n")
    if compile_ and not made.metadata.get(REVIEWERS):
        sys.stdout.write(f"no reviewer is named in `{REVIEWERS}`: every note will begin with that\n")
