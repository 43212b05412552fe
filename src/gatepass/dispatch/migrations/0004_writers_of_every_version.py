from django.db import migrations

from gatepass.dispatch.sql import APPROVAL_GUARD


class Migration(migrations.Migration):
    dependencies = [("dispatch", "0003_changes_withdrawn")]
    operations = [migrations.RunSQL(APPROVAL_GUARD, migrations.RunSQL.noop)]
