"""The story world: the text that the models are trained on, generated from lexicon and grammar."""
