"""Many runs, or one large run, on the workers of a Dask cluster: processes of this machine, or other machines.

`sweep` trains all combinations of settings; `rounds` trains one model on shards of a text, merged by `merge`. The
extra ``w2v-core[cluster]`` brings Dask. Nothing else of the core imports it, and it is loaded when a cluster is opened.
"""
