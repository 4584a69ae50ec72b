"""Diagnosis by axis, strategic orientations, prospective, texts written in two rounds."""
