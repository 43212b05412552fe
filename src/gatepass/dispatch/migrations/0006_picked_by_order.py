from django.db import migrations

from gatepass.dispatch.sql import PICKED_SO_FAR


class Migration(migrations.Migration):
    dependencies = [("dispatch", "0005_for_the_desk"), ("stock", "0003_reservation_picked")]
    operations = [migrations.RunSQL(PICKED_SO_FAR, migrations.RunSQL.noop)]
