"""The community: its settings, organisations, members."""
