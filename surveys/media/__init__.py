"""Pictures and sounds of the answers that are offered."""
