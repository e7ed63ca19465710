"""``python -m w2v_core``: train, resume, look up, evaluate and convert from the command line."""

import sys

from .command_line import main

sys.exit(main())
