"""What Vitrina's screens are made of."""
