from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0002_notes_photos_and_devices"),
    ]

    operations = [
        migrations.AlterField(
            model_name="report",
            name="thing",
            field=models.CharField(
                choices=[
                    ("idea", "Idee"),
                    ("comment", "Kommentar"),
                    ("message", "Nachricht"),
                    ("topic", "Thema"),
                    ("note", "Notiz"),
                    ("photo", "Foto"),
                    ("outcome", "Ergebnis"),
                ],
                max_length=10,
                verbose_name="Was",
            ),
        ),
    ]
