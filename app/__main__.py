"""`python -m app` in the checkout, `python -m word2vec_lab` where it is installed: the command `word2vec-lab`."""

from .launch import main

raise SystemExit(main())
