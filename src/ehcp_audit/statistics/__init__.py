"""Pure functions on numbers: no plan, no rubric, no database."""
