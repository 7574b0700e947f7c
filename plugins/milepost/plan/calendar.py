"""The working-day calendar: days ↔ offsets in working days from the project's start."""
