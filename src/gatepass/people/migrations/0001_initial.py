import django.db.models.deletion
import gatepass.identity
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('uid', models.UUIDField(default=gatepass.identity.new_id, unique=True)),
                ('username', models.CharField(max_length=60, unique=True)),
                ('name', models.CharField(max_length=60)),
                ('pinyin', models.CharField(blank=True, max_length=160)),
                ('phone', models.CharField(blank=True, max_length=40)),
                ('extension', models.CharField(blank=True, max_length=20)),
                ('active', models.BooleanField(default=True)),
                ('proven', models.BooleanField(default=False)),
                ('blanked_at', models.DateTimeField(null=True)),
                ('carrier', models.UUIDField(null=True)),
                ('language', models.CharField(default='zh', max_length=2)),
                ('theme', models.CharField(default='auto', max_length=5)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Department',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=gatepass.identity.new_id, unique=True)),
                ('name', models.CharField(max_length=60, unique=True)),
                ('name_en', models.CharField(max_length=60)),
            ],
        ),
        migrations.CreateModel(
            name='Token',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=gatepass.identity.new_id, unique=True)),
                ('name', models.CharField(max_length=60)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('commands', models.JSONField(default=list)),
                ('reads', models.BooleanField(default=True)),
                ('acts', models.BooleanField(default=True)),
                ('revoked_at', models.DateTimeField(null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Attempt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(unique=True)),
                ('at', models.DateTimeField(db_index=True)),
                ('way', models.CharField(max_length=12)),
                ('subject', models.CharField(max_length=64)),
                ('person', models.UUIDField(db_index=True, null=True)),
                ('address', models.CharField(blank=True, max_length=45)),
                ('device', models.CharField(blank=True, max_length=64)),
                ('known', models.BooleanField(default=False)),
                ('good', models.BooleanField(default=False)),
                ('browser', models.CharField(blank=True, max_length=40)),
            ],
            options={
                'indexes': [models.Index(fields=['subject', 'at'], name='people_atte_subject_72af05_idx'), models.Index(fields=['address', 'at'], name='people_atte_address_7128ff_idx')],
            },
        ),
        migrations.CreateModel(
            name='Company',
            fields=[
                ('id', models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120)),
                ('short_name', models.CharField(max_length=40)),
                ('name_en', models.CharField(max_length=120)),
                ('phone', models.CharField(blank=True, max_length=40)),
                ('demo', models.BooleanField(default=False)),
                ('stopped_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='one_company')],
            },
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=gatepass.identity.new_id, unique=True)),
                ('kind', models.CharField(choices=[('client_admin', '客户内勤'), ('sales_admin', '销售内勤'), ('salesman', '区域业务员'), ('sales_manager', '销售经理'), ('sales_director', '销售总监'), ('head', '总经理'), ('receivables', '应收会计'), ('finance_manager', '财务经理'), ('cashier', '出纳'), ('freight_accountant', '运费票据会计'), ('production', '生产'), ('warehouse', '仓库'), ('guard', '门卫'), ('driver', '承运人'), ('administrator', '系统管理员')], max_length=24)),
                ('title', models.CharField(max_length=60)),
                ('region', models.CharField(blank=True, max_length=40)),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.department')),
                ('reports_to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
            ],
        ),
        migrations.CreateModel(
            name='TokenUse',
            fields=[
                ('token', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='people.token')),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=gatepass.identity.new_id, unique=True)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('made_by', models.UUIDField()),
                ('made_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('needs_code', models.BooleanField(default=False)),
                ('code_digest', models.CharField(blank=True, max_length=64)),
                ('confirmed_by', models.UUIDField(null=True)),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('used_at', models.DateTimeField(null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('used_at', None), ('withdrawn_at', None)), fields=('person',), name='one_open_invitation'), models.CheckConstraint(condition=models.Q(('confirmed_by', None), models.Q(('confirmed_by', models.F('made_by')), _negated=True), _connector='OR'), name='link_confirmed_by_another')],
            },
        ),
        migrations.CreateModel(
            name='Holding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField()),
                ('until', models.DateField(null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('post', 'person', 'since'), name='one_holding')],
            },
        ),
        migrations.CreateModel(
            name='Deputy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=gatepass.identity.new_id, unique=True)),
                ('rank', models.PositiveSmallIntegerField(default=1)),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('reason', models.CharField(max_length=300)),
                ('ended_at', models.DateTimeField(null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('represented', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('until__gt', models.F('since'))), name='deputy_for_a_period'), models.UniqueConstraint(fields=('post', 'person', 'since'), name='one_deputy')],
            },
        ),
        migrations.CreateModel(
            name='Appointment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=gatepass.identity.new_id, unique=True)),
                ('deputy', models.BooleanField(default=False)),
                ('rank', models.PositiveSmallIntegerField(default=1)),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField(null=True)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('entered_by', models.UUIDField()),
                ('entered_at', models.DateTimeField()),
                ('confirmed_by', models.UUIDField(null=True)),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('declined_by', models.UUIDField(null=True)),
                ('declined_at', models.DateTimeField(null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('stands_for', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('confirmed_by', None), models.Q(('confirmed_by', models.F('entered_by')), _negated=True), _connector='OR'), name='confirmed_by_another'), models.CheckConstraint(condition=models.Q(('confirmed_at', None), ('declined_at', None), _connector='OR'), name='confirmed_or_declined'), models.UniqueConstraint(condition=models.Q(('confirmed_at', None), ('declined_at', None)), fields=('post', 'person', 'deputy', 'since'), name='one_open_appointment')],
            },
        ),
    ]
