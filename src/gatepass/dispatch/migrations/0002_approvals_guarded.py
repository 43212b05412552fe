from django.db import migrations

from gatepass.dispatch.sql import APPROVAL_GUARD, NO_APPROVAL_GUARD


class Migration(migrations.Migration):
    dependencies = [("dispatch", "0001_initial")]
    operations = [migrations.RunSQL(APPROVAL_GUARD, NO_APPROVAL_GUARD)]
