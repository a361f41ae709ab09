"""Lists that teach by example: word pairs, new labels, numbers."""
from functools import cache

from engine.corpus.chance import Chance
from engine.corpus.document import Draft
from engine.corpus.es.cast import decent
from engine.corpus.es.grammar import KNOWN, lines, pick
from engine.corpus.es.knowledge import by_relation
from engine.corpus.es.lexicon import agree, nouns, of_kind, table
from engine.corpus.split import held_out

ARROWS = (" -> ", ": ", " = ", " → ", " - ", " => ")
JOINS = ("\n", "\n", ", ", "; ")
ENGLISH = dict(word.split(":") for word in """perro:dog gato:cat caballo:horse vaca:cow pájaro:bird pez:fish ratón:mouse oso:bear león:lion lobo:wolf rana:frog
pato:duck oveja:sheep cerdo:pig conejo:rabbit manzana:apple naranja:orange pera:pear limón:lemon pan:bread leche:milk agua:water queso:cheese huevo:egg sopa:soup casa:house
puerta:door ventana:window mesa:table silla:chair cama:bed libro:book lápiz:pencil pelota:ball cometa:kite tren:train coche:car barco:boat sol:sun luna:moon estrella:star
árbol:tree flor:flower hoja:leaf mar:sea río:river bosque:forest playa:beach jardín:garden mano:hand ojo:eye nariz:nose boca:mouth pie:foot sombrero:hat zapato:shoe
rojo:red azul:blue verde:green amarillo:yellow blanco:white negro:black grande:big pequeño:small frío:cold feliz:happy triste:sad viejo:old nuevo:new uno:one dos:two tres:three
cuatro:four cinco:five rey:king reina:queen niño:boy niña:girl amigo:friend día:day noche:night comer:eat beber:drink dormir:sleep correr:run leer:read cantar:sing saltar:jump nadar:swim""".split())
KNOWN.update(ENGLISH)
KNOWN.update(ENGLISH.values())


@cache
def tasks() -> dict[str, tuple[tuple[str, str], ...]]:
    """Every pair of every task that is not held out, by task."""
    found: dict[str, list[tuple[str, str]]] = {
        name: [(fact.subject, fact.object) for fact in by_relation()[name]]
        for name in ("opposite", "capital", "baby", "sound", "color", "language", "category", "legs", "home")
    }
    every = [noun for noun in nouns().values() if noun.bare != noun.many and noun.kind != "drink"]
    found["plural"] = [(noun.bare, noun.many) for noun in every]
    found["article"] = [(noun.bare, noun.noel) for noun in every]
    adjectives = [word for word in table("adjectives")["look"] + table("adjectives")["trait"] if agree(word, "f") != word and " " not in word]
    found["feminine"] = [(word, agree(word, "f")) for word in adjectives]
    found["english"] = list(ENGLISH.items())
    found["spanish"] = [(right, left) for left, right in ENGLISH.items()]
    found["letter"] = [(noun.bare, noun.bare[0]) for noun in every]
    found["upper"] = [(noun.bare, noun.bare.upper()) for noun in every]
    return {name: tuple(pair for pair in pairs if not held_out("pair", name, pair[0])) for name, pairs in found.items()}


TASK_WEIGHTS = {"opposite": 5, "capital": 4, "plural": 4, "english": 4, "spanish": 3, "color": 3, "category": 3, "sound": 2, "baby": 2, "feminine": 2, "language": 1.5,
                "article": 1.5, "letter": 1, "upper": 1, "legs": 1, "home": 1}


def write_pairs(chance: Chance) -> Draft:
    """Three to ten pairs of one task, each with the same arrow."""
    name = chance.pick(tuple(TASK_WEIGHTS), tuple(TASK_WEIGHTS.values()))
    rows = chance.several(tasks()[name], min(chance.number(3, 10), len(tasks()[name])))
    arrow, gap = pick(chance, ARROWS), pick(chance, JOINS)
    return Draft().say(gap.join(left + arrow + right for left, right in rows))


GROUPS = {
    "animal": ("pet", "farm", "wild", "bird", "sea", "insect"), "comida": ("fruit", "vegetable", "food"), "ropa": ("clothes",), "mueble": ("furniture",), "vehículo": ("vehicle",),
    "juguete": ("toy",), "lugar": ("place", "room"), "herramienta": ("tool",), "cuerpo": ("body",), "instrumento": ("instrument",), "escuela": ("school",), "naturaleza": ("nature",),
}


@cache
def groups() -> dict[str, tuple[str, ...]]:
    """Words by category, without the ones that label blocks must never show."""
    found = {name: [noun.bare for noun in of_kind(*kinds)] for name, kinds in GROUPS.items()}
    found["color"] = list(table("adjectives")["colors"][:11])
    found["número"] = "uno dos tres cuatro cinco seis siete ocho nueve diez once doce".split()
    found["familia"] = [row["n"] for row in table("people")["family"].values()]
    found["sentimiento"] = list(table("adjectives")["feeling"])
    return {name: tuple(word for word in words if not held_out("label", word)) for name, words in found.items()}


def label(chance: Chance) -> str:
    """A word that does not exist: one to three syllables of random letters."""
    while True:
        word = ""
        for _ in range(chance.pick((1, 2, 3), (5, 4, 1))):
            word += chance.pick("bcdfgjklmnpqrstvwxyz") + chance.pick("aeiou") + (chance.pick("bcdfglmnprstxz") if chance.flip(0.6) else "")
        if decent(word) and word not in ("no", "ni", "se", "de", "lo", "la", "me", "te", "tu", "su", "mi"):
            return word


def write_labels(chance: Chance) -> Draft:
    """Words of two or three categories and a new label for each category."""
    names = chance.several(tuple(groups()), chance.pick((2, 3, 4), (4, 5, 1)))
    labels: list[str] = []
    while len(labels) < len(names):
        if (new := label(chance)) not in labels:
            labels.append(new)
    arrow, gap = pick(chance, ARROWS), pick(chance, JOINS)
    used: set[str] = set()
    draft = Draft()
    seen: set[str] = set()
    for i in range(chance.number(6, 16)):
        name = chance.pick(names)
        left = [word for word in groups()[name] if word not in used]
        if not left:
            continue
        word = chance.pick(left)
        used.add(word)
        draft.say((gap if draft.text else "") + word + arrow)
        new = labels[names.index(name)]
        if new in seen:
            draft.answer("label", new)
        else:
            draft.say(new)
        seen.add(new)
    return draft


NUMBERS = ("cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte").split()
SUMS = ("{a} + {b} = ", "{A} más {b2} son ", "{A} y {b2} son ", "¿Cuánto es {a} + {b}? ", "¿Cuánto son {A2} más {b2}? ")
lines("más son y es menos Cuánto números cuento contar de en del al", "Entra sale", "Los números pares impares")


def spoken(number: int) -> str:
    return NUMBERS[number]


def write_numbers(chance: Chance) -> Draft:
    """Counting, sums, sequences, or a number machine."""
    kind = chance.pick(("sums", "count", "sequence", "machine", "things"), (4, 2, 2, 3, 2))
    draft = Draft()
    if kind == "sums":
        form, gap = pick(chance, SUMS), chance.pick(("\n", "\n", ", ", ". "))
        for i in range(chance.number(2, 6)):
            first = chance.number(0 if "{a}" in form else 1, 10)
            second = chance.number(1, 10)
            text = form.format(a=first, b=second, A=spoken(first).capitalize() if i == 0 or gap != ", " else spoken(first), A2=spoken(first), b2=spoken(second))
            result = str(first + second) if "{a}" in form else spoken(first + second)
            draft.say((gap if i else "") + text).answer("sum", result)
        return draft
    if kind == "count":
        start, step = chance.number(1, 9), chance.pick((1, -1), (4, 1))
        stop = chance.number(4, 9)
        values = [start + i * step for i in range(stop)] if step > 0 else list(range(start + stop, start, -1))
        words = [spoken(v) for v in values] if chance.flip() else [str(v) for v in values]
        return draft.say(chance.pick((", ", " ")).join(words))
    if kind == "sequence":
        start, step = chance.number(0, 10), chance.pick((2, 5, 10, 3, 4), (5, 4, 4, 2, 1))
        return draft.say(", ".join(str(start + i * step) for i in range(chance.number(4, 9))))
    if kind == "things":
        noun = chance.pick(of_kind("fruit", "farm", "toy", "bird"))
        one = "una" if noun.g == "f" else "un"
        gap = chance.pick((", ", "\n"))
        words = [one, *("dos tres cuatro cinco seis siete ocho nueve diez".split())][:chance.number(3, 10)]
        return draft.say(gap.join(f"{word} {noun.bare if word == one else noun.many}" for word in words))
    factor, plus = chance.pick(((1, 1), (1, 2), (2, 0), (1, 3), (1, 5), (1, 10), (3, 0), (2, 1), (10, 0), (1, -1)))
    arrow, gap = pick(chance, ARROWS), chance.pick(("\n", ", "))
    for i, number in enumerate(chance.several(range(1, 21), chance.number(4, 10))):
        draft.say((gap if i else "") + f"{number}{arrow}")
        draft.answer("machine", str(number * factor + plus)) if i >= 2 else draft.say(str(number * factor + plus))
    return draft


KNOWN.update(NUMBERS)
