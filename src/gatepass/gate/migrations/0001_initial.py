import django.db.models.deletion
import django.db.models.functions.text
import gatepass.identity
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('dispatch', '0001_initial'),
        ('transport', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='MaterialsOut',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=gatepass.identity.new_id, unique=True)),
                ('number', models.CharField(max_length=20, unique=True)),
                ('plate', models.CharField(max_length=20)),
                ('reason', models.CharField(max_length=300)),
                ('written_by', models.UUIDField()),
                ('written_at', models.DateTimeField()),
                ('passed_at', models.DateTimeField(null=True)),
                ('returned_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Authority',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=gatepass.identity.new_id, unique=True)),
                ('number', models.CharField(max_length=20, unique=True)),
                ('guard', models.UUIDField()),
                ('issued_by', models.UUIDField()),
                ('issued_at', models.DateTimeField()),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('handed_over_at', models.DateTimeField(null=True)),
                ('handed_over_to', models.UUIDField(null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('until__gt', models.F('since'))), name='authority_for_a_period')],
            },
        ),
        migrations.CreateModel(
            name='GatePass',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=gatepass.identity.new_id, unique=True)),
                ('number', models.CharField(max_length=20, unique=True)),
                ('kind', models.CharField(choices=[('goods', '货物'), ('material', '物料'), ('sample', '样品'), ('return', '退供应商')], default='goods', max_length=10)),
                ('code', models.CharField(max_length=12, unique=True)),
                ('plate', models.CharField(max_length=20)),
                ('cartons', models.PositiveIntegerField()),
                ('load', models.JSONField(default=list)),
                ('issued_by', models.UUIDField()),
                ('issued_at', models.DateTimeField()),
                ('valid_until', models.DateTimeField()),
                ('sales_copy', models.BooleanField(default=False)),
                ('finance_copy', models.BooleanField(default=False)),
                ('customer_copy', models.BooleanField(default=False)),
                ('voided_at', models.DateTimeField(null=True)),
                ('voided_by', models.UUIDField(null=True)),
                ('voided_why', models.CharField(blank=True, max_length=300)),
                ('source', models.UUIDField(null=True)),
                ('trip', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='transport.trip')),
            ],
        ),
        migrations.CreateModel(
            name='Material',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=gatepass.identity.new_id, unique=True)),
                ('name', models.CharField(max_length=60)),
                ('unit', models.CharField(max_length=10)),
                ('on_hand', models.PositiveIntegerField(default=0)),
                ('counted_by', models.UUIDField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('name'), name='one_material_of_a_name')],
            },
        ),
        migrations.CreateModel(
            name='MaterialLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('pieces', models.PositiveIntegerField()),
                ('material', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='gate.material')),
                ('out', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='gate.materialsout')),
            ],
        ),
        migrations.CreateModel(
            name='Mismatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('guard', models.UUIDField()),
                ('at', models.DateTimeField()),
                ('plate', models.CharField(blank=True, max_length=20)),
                ('what', models.CharField(max_length=300)),
                ('photo', models.BinaryField(null=True)),
                ('gate_pass', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='gate.gatepass')),
            ],
        ),
        migrations.CreateModel(
            name='Release',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=gatepass.identity.new_id, unique=True)),
                ('guard', models.UUIDField()),
                ('at', models.DateTimeField()),
                ('plate', models.CharField(max_length=20)),
                ('cartons', models.PositiveIntegerField()),
                ('seals', models.CharField(blank=True, max_length=120)),
                ('copies_collected', models.BooleanField(default=False)),
                ('entry', models.UUIDField()),
                ('authority', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='gate.authority')),
                ('gate_pass', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='gate.gatepass')),
                ('trip', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='transport.trip')),
            ],
        ),
        migrations.CreateModel(
            name='AuthorityNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='gate.authority')),
                ('notice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='dispatch.notice')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('authority', 'notice'), name='one_notice_in_an_authority')],
            },
        ),
        migrations.AddConstraint(
            model_name='gatepass',
            constraint=models.UniqueConstraint(condition=models.Q(('voided_at', None)), fields=('trip',), name='one_pass_in_force_a_trip'),
        ),
        migrations.AddConstraint(
            model_name='gatepass',
            constraint=models.UniqueConstraint(condition=models.Q(('voided_at', None)), fields=('source',), name='one_pass_in_force_a_source'),
        ),
        migrations.AddConstraint(
            model_name='gatepass',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'goods'), ('trip__isnull', False)), ('source__isnull', False), _connector='OR'), name='a_pass_names_its_source'),
        ),
        migrations.AddConstraint(
            model_name='materialline',
            constraint=models.UniqueConstraint(fields=('out', 'material'), name='one_line_of_a_material'),
        ),
        migrations.AddConstraint(
            model_name='materialline',
            constraint=models.CheckConstraint(condition=models.Q(('pieces__gt', 0)), name='a_material_line_has_pieces'),
        ),
        migrations.AddConstraint(
            model_name='release',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('authority', None), ('gate_pass__isnull', False)), models.Q(('authority__isnull', False), ('gate_pass', None)), _connector='OR'), name='pass_or_authority'),
        ),
    ]
