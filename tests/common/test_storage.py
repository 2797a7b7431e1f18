"""What `collectstatic` makes of the sources: one stylesheet, hashed names, modules that find each other."""

import json
import re
from pathlib import Path
from typing import Any

import brotli
import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.storage import FileSystemStorage
from django.core.management import call_command

from common.storage import Paths, bundle_css

ENTRY = """/* The order of the layers stands first. */
@layer reset, base, components;

@import url("reset.css") layer(reset);
@import "base/type.css" layer(base);
@import url(components/card.css) layer(components);
@import url('components/button.css') layer(components);
"""
SOURCES = {
    "css/app.css": ENTRY,
    "css/reset.css": '/* none */\n* { margin: 0 }\na::before { content: "/* stays */ it\'s" }\n',
    "css/base/type.css": "body { background: url(../../img/dot.svg) }\n",
    "css/components/card.css": """
.card {
  background: url("../../img/dot.svg#part") , url('data:image/svg+xml,<svg/>');
  mask: url(/static/img/dot.svg);
  & .icon { filter: url(#blur) }
}
""",
    "css/components/button.css": "/* @import url('card.css'); */\n.button { color: red }\n",
    "img/dot.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
    "js/app.js": """import { vote } from "./behaviours/vote.js";
import "./behaviours/menu.js";
export { vote } from './behaviours/vote.js';
document.addEventListener("click", async () => (await import("./behaviours/late.js")).run(vote));
""",
    "js/behaviours/vote.js": 'import { send } from "../send.js";\nexport const vote = () => send("vote");\n',
    "js/behaviours/menu.js": "export const menu = 1;\n",
    "js/behaviours/late.js": "export const run = (act) => act();\n",
    "js/send.js": "export const send = (name) => name;\n" * 40,
}


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    write(tmp_path / "sources", SOURCES)
    return tmp_path / "sources"


@pytest.fixture
def collected(sources: Path, tmp_path: Path, settings: Any) -> Path:
    settings.STATICFILES_DIRS = [sources]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATIC_ROOT = tmp_path / "collected"
    settings.STATIC_URL = "/static/"
    settings.DEBUG = False
    settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "common.storage.StaticStorage"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path / "collected"


def named(collected: Path, name: str) -> str:
    names: dict[str, str] = json.loads((collected / "staticfiles.json").read_text())["paths"]
    return names[name]


def text_of(collected: Path, name: str) -> str:
    return (collected / named(collected, name)).read_text()


def paths_of(folder: Path) -> Paths:
    storage = FileSystemStorage(folder)
    return {
        path.relative_to(folder).as_posix(): (storage, path.relative_to(folder).as_posix())
        for path in folder.rglob("*.*")
    }


def test_stylesheet_is_one_file_with_its_layers_in_order(collected: Path) -> None:
    css = text_of(collected, "css/app.css")
    dot = Path(named(collected, "img/dot.svg")).name

    assert css.strip() == (
        "@layer reset, base, components;\n"
        '@layer reset {\n* { margin: 0 }\na::before { content: "/* stays */ it\'s" }\n}\n'
        f'@layer base {{\nbody {{ background: url("../img/{dot}") }}\n}}\n'
        "@layer components {\n.card {\n"
        f"  background: url(\"../img/{dot}#part\") , url('data:image/svg+xml,<svg/>');\n"
        f'  mask: url("/static/img/{dot}");\n'
        "  & .icon { filter: url(#blur) }\n}\n}\n"
        "@layer components {\n.button { color: red }\n}"
    )


def test_hash_of_the_stylesheet_changes_with_a_component(collected: Path, sources: Path) -> None:
    before = named(collected, "css/app.css")
    write(sources, {"css/components/button.css": ".button { color: blue }\n"})
    call_command("collectstatic", interactive=False, verbosity=0)

    assert named(collected, "css/app.css") != before
    assert "blue" in text_of(collected, "css/app.css")


def test_components_stay_single_files_in_development(sources: Path) -> None:
    assert (sources / "css/app.css").read_text() == ENTRY


def test_modules_import_each_other_by_hashed_names(collected: Path) -> None:
    imports = re.findall(r"""["'](\.{1,2}/[^"']+)["']""", text_of(collected, "js/app.js"))

    expected = [
        "./" + named(collected, f"js/behaviours/{name}.js").removeprefix("js/")
        for name in ("vote", "menu", "vote", "late")
    ]
    assert imports == expected
    assert all((collected / "js" / path).is_file() for path in imports)
    send = Path(named(collected, "js/send.js")).name
    assert f'from "../{send}"' in text_of(collected, "js/behaviours/vote.js")


def test_compressed_copies_hold_the_same_text(collected: Path) -> None:
    packed = (collected / (named(collected, "js/send.js") + ".br")).read_bytes()

    assert brotli.decompress(packed).decode() == SOURCES["js/send.js"]


def test_name_that_was_not_collected_is_an_error(collected: Path) -> None:
    assert staticfiles_storage.url("css/app.css") == f"/static/{named(collected, 'css/app.css')}"
    with pytest.raises(ValueError, match=r"Missing staticfiles manifest entry for 'css/gone\.css'"):
        staticfiles_storage.url("css/gone.css")


def test_import_within_a_component_is_put_in_at_its_place(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "css/app.css": '@import url("parts/all.css") layer(parts);',
            "css/parts/all.css": '@import url("deep/one.css");\n@import "../two.css";\n.all { color: red }',
            "css/parts/deep/one.css": ".one { background: url(one.png) }",
            "css/two.css": ".two { background: url(../two.png) }",
        },
    )

    assert bundle_css("css/app.css", paths_of(tmp_path)) == (
        "@layer parts {\n.one { background: url(parts/deep/one.png) }\n"
        ".two { background: url(../two.png) }\n.all { color: red }\n}"
    )


@pytest.mark.parametrize(
    "line",
    [
        '@import url("gone.css") layer(base);',
        '@import url("print.css") print;',
        '@import url("print.css") layer(base) supports(display: grid);',
        '@import url("https://fonts.example/a.css");',
    ],
)
def test_import_that_cannot_be_put_in_is_an_error(tmp_path: Path, line: str) -> None:
    write(tmp_path, {"css/app.css": line, "css/print.css": "a {}"})

    with pytest.raises(ValueError, match="cannot put a file in place of '@import"):
        bundle_css("css/app.css", paths_of(tmp_path))


def test_stylesheets_that_import_each_other_are_an_error(tmp_path: Path) -> None:
    write(tmp_path, {"css/app.css": '@import "a.css";', "css/a.css": '@import "app.css";'})

    with pytest.raises(ValueError, match=r"imports itself through css/app\.css and css/a\.css"):
        bundle_css("css/app.css", paths_of(tmp_path))
