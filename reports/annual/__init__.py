"""The annual survey of a PRE: its figures, their definitions, the sheet of the year."""
