import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import gatepass.identity
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Customer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=gatepass.identity.new_id, unique=True)),
                ('code', models.CharField(max_length=20, unique=True)),
                ('name', models.CharField(max_length=120)),
                ('short_name', models.CharField(max_length=40)),
                ('pinyin', models.CharField(blank=True, db_index=True, max_length=300)),
                ('initials', models.CharField(blank=True, db_index=True, max_length=80)),
                ('heart', models.CharField(blank=True, db_index=True, max_length=120)),
                ('heart_pinyin', models.CharField(blank=True, max_length=300)),
                ('digits', models.CharField(blank=True, db_index=True, max_length=40)),
                ('grams', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=2), default=list, size=None)),
                ('address', models.CharField(blank=True, max_length=200)),
                ('region', models.CharField(blank=True, db_index=True, max_length=40)),
                ('grade', models.CharField(blank=True, max_length=20)),
                ('phone', models.CharField(blank=True, max_length=40)),
                ('terms', models.CharField(blank=True, max_length=200)),
                ('bearer', models.CharField(choices=[('advanced', '客户代垫'), ('company', '公司承担'), ('subsidy', '运补')], default='advanced', max_length=10)),
                ('subsidy_unit', models.CharField(blank=True, max_length=8)),
                ('subsidy_yuan', models.DecimalField(decimal_places=6, max_digits=18, null=True)),
                ('forwarder', models.UUIDField(null=True)),
                ('active', models.BooleanField(default=True)),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['grams'], name='customer_grams'), django.contrib.postgres.indexes.GinIndex(fields=['pinyin'], name='customer_pinyin', opclasses=['gin_trgm_ops']), django.contrib.postgres.indexes.GinIndex(fields=['heart_pinyin'], name='customer_heart_pinyin', opclasses=['gin_trgm_ops']), models.Index(fields=['pinyin', 'id'], name='customer_list')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('bearer', 'subsidy'), _negated=True), models.Q(('subsidy_yuan__isnull', False), models.Q(('subsidy_unit', ''), _negated=True)), _connector='OR'), name='subsidy_has_a_rate')],
            },
        ),
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=gatepass.identity.new_id, unique=True)),
                ('kind', models.CharField(choices=[('business', '业务联系人'), ('receiving', '收货联系人')], max_length=10)),
                ('name', models.CharField(max_length=60)),
                ('phone', models.CharField(max_length=40)),
                ('digits', models.CharField(blank=True, db_index=True, max_length=40)),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField(null=True)),
                ('blanked_at', models.DateTimeField(null=True)),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='customers.customer')),
            ],
        ),
        migrations.CreateModel(
            name='Address',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=gatepass.identity.new_id, unique=True)),
                ('label', models.CharField(max_length=40)),
                ('destination', models.CharField(max_length=60)),
                ('address', models.CharField(max_length=200)),
                ('consignee', models.CharField(max_length=60)),
                ('phone', models.CharField(max_length=40)),
                ('preferred', models.BooleanField(default=False)),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField(null=True)),
                ('entry', models.UUIDField(null=True)),
                ('salt', models.UUIDField(default=uuid.uuid4, null=True)),
                ('blanked_at', models.DateTimeField(null=True)),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='customers.customer')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('preferred', True), ('until', None)), fields=('customer',), name='one_preferred_address'), models.UniqueConstraint(condition=models.Q(('until', None)), fields=('customer', 'label'), name='one_address_of_a_label')],
            },
        ),
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entry', models.UUIDField()),
                ('since', models.DateTimeField()),
                ('file', models.JSONField()),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='customers.customer')),
            ],
            options={
                'indexes': [models.Index(fields=['customer', 'since'], name='customer_editions')],
            },
        ),
    ]
