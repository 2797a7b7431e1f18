import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ideas", "0001_initial"),
        ("participation", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="ballot",
            name="checksum",
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name="ballot",
            name="paper_totals",
            field=models.JSONField(
                blank=True,
                help_text="counted by hand from paper, kept apart: {papers, abstentions, options: {number or word: points}}",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="ballot",
            name="receipts",
            field=models.JSONField(
                default=list, editable=False, help_text="of all papers in, in order of the alphabet"
            ),
        ),
        migrations.AddField(
            model_name="ballot",
            name="released",
            field=models.JSONField(
                default=list, editable=False, help_text="words (casefolded) that the team lets everybody read"
            ),
        ),
        migrations.AddField(
            model_name="ballot",
            name="rerun_of",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="reruns",
                to="participation.ballot",
            ),
        ),
        migrations.AddField(
            model_name="ballot",
            name="revealed_on",
            field=models.JSONField(default=list, help_text="targets of the reveal: projector, phones, public"),
        ),
        migrations.AddField(
            model_name="ballot",
            name="seen_at",
            field=models.DateTimeField(
                blank=True, editable=False, help_text="last sign of life of the server while the clock runs", null=True
            ),
        ),
        migrations.AddField(
            model_name="event",
            name="capacity",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="Plätze im Saal"),
        ),
        migrations.AddField(
            model_name="event",
            name="frozen",
            field=models.BooleanField(
                default=False, help_text="no operation of a seat is taken", verbose_name="angehalten"
            ),
        ),
        migrations.AddField(
            model_name="event",
            name="frozen_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="event",
            name="joining_open",
            field=models.BooleanField(
                default=True, help_text="new seats while the doors are open", verbose_name="Einlass"
            ),
        ),
        migrations.AddField(
            model_name="event",
            name="next_scene",
            field=models.JSONField(default=dict, editable=False, help_text="prepared for the projector, not shown yet"),
        ),
        migrations.AddField(
            model_name="event",
            name="notes_open",
            field=models.BooleanField(default=False, verbose_name="Notizen"),
        ),
        migrations.AddField(
            model_name="event",
            name="placing_open",
            field=models.BooleanField(default=True, verbose_name="Themen selbst einplanen"),
        ),
        migrations.AddField(
            model_name="event",
            name="topics_held",
            field=models.BooleanField(default=False, verbose_name="Themen erst ansehen"),
        ),
        migrations.AddField(
            model_name="rollentry",
            name="voted",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="seat",
            name="helped",
            field=models.BooleanField(
                default=False, help_text="held by the team's device for somebody without a phone"
            ),
        ),
        migrations.AddField(
            model_name="topic",
            name="hidden_reason",
            field=models.CharField(blank=True, max_length=200, verbose_name="Warum ausgeblendet?"),
        ),
        migrations.AddField(
            model_name="topic",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="merged_topics",
                to="participation.topic",
            ),
        ),
        migrations.AddField(
            model_name="topic",
            name="moved_at",
            field=models.DateTimeField(blank=True, help_text="when its state changed last", null=True),
        ),
        migrations.AddField(
            model_name="topic",
            name="moved_from",
            field=models.CharField(blank=True, help_text="the state before", max_length=10),
        ),
        migrations.AddField(
            model_name="topic",
            name="pitch_order",
            field=models.PositiveIntegerField(blank=True, help_text="place in the pitch queue", null=True),
        ),
        migrations.AddField(
            model_name="topic",
            name="rev",
            field=models.PositiveBigIntegerField(default=0, help_text="number of the last entry about this topic"),
        ),
        migrations.AddField(
            model_name="topic",
            name="scribed",
            field=models.BooleanField(
                default=False, help_text="written down by the team from paper", verbose_name="vom Zettel"
            ),
        ),
        migrations.AddField(
            model_name="topic",
            name="step_free",
            field=models.BooleanField(
                default=False, help_text="needs a room without steps", verbose_name="ohne Stufen"
            ),
        ),
        migrations.AlterField(
            model_name="ballot",
            name="kind",
            field=models.CharField(
                choices=[
                    ("consent", "Ja / Nein / Enthaltung"),
                    ("choice", "Auswahl"),
                    ("dots", "Punkte"),
                    ("scale", "Skala von 1 bis 5"),
                    ("words", "Wörter sammeln"),
                ],
                max_length=8,
                verbose_name="Art",
            ),
        ),
        migrations.AlterField(
            model_name="ballot",
            name="secrecy",
            field=models.CharField(
                choices=[
                    ("open", "offen"),
                    ("counted", "gezählt, danach getrennt"),
                    ("secret", "geheim, von Anfang an getrennt"),
                ],
                default="counted",
                max_length=8,
                verbose_name="Geheimhaltung",
            ),
        ),
        migrations.AlterField(
            model_name="ballot",
            name="tier",
            field=models.CharField(
                choices=[
                    ("signal", "Stimmungsbild: alle im Saal"),
                    ("event", "Abstimmung: wer beim Öffnen da war"),
                    ("binding", "Verbindlich: wer eine Karte hat"),
                ],
                default="signal",
                max_length=8,
                verbose_name="Wer",
            ),
        ),
        migrations.AlterField(
            model_name="topic",
            name="state",
            field=models.CharField(
                choices=[
                    ("submitted", "eingereicht"),
                    ("held", "wartet"),
                    ("on_wall", "an der Wand"),
                    ("pitched", "vorgestellt"),
                    ("placed", "im Raster"),
                    ("running", "läuft"),
                    ("harvested", "geerntet"),
                    ("parked", "geparkt"),
                    ("merged", "zusammengelegt"),
                    ("withdrawn", "zurückgezogen"),
                    ("hidden", "ausgeblendet"),
                ],
                default="submitted",
                max_length=10,
                verbose_name="Stand",
            ),
        ),
        migrations.CreateModel(
            name="FormerCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=12, unique=True)),
                ("until", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="former_codes",
                        to="participation.event",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Outcome",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("client_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("title", models.CharField(max_length=80, verbose_name="Ergebnis")),
                ("text", models.CharField(blank=True, max_length=500, verbose_name="Was soll passieren?")),
                ("join_count", models.PositiveIntegerField(default=0)),
                ("hidden", models.BooleanField(default=False, verbose_name="ausgeblendet")),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="outcome_list",
                        to="participation.event",
                    ),
                ),
                (
                    "idea",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="outcomes",
                        to="ideas.idea",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="outcomes",
                        to="participation.project",
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        blank=True,
                        help_text="who proposed it, if not the team",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="outcomes",
                        to="participation.seat",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="outcomes",
                        to="participation.topic",
                    ),
                ),
            ],
            options={
                "verbose_name": "Ergebnis",
                "verbose_name_plural": "Ergebnisse",
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="OutcomeJoin",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "outcome",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="joins", to="participation.outcome"
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="outcome_joins",
                        to="participation.seat",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Room",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=40, verbose_name="Raum")),
                ("where", models.CharField(blank=True, max_length=80, verbose_name="Wo ist das?")),
                ("capacity", models.PositiveIntegerField(blank=True, null=True, verbose_name="Plätze")),
                ("step_free", models.BooleanField(default=True, verbose_name="ohne Stufen erreichbar")),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rooms", to="participation.event"
                    ),
                ),
            ],
            options={
                "verbose_name": "Raum",
                "verbose_name_plural": "Räume",
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="SignUp",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sign_ups", to="participation.seat"
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sign_ups", to="participation.topic"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Slot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("starts_at", models.DateTimeField(verbose_name="Beginn")),
                ("ends_at", models.DateTimeField(verbose_name="Ende")),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="slots", to="participation.event"
                    ),
                ),
            ],
            options={
                "verbose_name": "Runde",
                "verbose_name_plural": "Runden",
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("placed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sessions", to="participation.event"
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sessions", to="participation.room"
                    ),
                ),
                (
                    "topic",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="session", to="participation.topic"
                    ),
                ),
                (
                    "slot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sessions", to="participation.slot"
                    ),
                ),
            ],
            options={
                "verbose_name": "Gruppe",
                "verbose_name_plural": "Gruppen",
            },
        ),
        migrations.CreateModel(
            name="StageAct",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("op", models.UUIDField()),
                ("act", models.CharField(max_length=40)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="stage_acts", to="participation.event"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Ticket",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("code_hash", models.CharField(max_length=64, unique=True)),
                ("printed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("redeemed_at", models.DateTimeField(blank=True, null=True)),
                ("void", models.BooleanField(default=False)),
                (
                    "ballot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="tickets", to="participation.ballot"
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="tickets",
                        to="participation.seat",
                    ),
                ),
            ],
            options={
                "verbose_name": "Stimmkarte",
                "verbose_name_plural": "Stimmkarten",
            },
        ),
        migrations.CreateModel(
            name="Undo",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("act", models.CharField(max_length=20)),
                ("facts", models.JSONField(default=dict, help_text="what was before, and what the act made of it")),
                ("until", models.DateTimeField()),
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="undo", to="participation.event"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Whereabouts",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "seat",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="whereabouts", to="participation.seat"
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="present",
                        to="participation.topic",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Extension",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seconds", models.PositiveIntegerField(default=0, help_text="0: asked for, not given yet")),
                (
                    "asked_at",
                    models.DateTimeField(blank=True, help_text="when the seat itself asked; empty: never", null=True),
                ),
                (
                    "ballot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="extensions",
                        to="participation.ballot",
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="extensions", to="participation.seat"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("ballot", "seat"), name="one_extension_per_seat")],
            },
        ),
        migrations.CreateModel(
            name="HelpCall",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("client_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("where", models.CharField(blank=True, max_length=80, verbose_name="Wo bist du?")),
                ("text", models.CharField(blank=True, max_length=200, verbose_name="Was brauchst du?")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "offen"), ("taken", "jemand kommt"), ("done", "erledigt")],
                        default="open",
                        max_length=5,
                        verbose_name="Stand",
                    ),
                ),
                ("called_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="help_calls", to="participation.event"
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="help_calls", to="participation.seat"
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "Hilferuf",
                "verbose_name_plural": "Hilferufe",
                "ordering": ["called_at"],
                "constraints": [
                    models.UniqueConstraint(fields=("seat", "client_id"), name="one_help_call_per_request")
                ],
            },
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("client_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "section",
                    models.CharField(
                        choices=[
                            ("talked", "Worüber wir gesprochen haben"),
                            ("want", "Was wir wollen"),
                            ("carry", "Wer das in die Hand nimmt"),
                            ("open", "Was offen ist"),
                        ],
                        max_length=6,
                        verbose_name="Abschnitt",
                    ),
                ),
                ("text", models.CharField(max_length=500, verbose_name="Notiz")),
                ("by", models.CharField(blank=True, max_length=80, verbose_name="von")),
                ("hidden", models.BooleanField(default=False, verbose_name="ausgeblendet")),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "seat",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="notes",
                        to="participation.seat",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notes", to="participation.topic"
                    ),
                ),
            ],
            options={
                "verbose_name": "Notiz",
                "verbose_name_plural": "Notizen",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("topic", "number"), name="one_note_per_number"),
                    models.UniqueConstraint(fields=("topic", "client_id"), name="one_note_per_request"),
                ],
            },
        ),
        migrations.CreateModel(
            name="NotePhoto",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("client_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("photo", models.CharField(help_text="key of common.photos", max_length=80, verbose_name="Foto")),
                ("caption", models.CharField(blank=True, max_length=140, verbose_name="Was ist zu sehen?")),
                ("released", models.BooleanField(default=False, verbose_name="freigegeben")),
                ("taken_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "seat",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="note_photos",
                        to="participation.seat",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="note_photos",
                        to="participation.topic",
                    ),
                ),
            ],
            options={
                "verbose_name": "Foto vom Flipchart",
                "verbose_name_plural": "Fotos vom Flipchart",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("topic", "client_id"), name="one_note_photo_per_request")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="outcome",
            constraint=models.UniqueConstraint(fields=("event", "number"), name="one_outcome_per_number"),
        ),
        migrations.AddConstraint(
            model_name="outcome",
            constraint=models.UniqueConstraint(fields=("event", "client_id"), name="one_outcome_per_request"),
        ),
        migrations.AddConstraint(
            model_name="outcomejoin",
            constraint=models.UniqueConstraint(fields=("outcome", "seat"), name="one_join_per_seat"),
        ),
        migrations.AddConstraint(
            model_name="room",
            constraint=models.UniqueConstraint(fields=("event", "number"), name="one_room_per_number"),
        ),
        migrations.AddConstraint(
            model_name="signup",
            constraint=models.UniqueConstraint(fields=("topic", "seat"), name="one_sign_up_per_seat"),
        ),
        migrations.AddConstraint(
            model_name="slot",
            constraint=models.UniqueConstraint(fields=("event", "number"), name="one_slot_per_number"),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.UniqueConstraint(fields=("room", "slot"), name="one_session_per_cell"),
        ),
        migrations.AddConstraint(
            model_name="stageact",
            constraint=models.UniqueConstraint(fields=("event", "op"), name="one_stage_act_per_request"),
        ),
        migrations.AddConstraint(
            model_name="ticket",
            constraint=models.UniqueConstraint(fields=("ballot", "number"), name="one_ticket_per_number"),
        ),
    ]
