"""The public sheet of a ballot: everything that anybody needs to count again, as a page, JSON and CSV."""

import csv
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.pages import set_quartier
from participation.models import Ballot, Event, Seat
from participation.rules.ballots import COUNTED, can_see_sheet
from participation.rules.events import can_run
from participation.selectors import ballots as ballot_selectors
from participation.selectors import events as selectors
from participation.selectors import sheets
from participation.serializers.proceedings import safe
from participation.views.events.door import seat_for


@never_cache
@require_safe
def sheet(request: HttpRequest, join_code: str, number: int) -> HttpResponse:
    """`/e/<join code>/abstimmung/<n>/`; `?beleg=` says whether a receipt is on it."""
    event, ballot, seat = _ballot_or_404(request, join_code, number)
    set_quartier(request, event.quartier)
    context = {"event": event, "ballot": ballot, "new_round": selectors.new_round_of(ballot)}
    if ballot.state in COUNTED:
        context |= _counted(ballot, seat, request.GET.get("beleg", ""))
    return render(request, "events/sheet.html", context)


@never_cache
@require_safe
def sheet_json(request: HttpRequest, join_code: str, number: int) -> HttpResponse:
    """The same for programs: `{sheet, checksum}`; the checksum is that of the canonical JSON of `sheet`."""
    _event, ballot, _seat = _result_or_404(request, join_code, number)
    return JsonResponse(
        {"sheet": sheets.sheet_of(ballot), "checksum": ballot.checksum}, json_dumps_params={"ensure_ascii": False}
    )


@never_cache
@require_safe
def sheet_csv(request: HttpRequest, join_code: str, number: int) -> HttpResponse:
    """The result as a table; what a spreadsheet would take for a formula is text."""
    event, ballot, _seat = _result_or_404(request, join_code, number)
    name = f'attachment; filename="abstimmung-{event.join_code}-{ballot.number}.csv"'
    response = HttpResponse(content_type="text/csv; charset=utf-8", headers={"Content-Disposition": name})
    response.write("\ufeff")
    table = csv.writer(response, delimiter=";")
    table.writerow([safe(ballot.question), _("am Handy"), _("auf Papier"), _("zusammen")])
    for label, *counts in _table(ballot):
        table.writerow([safe(label), *counts])
    return response


def _ballot_or_404(request: HttpRequest, join_code: str, number: int) -> tuple[Event, Ballot, Seat | None]:
    """The ballot, for those who may read its sheet; for everybody else there is none."""
    event = selectors.event_or_404(request.user, join_code)
    ballot = selectors.shown_ballots(event).filter(number=number).first()
    seat = seat_for(request, event)
    if ballot is None or not can_see_sheet(ballot, seated=seat is not None, leads=can_run(request.user, event)):
        raise Http404
    return event, ballot, seat


def _result_or_404(request: HttpRequest, join_code: str, number: int) -> tuple[Event, Ballot, Seat | None]:
    found = _ballot_or_404(request, join_code, number)
    if found[1].state not in COUNTED:
        raise Http404
    return found


def _counted(ballot: Ballot, seat: Seat | None, asked: str) -> dict[str, Any]:
    """What was counted, and the receipts; the seat's own one is found for it."""
    told = sheets.sheet_of(ballot)
    asked = "".join(filter(str.isalnum, asked.upper()))[:6]
    asked = f"{asked[:3]}-{asked[3:]}" if asked else ""
    own = ballot_selectors.receipt_of(ballot.pk, seat.pk) if seat else ""
    labels = {str(option.number): option.label for option in ballot.options.all()}
    return {
        "sheet": told,
        "result": told["result"],
        "rows": ballot_selectors.ranked(told["result"]),
        "table": _table(ballot),
        "receipts": told["receipts"],
        "choices": [_spoken(choice, labels, ballot.kind) for choice in told["choices"]],
        "asked": asked,
        "found": asked in told["receipts"],
        "own": own if own in told["receipts"] else "",
    }


def _spoken(choice: dict[str, int], labels: dict[str, str], kind: str) -> str:
    """A paper in words: "Rad 3, Kino 2"."""
    if not choice:
        return _("Enthaltung")
    points = kind == Ballot.Kind.DOTS
    parts = [(labels.get(name, name), count) for name, count in choice.items()]
    return ", ".join(f"{label} {count}" if points or label == sheets.HELD else label for label, count in parts)


def _table(ballot: Ballot) -> list[list[Any]]:
    """The rows of the result, with the sums named."""
    names = {"abstentions": _("Enthaltungen"), "papers": _("Stimmzettel")}
    rows = sheets.table_of(ballot)
    return [*rows[:-2], *([names[name], *counts] for name, *counts in rows[-2:])]
