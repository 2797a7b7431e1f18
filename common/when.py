"""Times as people say them: "gerade eben", "vor 2 Tagen", "5. Dez.", "Sa 5. Dez."."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

MINUTE, HOUR = 60, 3600


def ago(moment: datetime) -> str:
    """How long ago something was, in words up to a week, then as a day; the future is "gerade eben"."""
    seconds = int((timezone.now() - moment).total_seconds())
    if seconds < MINUTE:
        return _("gerade eben")
    if seconds < HOUR:
        return ngettext("vor %(count)d Minute", "vor %(count)d Minuten", seconds // MINUTE) % {
            "count": seconds // MINUTE
        }
    days = (timezone.localdate() - timezone.localdate(moment)).days
    if days == 0:
        return ngettext("vor %(count)d Stunde", "vor %(count)d Stunden", seconds // HOUR) % {"count": seconds // HOUR}
    if days == 1:
        return _("gestern")
    if days < 7:
        return ngettext("vor %(count)d Tag", "vor %(count)d Tagen", days) % {"count": days}
    return day(moment)


def day(moment: date) -> str:
    """ "5. Dez.", with the year when it is not this one."""
    local = _local(moment)
    if local.year == timezone.localdate().year:
        return date_format(local, pgettext("date format", "j. N"))
    return date_format(local, pgettext("date format", "j. N Y"))


def weekday_and_day(moment: date) -> str:
    """ "Sa 5. Dez."."""
    return date_format(_local(moment), pgettext("date format", "D j. N"))


def _local(moment: date) -> date:
    """The day here; a date stays as it is."""
    return timezone.localdate(moment) if isinstance(moment, datetime) else moment
