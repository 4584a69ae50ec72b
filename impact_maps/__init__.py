"""Value chains, and the catalogue of what is measured."""
