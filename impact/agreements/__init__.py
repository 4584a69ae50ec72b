"""Charter and other texts: versions, amendments, votes, signatures, decisions."""
