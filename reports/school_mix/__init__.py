"""The tab « Mixité scolaire »: computed figures of schools, in words and pictures."""
