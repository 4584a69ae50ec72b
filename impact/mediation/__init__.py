"""School social mediation: sites, mediators, their weeks, what they do."""
