"""Who is asked: lists of people, personal links, cohorts kept from wave to wave."""
