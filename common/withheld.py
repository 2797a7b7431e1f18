"""Photos that the public must not see any more: their files move to where no address leads without being asked.

The public folder is served by whoever stands in front (nginx, whitenoise, Django), who asks nobody. So a photo is
withheld by moving its files out of that folder, under a key that says so, and comes back the same way
(docs/decisions/0009-withheld-photos.md). The files follow when the transaction is committed: an act that fails
has moved nothing, and the key in the table is what counts.
"""

import logging
from functools import partial

from django.db import transaction
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from common.photo_keys import WITHHELD, names, storage_of

log = logging.getLogger(__name__)


def withhold(key: str) -> str:
    """The key of the photo from now on; its public files are gone as soon as the act is committed."""
    return _move(key, WITHHELD + key.removeprefix(WITHHELD))


def restore(key: str) -> str:
    """The key that the photo had before; its files are public again as soon as the act is committed."""
    return _move(key, free(key))


def _move(key: str, to: str) -> str:
    if key != to:
        transaction.on_commit(partial(_move_files, key, to))
    return to


def _move_files(key: str, to: str) -> None:
    """Copy, then delete. A file that is missing or has moved already is no fault; a full disk is, and is logged."""
    source, target = storage_of(key), storage_of(to)
    for name in names(key).values():
        try:
            if source.exists(name) and not target.exists(name):
                with source.open(name) as file:
                    target.save(name, file)
            source.delete(name)
        except OSError:
            log.exception("A photo's file could not be moved: %s", name)


def key_of(prefix: str, name: str) -> str:
    """The key of the withheld photo that a file name below `prefix` belongs to. Raises Http404 for other names."""
    bare, _dash, _end = name.rpartition("-")
    key = f"{WITHHELD}{prefix}/{bare}"
    try:
        known = _file_of(key, name)
    except ValueError:
        raise Http404 from None
    if not known:
        raise Http404
    return key


def _file_of(key: str, name: str) -> str:
    """The file of a photo that has this name, without its folder; or nothing."""
    return next((file for file in names(key).values() if file.rpartition("/")[2] == name), "")


def free(key: str) -> str:
    """The key that the photo has while it is public."""
    return key.removeprefix(WITHHELD)


def answer(key: str, name: str) -> HttpResponseBase:
    """A file of a withheld photo, for somebody who may see it; never kept by a cache. Raises Http404.

    A page may have been made just before the photo was let go. Files are copied before they are deleted, so what is
    no longer here is already at its public address, and that is told.
    """
    wanted = _file_of(key, name)
    try:
        with storage_of(key).open(wanted) as file:
            response = HttpResponse(file.read(), content_type="image/webp")
    except FileNotFoundError:
        return _to_public(key, name)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _to_public(key: str, name: str) -> HttpResponseBase:
    wanted, storage = _file_of(free(key), name), storage_of(free(key))
    if not storage.exists(wanted):
        raise Http404
    return redirect(storage.url(wanted))
