"""How much: one pure function per indicator of the catalogue, one file per family."""
