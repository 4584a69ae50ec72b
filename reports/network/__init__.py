"""Communities side by side: each publishes its protected figures in the shared file, and nothing else is read there."""
