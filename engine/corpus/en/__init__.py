"""English: its forms and how it speaks of people and things."""
