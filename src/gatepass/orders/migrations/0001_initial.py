import django.db.models.deletion
import gatepass.identity
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('catalogue', '0001_initial'),
        ('customers', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Composition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=gatepass.identity.new_id, unique=True)),
                ('version', models.PositiveSmallIntegerField()),
                ('at', models.DateTimeField()),
                ('by', models.UUIDField()),
                ('remit_fen', models.BigIntegerField()),
                ('committed_fen', models.BigIntegerField()),
                ('data', models.JSONField()),
                ('digest', models.CharField(max_length=64)),
                ('withdrawn_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Link',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=gatepass.identity.new_id, unique=True)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('sent_how', models.CharField(blank=True, max_length=12)),
                ('opened_at', models.DateTimeField(null=True)),
                ('answered_at', models.DateTimeField(null=True)),
                ('composition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orders.composition')),
            ],
        ),
        migrations.CreateModel(
            name='Order',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=gatepass.identity.new_id, unique=True)),
                ('number', models.CharField(max_length=20, unique=True)),
                ('region', models.CharField(db_index=True, max_length=40)),
                ('bearer', models.CharField(choices=[('advanced', '客户代垫'), ('company', '公司承担'), ('subsidy', '运补')], max_length=10)),
                ('channel', models.CharField(default='phone', max_length=10)),
                ('note', models.CharField(blank=True, max_length=1000)),
                ('taken_at', models.DateTimeField(db_index=True)),
                ('taken_by', models.UUIDField()),
                ('wanted_on', models.DateField(null=True)),
                ('cartons', models.PositiveIntegerField(default=0)),
                ('gifts', models.PositiveIntegerField(default=0)),
                ('goods_fen', models.BigIntegerField(default=0)),
                ('weight_g', models.BigIntegerField(default=0)),
                ('volume_cm3', models.BigIntegerField(default=0)),
                ('remit_fen', models.BigIntegerField(null=True)),
                ('checked_at', models.DateTimeField(null=True)),
                ('allocated_at', models.DateTimeField(null=True)),
                ('sent_at', models.DateTimeField(null=True)),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('confirmed_how', models.CharField(blank=True, max_length=10)),
                ('confirmed_by', models.UUIDField(null=True)),
                ('objected_at', models.DateTimeField(null=True)),
                ('handed_over_at', models.DateTimeField(null=True)),
                ('ready_at', models.DateTimeField(null=True)),
                ('notified_at', models.DateTimeField(null=True)),
                ('promised_on', models.DateField(null=True)),
                ('noticed', models.PositiveSmallIntegerField(default=0)),
                ('shipped_at', models.DateTimeField(null=True)),
                ('rest_ended_at', models.DateTimeField(null=True)),
                ('cancelled_at', models.DateTimeField(null=True)),
                ('cancelled_why', models.CharField(blank=True, max_length=300)),
                ('address', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='customers.address')),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='customers.customer')),
            ],
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('by', models.UUIDField()),
                ('kind', models.CharField(default='remark', max_length=16)),
                ('text', models.TextField()),
                ('text_en', models.TextField(default='')),
                ('entry', models.UUIDField()),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orders.order')),
            ],
        ),
        migrations.AddField(
            model_name='composition',
            name='order',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orders.order'),
        ),
        migrations.CreateModel(
            name='AccountCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=gatepass.identity.new_id, unique=True)),
                ('requested_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(null=True)),
                ('answered_by', models.UUIDField(null=True)),
                ('balance_fen', models.BigIntegerField(null=True)),
                ('parts', models.JSONField(default=list)),
                ('note', models.CharField(blank=True, max_length=1000)),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orders.order')),
            ],
        ),
        migrations.CreateModel(
            name='OrderLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('cartons', models.PositiveIntegerField()),
                ('gift', models.PositiveIntegerField(default=0)),
                ('gift_why', models.CharField(blank=True, max_length=300)),
                ('yuan', models.DecimalField(decimal_places=6, max_digits=18)),
                ('fen', models.BigIntegerField()),
                ('remark', models.CharField(blank=True, max_length=300)),
                ('shipped', models.PositiveIntegerField(default=0)),
                ('shipped_gift', models.PositiveIntegerField(default=0)),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orders.order')),
                ('product', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.product')),
            ],
        ),
        migrations.CreateModel(
            name='Part',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(max_length=20)),
                ('fen', models.BigIntegerField()),
                ('zh', models.CharField(max_length=200)),
                ('en', models.CharField(max_length=200)),
                ('source_kind', models.CharField(max_length=20)),
                ('source', models.UUIDField(null=True)),
                ('entries', models.JSONField(default=list)),
                ('composition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orders.composition')),
            ],
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(fields=['customer', '-taken_at'], name='orders_orde_custome_d3409d_idx'),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(fields=['-taken_at', '-id'], name='orders_orde_taken_a_4d4850_idx'),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(condition=models.Q(('cancelled_at', None), ('shipped_at', None)), fields=['taken_at'], name='orders_under_way'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(('sent_at', None), ('checked_at__isnull', False), _connector='OR'), name='sent_after_the_check'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_at', None), ('sent_at__isnull', False), _connector='OR'), name='confirmed_after_sent'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(('shipped_at', None), ('cancelled_at', None), _connector='OR'), name='shipped_or_cancelled'),
        ),
        migrations.AddConstraint(
            model_name='composition',
            constraint=models.UniqueConstraint(fields=('order', 'version'), name='one_composition_of_a_version'),
        ),
        migrations.AddConstraint(
            model_name='composition',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('order',), name='one_composition_in_force'),
        ),
        migrations.AddConstraint(
            model_name='accountcheck',
            constraint=models.UniqueConstraint(condition=models.Q(('answered_at', None)), fields=('order',), name='one_open_check'),
        ),
        migrations.AddConstraint(
            model_name='orderline',
            constraint=models.UniqueConstraint(fields=('order', 'position'), name='one_line_at_a_position'),
        ),
        migrations.AddConstraint(
            model_name='orderline',
            constraint=models.CheckConstraint(condition=models.Q(('cartons__gt', 0), ('gift__gt', 0), models.Q(('remark', ''), _negated=True), _connector='OR'), name='line_has_cartons'),
        ),
    ]
