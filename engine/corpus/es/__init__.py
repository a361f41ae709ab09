"""Spanish: its forms, its conjugation and how it speaks of people and things."""
