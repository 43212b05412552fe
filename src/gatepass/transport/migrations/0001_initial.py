import django.db.models.deletion
import gatepass.identity
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('carriers', '0001_initial'),
        ('dispatch', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Consignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=gatepass.identity.new_id, unique=True)),
                ('order', models.UUIDField(db_index=True)),
                ('number', models.CharField(max_length=20, unique=True)),
                ('cartons', models.PositiveIntegerField()),
                ('weight_g', models.BigIntegerField()),
                ('volume_cm3', models.BigIntegerField()),
                ('partial', models.BooleanField(default=False)),
                ('goods_fen', models.BigIntegerField(default=0)),
                ('left_at', models.DateTimeField(db_index=True, null=True)),
                ('claimed_at', models.DateTimeField(null=True)),
                ('claimed_by', models.UUIDField(null=True)),
                ('claim_refused_at', models.DateTimeField(null=True)),
                ('claim_refused_why', models.CharField(blank=True, max_length=300)),
                ('consigned_at', models.DateTimeField(null=True)),
                ('consigned_claimed', models.DateTimeField(null=True)),
                ('direct', models.BooleanField(default=False)),
                ('told_at', models.DateTimeField(null=True)),
                ('told_answer', models.CharField(blank=True, max_length=300)),
                ('voided_at', models.DateTimeField(null=True)),
                ('notice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='dispatch.notice')),
            ],
        ),
        migrations.CreateModel(
            name='CarrierSignature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60)),
                ('person', models.UUIDField(null=True)),
                ('cartons', models.PositiveIntegerField()),
                ('means', models.CharField(choices=[('glass', '手机签字'), ('paper', '纸质签字')], max_length=8)),
                ('image', models.BinaryField(null=True)),
                ('at', models.DateTimeField()),
                ('entry', models.UUIDField()),
                ('consignment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='transport.consignment')),
            ],
        ),
        migrations.CreateModel(
            name='ConsignmentLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line', models.BigIntegerField()),
                ('product', models.BigIntegerField()),
                ('cartons', models.PositiveIntegerField()),
                ('gift', models.PositiveIntegerField(default=0)),
                ('consignment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='transport.consignment')),
            ],
        ),
        migrations.CreateModel(
            name='Trip',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=gatepass.identity.new_id, unique=True)),
                ('number', models.CharField(max_length=20, unique=True)),
                ('carrier', models.UUIDField(db_index=True)),
                ('day', models.DateField(db_index=True)),
                ('arranged_by', models.UUIDField()),
                ('arranged_at', models.DateTimeField()),
                ('note', models.CharField(blank=True, max_length=300)),
                ('loaded_at', models.DateTimeField(null=True)),
                ('pass_issued_at', models.DateTimeField(null=True)),
                ('seals', models.CharField(blank=True, max_length=120)),
                ('left_at', models.DateTimeField(null=True)),
                ('came_back_at', models.DateTimeField(null=True)),
                ('arrived_at', models.DateTimeField(null=True)),
                ('voided_at', models.DateTimeField(null=True)),
                ('voided_why', models.CharField(blank=True, max_length=200)),
                ('driver', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='carriers.driver')),
                ('vehicle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='carriers.vehicle')),
            ],
        ),
        migrations.CreateModel(
            name='Position',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('claimed_at', models.DateTimeField()),
                ('place', models.CharField(max_length=120)),
                ('note', models.CharField(blank=True, max_length=200)),
                ('by', models.UUIDField()),
                ('trip', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='transport.trip')),
            ],
        ),
        migrations.AddField(
            model_name='consignment',
            name='trip',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='transport.trip'),
        ),
        migrations.CreateModel(
            name='Waybill',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=gatepass.identity.new_id, unique=True)),
                ('number', models.CharField(max_length=20, unique=True)),
                ('carrier', models.UUIDField()),
                ('carrier_name', models.CharField(blank=True, max_length=60)),
                ('carrier_company', models.CharField(blank=True, max_length=80)),
                ('quantity', models.DecimalField(decimal_places=6, max_digits=18, null=True)),
                ('unit', models.CharField(blank=True, choices=[('carton', '件'), ('ton', '吨'), ('m3', '立方米')], max_length=8)),
                ('yuan', models.DecimalField(decimal_places=6, max_digits=18, null=True)),
                ('own_vehicle', models.BooleanField(default=False)),
                ('freight_fen', models.BigIntegerField(null=True)),
                ('agreed_fen', models.BigIntegerField(null=True)),
                ('gate_fen', models.BigIntegerField(null=True)),
                ('written_at', models.DateTimeField(null=True)),
                ('consignee', models.CharField(blank=True, max_length=60)),
                ('address', models.CharField(blank=True, max_length=200)),
                ('phone', models.CharField(blank=True, max_length=40)),
                ('destination', models.CharField(blank=True, max_length=60)),
                ('bearer', models.CharField(choices=[('advanced', '客户代垫'), ('company', '公司承担'), ('subsidy', '运补')], max_length=10)),
                ('flagged', models.CharField(blank=True, max_length=200)),
                ('handed_in_at', models.DateTimeField(null=True)),
                ('received_by', models.UUIDField(null=True)),
                ('credited_at', models.DateTimeField(null=True)),
                ('voided_at', models.DateTimeField(null=True)),
                ('consignment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='waybill', to='transport.consignment')),
            ],
        ),
        migrations.CreateModel(
            name='Count',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.UUIDField()),
                ('cartons', models.PositiveIntegerField()),
                ('at', models.DateTimeField()),
                ('entry', models.UUIDField()),
                ('trip', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='transport.trip')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('trip', 'person', 'cartons'), name='one_count_a_person')],
            },
        ),
        migrations.AddConstraint(
            model_name='consignment',
            constraint=models.UniqueConstraint(condition=models.Q(('voided_at', None)), fields=('trip', 'notice'), name='one_consignment'),
        ),
        migrations.AddConstraint(
            model_name='waybill',
            constraint=models.CheckConstraint(condition=models.Q(('freight_fen', None), ('freight_fen__gte', 0), _connector='OR'), name='freight_not_negative'),
        ),
    ]
