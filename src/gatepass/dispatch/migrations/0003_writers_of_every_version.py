from django.db import migrations

from gatepass.dispatch.sql import APPROVAL_GUARD


class Migration(migrations.Migration):
    dependencies = [("dispatch", "0002_approvals_guarded")]
    operations = [migrations.RunSQL(APPROVAL_GUARD, migrations.RunSQL.noop)]
