"""How static files are kept for serving: hashed names, compressed copies, and one stylesheet."""

import posixpath
import re
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

# Path of a collected file -> the storage that holds its source, and its path there.
Paths = dict[str, tuple[Storage, str]]

_STRING = r"""(?P<string>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')"""
_COMMENT = re.compile(rf"{_STRING}|/\*.*?\*/", re.DOTALL)
_IMPORT = re.compile(
    r"""@import\s*(?:url\(\s*["']?(?P<address>[^"')\s]+)["']?\s*\)|["'](?P<quoted>[^"']+)["'])"""
    r"""(?:\s*layer\((?P<layer>[\w.-]+)\))?(?P<condition>[^;]*);"""
)
_URL = re.compile(r"""url\(\s*(?P<quote>["']?)(?P<target>[^"')]+)(?P=quote)\s*\)""")
_NOT_RELATIVE = re.compile(r"^(?:[a-z][a-z0-9+.-]*:|/|#)", re.IGNORECASE)
# `import … from "a.js"`, `export … from "a.js"`, `import "a.js"`, `import("a.js")`, and what replaces them.
_MODULE_ADDRESSES = tuple(
    (rf"""(?P<matched>(?P<words>{words})["'](?P<url>[./][^"']*)["'])""", '%(words)s"%(url)s"')
    for words in (r"""\b(?:import|export)\b[^;"']*\bfrom\s*""", r"\bimport\s*\(?\s*")
)


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Whitenoise's hashed and compressed files; ES modules find each other, the stylesheet is one file.

    In development `css/app.css` imports one file for each component. A phone would fetch them one after the
    other, so `collectstatic` puts them in place of the imports, each in its cascade layer.
    """

    # Our own modules only. Django has patterns for this (support_js_module_import_aggregation), but they read
    # from a bare `import "a.js";` on into the next statement and then hash that one's address twice.
    patterns = (*CompressedManifestStaticFilesStorage.patterns, ("js/*.js", _MODULE_ADDRESSES))
    manifest_strict = True
    bundles = ("css/app.css",)

    def post_process(self, paths: Paths, *args: Any, **options: Any) -> Iterator[Any]:
        """Hash and compress what `collectstatic` gathered, with each bundle in place of its entry."""
        bundled = InMemoryStorage()
        for entry in self.bundles:
            if entry in paths:
                bundled.save(entry, ContentFile(bundle_css(entry, paths).encode()))
                paths = {**paths, entry: (bundled, entry)}
        yield from super().post_process(paths, *args, **options)


def bundle_css(entry: str, paths: Paths) -> str:
    """The text of the stylesheet `entry` with every `@import` replaced by the imported file.

    `paths` is what `collectstatic` gathered. Comments are left out; relative addresses are kept right. Raises
    `ValueError` for an import that is not among the paths or has a condition, since a browser would silently
    ignore it in the middle of a file.
    """
    return _bundled(entry, paths, folder=posixpath.dirname(entry), above=())


def _bundled(name: str, paths: Paths, *, folder: str, above: tuple[str, ...]) -> str:
    if name in above:
        raise ValueError(f"{name} imports itself through {' and '.join(above)}")

    here = posixpath.dirname(name)
    text = _without_comments(_source(name, paths))
    parts, end = [], 0
    for match in _IMPORT.finditer(text):
        target = posixpath.normpath(posixpath.join(here, match["address"] or match["quoted"]))
        if target not in paths or match["condition"].strip():
            raise ValueError(f"{name}: cannot put a file in place of {match[0]!r}")
        imported = _bundled(target, paths, folder=folder, above=(*above, name)).strip()
        layered = f"@layer {match['layer']} {{\n{imported}\n}}" if match["layer"] else imported
        parts += [_move_urls(text[end : match.start()], here, folder), layered]
        end = match.end()
    return "".join([*parts, _move_urls(text[end:], here, folder)])


def _source(name: str, paths: Paths) -> str:
    storage, path = paths[name]
    with storage.open(path) as file:
        return str(file.read().decode())


def _without_comments(text: str) -> str:
    return re.sub(r"\n\s*\n", "\n", _COMMENT.sub(lambda match: match["string"] or "", text))


def _move_urls(text: str, origin: str, folder: str) -> str:
    """Addresses relative to `origin` become relative to `folder`, where the bundle lies."""
    if origin == folder:
        return text

    def moved(match: re.Match[str]) -> str:
        if _NOT_RELATIVE.match(match["target"]):
            return match[0]
        target = posixpath.relpath(posixpath.join("/", origin, match["target"]), posixpath.join("/", folder))
        return f"url({match['quote']}{target}{match['quote']})"

    return _URL.sub(moved, text)
