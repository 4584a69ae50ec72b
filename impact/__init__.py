"""The common ground: people, communities, and what is followed day by day."""
