"""Catalogues are compiled without gettext, and a sentence nobody translated is found."""

import gettext
import os
import shutil
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import polib
import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

HEADER = r"""msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

"""
COMPLETE = (
    HEADER
    + """msgid "Dafür"
msgstr "In favour"

msgid "%(count)d Tag"
msgid_plural "%(count)d Tage"
msgstr[0] "one day"
msgstr[1] "%(count)d days"

msgctxt "Zeit"
msgid "Mai"
msgstr "May"
"""
)
needs_gettext = pytest.mark.skipif(
    shutil.which("xgettext") is None and "gettext" not in os.environ.get("REQUIRE", ""),
    reason="xgettext is not here",
)


@pytest.fixture
def locale(tmp_path: Path, settings: Any) -> Path:
    """An empty folder for catalogues, with German as the source and English as the only translation."""
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    settings.LANGUAGE_CODE = "de"
    settings.LANGUAGES = [("de", "Deutsch"), ("en", "Englisch")]
    return tmp_path / "locale"


def write(locale: Path, text: str, language: str = "en") -> Path:
    path = locale / language / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def run(command: str) -> str:
    out = StringIO()
    call_command(command, stdout=out)
    return out.getvalue()


# --- compile_translations --------------------------------------------------------------------------------
def test_compiled_catalogue_answers_like_gettexts_own(locale: Path) -> None:
    path = write(locale, COMPLETE + '\n#, fuzzy\nmsgid "Raus"\nmsgstr "Wrong"\n\nmsgid "Offen"\nmsgstr ""\n')

    assert run("compile_translations") == "en django: 3 of 5 entries compiled\n"

    with path.with_suffix(".mo").open("rb") as file:
        catalogue = gettext.GNUTranslations(file)
    assert catalogue.gettext("Dafür") == "In favour"
    assert [catalogue.ngettext("%(count)d Tag", "%(count)d Tage", n) for n in (1, 2)] == [
        "one day",
        "%(count)d days",
    ]
    assert catalogue.pgettext("Zeit", "Mai") == "May"
    assert (catalogue.gettext("Raus"), catalogue.gettext("Offen")) == ("Raus", "Offen")
    assert sorted(file.name for file in path.parent.iterdir()) == ["django.mo", "django.po"]


def test_compiled_catalogue_is_left_alone_until_its_source_is_newer(locale: Path) -> None:
    path = write(locale, COMPLETE)
    compiled = path.with_suffix(".mo")
    run("compile_translations")
    compiled.write_bytes(b"untouched")

    assert run("compile_translations") == "en django: up to date\n"
    assert compiled.read_bytes() == b"untouched"

    os.utime(path, (compiled.stat().st_mtime + 5,) * 2)
    assert run("compile_translations") == "en django: 3 of 3 entries compiled\n"
    assert compiled.read_bytes() != b"untouched"


@pytest.mark.parametrize(
    "line",
    [
        "msgstr In favour",
        'msgstr "In favour',
        'msgstr "In "favour""',
        "In favour",
        "msgstr",
        'msgstring "In"',
    ],
)
def test_mistake_in_a_catalogue_names_its_file_and_line(locale: Path, line: str) -> None:
    path = write(locale, HEADER + f'msgid "Dafür"\n{line}\n')

    with pytest.raises(CommandError) as failed:
        run("compile_translations")
    assert str(failed.value) == f"{path}, line 7: not a line of a catalogue: {line}"
    assert not path.with_suffix(".mo").exists()


# --- check_translations: entries -------------------------------------------------------------------------
@pytest.fixture
def no_gettext(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine without gettext's programs."""
    monkeypatch.setenv("PATH", str(tmp_path))


def faults() -> list[str]:
    with pytest.raises(CommandError) as failed:
        run("check_translations")
    first, *rest = str(failed.value).splitlines()
    assert first == f"{len(rest)} faults in the translations:"
    return rest


def test_check_without_gettext_says_what_did_not_run(locale: Path, no_gettext: None) -> None:
    write(locale, COMPLETE)
    unsearched = "whether the sources hold sentences that no catalogue has"

    assert run("check_translations").splitlines() == [
        f"NOT RUN: {unsearched}. xgettext is not on this machine; it comes with gettext.",
        "translations complete: en",
    ]


def test_check_names_each_entry_that_is_open_or_fuzzy(locale: Path, no_gettext: None) -> None:
    write(
        locale,
        COMPLETE
        + '\nmsgid "Offen"\nmsgstr ""\n\n#, fuzzy\nmsgid "Raus"\nmsgstr "Wrong"\n'
        + '\nmsgid "%(n)d Idee"\nmsgid_plural "%(n)d Ideen"\nmsgstr[0] "%(n)d idea"\nmsgstr[1] ""\n'
        + '\n#~ msgid "Vorbei"\n#~ msgstr ""\n',
    )

    assert faults() == [
        "en django, line 18: untranslated: 'Offen'",
        "en django, line 21: fuzzy: 'Raus'",
        "en django, line 25: untranslated: '%(n)d Idee'",
    ]


def test_check_names_placeholders_that_a_translation_lost_or_invented(locale: Path, no_gettext: None) -> None:
    write(
        locale,
        HEADER
        + 'msgid "Hallo %(name)s"\nmsgstr "Hello"\n\n'
        + 'msgid "Bis %(tag)s"\nmsgstr "Until %(day)s"\n\n'
        + 'msgid "%s von %s"\nmsgstr "%s of %s"\n',
    )

    assert faults() == [
        "en django, line 6: lost placeholder %(name)s: 'Hallo %(name)s'",
        "en django, line 9: unknown placeholder %(day)s: 'Bis %(tag)s'",
    ]


def test_check_leaves_the_source_language_alone(locale: Path, no_gettext: None) -> None:
    write(locale, COMPLETE)
    write(locale, HEADER + 'msgid "Dafür"\nmsgstr ""\n', language="de")

    assert run("check_translations").endswith("translations complete: en\n")


def test_check_misses_a_catalogue_that_is_not_there(locale: Path, no_gettext: None) -> None:
    assert faults() == ["en: no catalogue (locale/en/LC_MESSAGES/django.po)"]


# --- check_translations: sources -------------------------------------------------------------------------
@pytest.fixture
def project(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of one app and one folder of templates beside our own."""
    base = tmp_path / "project"
    app = base / "shop"
    app.mkdir(parents=True)
    (app / "__init__.py").write_text("")
    (app / "texts.py").write_text(
        "from django.utils.translation import gettext_lazy as _, ngettext, pgettext\n"
        'A = _("Dafür")\nB = pgettext("Zeit", "Mai")\n\n'
        'def days(n):\n    return ngettext("%(count)d Tag", "%(count)d Tage", n) % {"count": n}\n'
    )
    (app / "migrations").mkdir()
    (app / "migrations" / "0001_initial.py").write_text('from django.utils.translation import gettext as _\n_("Alt")\n')
    (base / "templates").mkdir()
    monkeypatch.syspath_prepend(str(base))
    monkeypatch.delitem(sys.modules, "shop", raising=False)
    settings.BASE_DIR = base
    settings.TEMPLATES = [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "DIRS": [base / "templates"],
            "APP_DIRS": True,
        }
    ]
    settings.INSTALLED_APPS = ["shop", "common"]
    assert apps.get_app_config("shop").path == str(app)
    return base


@needs_gettext
def test_check_is_content_when_the_catalogue_has_every_sentence(locale: Path, project: Path) -> None:
    write(locale, COMPLETE)

    assert run("check_translations") == "translations complete: en\n"


@needs_gettext
def test_check_names_sentences_of_code_and_templates_that_no_catalogue_has(locale: Path, project: Path) -> None:
    write(locale, HEADER + 'msgid "Dafür"\nmsgstr "In favour"\n\nmsgid "Mai"\nmsgstr "May"\n')
    (project / "templates" / "start.html").write_text(
        '{% load i18n %}<h1>{% translate "Los" %}</h1>\n'
        "{% blocktranslate trimmed count n=ideas|length %}\n  {{ n }} Idee\n{% plural %}\n  {{ n }} Ideen\n"
        "{% endblocktranslate %}\n"
    )

    assert sorted(faults()) == [
        "en: not in the catalogue: '%(count)d Tag' (shop/texts.py:6)",
        "en: not in the catalogue: '%(n)s Idee' (templates/start.html:2)",
        "en: not in the catalogue: 'Los' (templates/start.html:1)",
        "en: not in the catalogue: 'Mai' (shop/texts.py:3)",
    ]
    assert sorted(path.name for path in project.rglob("*") if path.is_file() and path.suffix != ".pyc") == [
        "0001_initial.py",
        "__init__.py",
        "start.html",
        "texts.py",
    ]


@needs_gettext
def test_check_needs_an_obsolete_entry_back_when_its_sentence_returns(locale: Path, project: Path) -> None:
    catalogue = polib.pofile(COMPLETE)
    catalogue.find("Dafür").obsolete = True
    write(locale, str(catalogue))

    assert faults() == ["en: not in the catalogue: 'Dafür' (shop/texts.py:2)"]
