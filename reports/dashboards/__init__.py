"""Key figures at a glance, each one leading to its page: values over time, target, comparison, what is behind it."""
