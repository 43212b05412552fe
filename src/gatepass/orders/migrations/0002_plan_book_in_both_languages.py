from django.db import migrations, models


class Migration(migrations.Migration):
    """What commands write into the plan book reads in English too; what stood there before stays as it was written."""

    dependencies = [("orders", "0001_initial")]
    operations = [
        migrations.AddField(model_name="note", name="text_en", field=models.CharField(default="", max_length=600)),
    ]
