from gatepass.site.cli import main

raise SystemExit(main())
