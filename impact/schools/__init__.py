"""Schools of a territory, year after year: published figures, never a pupil."""
