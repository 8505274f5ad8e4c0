"""Figures from tallies: counts become shares, intervals and lines over time, as pure values."""
