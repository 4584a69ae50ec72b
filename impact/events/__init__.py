"""Days, webinars, forums and class sequences: who registered, who came, from which institution or class."""
