"""Runs on the workers of a Dask cluster: pages hold what is in `remote`, a worker what is in `host`."""
