"""The pages: a folder each, with all that only this page needs."""
