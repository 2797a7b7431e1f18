from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="report",
            name="device",
            field=models.CharField(
                blank=True, help_text="tells reports of this one thing apart by device, and nothing else", max_length=32
            ),
        ),
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
                ],
                max_length=10,
                verbose_name="Was",
            ),
        ),
    ]
