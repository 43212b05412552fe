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
            name='Batch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=gatepass.identity.new_id, unique=True)),
                ('code', models.CharField(max_length=24)),
                ('produced_on', models.DateField()),
                ('expires_on', models.DateField()),
                ('location', models.CharField(blank=True, max_length=20)),
                ('quality', models.CharField(choices=[('passed', '合格'), ('held', '待检'), ('failed', '不合格')], max_length=8)),
                ('on_hand', models.PositiveIntegerField(default=0)),
                ('product', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.product')),
            ],
        ),
        migrations.CreateModel(
            name='Move',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('cartons', models.IntegerField()),
                ('kind', models.CharField(choices=[('received', '入库'), ('picked', '配货出库'), ('put_back', '退回货位'), ('adjusted', '盘点调整'), ('returned', '退供应商')], max_length=10)),
                ('document', models.UUIDField(null=True)),
                ('entry', models.UUIDField(db_index=True)),
                ('at', models.DateTimeField()),
                ('note', models.CharField(blank=True, max_length=1000)),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stock.batch')),
            ],
        ),
        migrations.CreateModel(
            name='Reservation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.UUIDField()),
                ('cartons', models.PositiveIntegerField()),
                ('picked', models.PositiveIntegerField(db_default=0, default=0)),
                ('beyond', models.PositiveIntegerField(db_default=0, default=0)),
                ('at', models.DateTimeField()),
                ('product', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.product')),
            ],
        ),
        migrations.CreateModel(
            name='SupplierReturn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=gatepass.identity.new_id, unique=True)),
                ('number', models.CharField(max_length=20, unique=True)),
                ('cartons', models.PositiveIntegerField()),
                ('supplier', models.CharField(max_length=120)),
                ('reason', models.CharField(max_length=300)),
                ('written_by', models.UUIDField()),
                ('written_at', models.DateTimeField()),
                ('cancelled_at', models.DateTimeField(null=True)),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stock.batch')),
            ],
        ),
        migrations.AddIndex(
            model_name='batch',
            index=models.Index(fields=['product', 'expires_on'], name='stock_batch_product_7f3978_idx'),
        ),
        migrations.AddConstraint(
            model_name='batch',
            constraint=models.UniqueConstraint(fields=('product', 'code'), name='one_batch_of_a_code'),
        ),
        migrations.AddConstraint(
            model_name='batch',
            constraint=models.CheckConstraint(condition=models.Q(('expires_on__gt', models.F('produced_on'))), name='batch_expires_later'),
        ),
        migrations.AddConstraint(
            model_name='move',
            constraint=models.CheckConstraint(condition=models.Q(('cartons', 0), _negated=True), name='move_moves'),
        ),
        migrations.AddIndex(
            model_name='reservation',
            index=models.Index(fields=['product'], name='stock_reser_product_69681f_idx'),
        ),
        migrations.AddConstraint(
            model_name='reservation',
            constraint=models.UniqueConstraint(fields=('order', 'product'), name='one_reservation'),
        ),
        migrations.AddConstraint(
            model_name='supplierreturn',
            constraint=models.CheckConstraint(condition=models.Q(('cartons__gt', 0)), name='something_is_returned'),
        ),
    ]
