from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('stock', '0002_reservation_beyond'),
    ]

    operations = [
        migrations.AddField(
            model_name='reservation',
            name='picked',
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
    ]
