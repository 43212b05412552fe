import django.db.models.deletion
import gatepass.identity
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('catalogue', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ShippingDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(unique=True)),
                ('day', models.DateField(unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='Demand',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=gatepass.identity.new_id, unique=True)),
                ('order', models.UUIDField(db_index=True)),
                ('order_number', models.CharField(max_length=20)),
                ('customer_name', models.CharField(max_length=40)),
                ('expected_on', models.DateField(db_index=True, null=True)),
                ('cartons', models.PositiveIntegerField()),
                ('from_stock', models.PositiveIntegerField(default=0)),
                ('ready', models.PositiveIntegerField(default=0)),
                ('remark', models.CharField(blank=True, max_length=300)),
                ('handed_at', models.DateTimeField()),
                ('handed_by', models.UUIDField()),
                ('product', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.product')),
            ],
        ),
        migrations.CreateModel(
            name='Ready',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('batch', models.UUIDField()),
                ('cartons', models.PositiveIntegerField()),
                ('quality', models.CharField(max_length=8)),
                ('note', models.CharField(blank=True, max_length=1000)),
                ('at', models.DateTimeField()),
                ('by', models.UUIDField()),
                ('demand', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='production.demand')),
                ('product', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.product')),
            ],
        ),
        migrations.CreateModel(
            name='Shortage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=gatepass.identity.new_id, unique=True)),
                ('cartons', models.PositiveIntegerField()),
                ('kind', models.CharField(choices=[('short', '缺货'), ('quality', '不合格')], max_length=8)),
                ('reason', models.CharField(max_length=300)),
                ('expected_on', models.DateField(null=True)),
                ('at', models.DateTimeField()),
                ('by', models.UUIDField()),
                ('taken_up_at', models.DateTimeField(null=True)),
                ('taken_up_by', models.UUIDField(null=True)),
                ('outcome', models.CharField(blank=True, max_length=300)),
                ('demand', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='production.demand')),
            ],
        ),
        migrations.CreateModel(
            name='StockupPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=gatepass.identity.new_id, unique=True)),
                ('day', models.DateField(db_index=True)),
                ('version', models.PositiveSmallIntegerField()),
                ('handed_at', models.DateTimeField()),
                ('handed_by', models.UUIDField()),
                ('data', models.JSONField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('day', 'version'), name='one_plan_of_a_version')],
            },
        ),
        migrations.AddConstraint(
            model_name='demand',
            constraint=models.UniqueConstraint(fields=('order', 'product'), name='demand_once'),
        ),
        migrations.AddIndex(
            model_name='shortage',
            index=models.Index(condition=models.Q(('taken_up_at', None)), fields=['demand'], name='shortages_open'),
        ),
    ]
