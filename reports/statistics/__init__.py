"""Pure statistics, one module per subject: counts, arrays or frames in, frozen results out, no word of French."""
