"""`python -m bench.live.naive.table make` makes the table; `… papers 1` prints what is in it for ballot 1."""

import json
import os
import sys

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.live.naive.settings"
django.setup()

from django.db import connection  # noqa: E402

from bench.live.naive.models import Vote  # noqa: E402

if sys.argv[1] == "make":
    with connection.schema_editor() as editor:
        editor.create_model(Vote)
    print("{}")
else:
    print(json.dumps({"papers": Vote.objects.filter(ballot=int(sys.argv[2])).count()}))
