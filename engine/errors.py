"""What can be wrong with what a reader brings: a code and details for the page, plain words for the command line."""


class EngineError(ValueError):
    """The reader's mistake, not ours. `code` and `details` let a page say it in the reader's language."""

    def __init__(self, code: str, message: str, **details: object):
        super().__init__(message)
        self.code = code
        self.details = details


class ModelError(EngineError):
    """A model that is missing, damaged or foreign; the message names the file and what is wrong with it."""


class KnobError(EngineError):
    """A setting outside of what it can be, e.g. a negative temperature or a head that the model does not have."""


class TextError(EngineError):
    """A text that cannot be used for what was asked, e.g. one that is not valid Unicode."""


class WorldError(EngineError):
    """A line of the story world's data (lexicon, facts, patterns) that is not as it should be; the message names file and line's key."""
