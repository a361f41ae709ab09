"""Vitrina's engine: a small decoder, its trace, its sampling and its training, with no idea of any screen."""
from engine.checkpoint import load
from engine.errors import EngineError, KnobError, ModelError, TextError
from engine.lm import LanguageModel
from engine.model import Without
from engine.sampling import Distribution, distribution
from engine.tokenizer import Token
from engine.trace import Trace

__all__ = ["Distribution", "EngineError", "KnobError", "LanguageModel", "ModelError", "TextError", "Token", "Trace",
           "Without", "distribution", "load"]
