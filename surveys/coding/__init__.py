"""Open answers: a code book, two people who read each answer apart, quotes that are released one by one."""
