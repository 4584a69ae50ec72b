"""The follow-up of a PRE: situation, consent, decision, pathway, notes, exit."""
