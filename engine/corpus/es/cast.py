"""Who and what a text is about: a world that invents each person, animal, thing and place when first asked for."""
from functools import cache

from engine.corpus.chance import Chance
from engine.corpus.es.grammar import weights
from engine.corpus.es.lexicon import Noun, agree, nouns, of_kind, table
from engine.corpus.split import held_out

FRONT = {"pequeño", "viejo", "bonito", "enorme", "extraño"}
COLORS = ("rojo", "azul", "verde", "amarillo", "blanco", "negro", "morado", "naranja", "rosa", "gris", "marrón")


class Person:
    """Somebody with a name and a gender: `o` is the ending, `el` the pronoun, `lo` the clitic."""

    __slots__ = ("name", "g", "o", "el", "lo", "nino", "invented", "su", "n", "un", "all", "unnino")

    def __init__(self, name: str, g: str, invented: bool = False, n: str = ""):
        self.name, self.g, self.invented, self.n = name, g, invented, n
        self.o, self.el, self.lo, self.nino = ("a", "ella", "la", "niña") if g == "f" else ("o", "él", "lo", "niño")
        self.unnino = f"un{'a' if g == 'f' else ''} {self.nino}"
        self.su = f"su {n}"
        self.un = ("una " if g == "f" else "un ") + n
        self.all = ("la " if g == "f" else "el ") + n


class Pair:
    """Two people together: `o` is the ending of «junt-s»."""

    __slots__ = ("o",)

    def __init__(self, first: Person, second: Person):
        self.o = "a" if first.g == second.g == "f" else "o"


@cache
def names(g: str) -> tuple[str, ...]:
    return tuple(table("people")["girls" if g == "f" else "boys"].split())


@cache
def syllables() -> tuple[str, ...]:
    return tuple(table("people")["invented"].split())


def decent(word: str) -> bool:
    """False for a made-up word that happens to hold an ugly one."""
    return not any(ugly in word for ugly in table("people")["never"].split())


def invented_name(chance: Chance, ending: str = "") -> str:
    """A name that nobody bears: two or three syllables, closed by `ending`."""
    while True:
        name = "".join(chance.pick(syllables()) for _ in range(chance.number(2, 3)))
        name = name[:-1] + ending if ending else name
        if decent(name):
            return name.capitalize()


def person(chance: Chance, other: str | None = None, made_up: float = 0.1) -> Person:
    """A girl or a boy; with `other` given, a name that may stand beside it."""
    for _ in range(50):
        g = "f" if chance.flip() else "m"
        if chance.flip(made_up):
            found = Person(invented_name(chance, "a" if g == "f" else "o"), g, True)
        else:
            found = Person(chance.zipf(names(g), 0.45), g)
        if other is None or found.name != other and not held_out("cast", other, found.name):
            return found
    raise AssertionError(f"no friend found for {other}")


def noun(chance: Chance, *kinds: str, adjective: float = 0.5) -> Noun:
    """A noun of the kinds, with an adjective that suits it in `adjective` of the cases."""
    options = of_kind(*kinds)
    return dressed(chance, chance.pick(options, weights(len(options), 0.3)), adjective)


def dressed(chance: Chance, bare: Noun, adjective: float = 0.5) -> Noun:
    """`bare` with or without one of its adjectives."""
    if not chance.flip(adjective):
        return bare
    masculine = chance.zipf(bare.adjectives, 0.6)
    front = masculine in FRONT and bare.bare not in ("agua", "águila") and bare.lo in ("lo", "la") and chance.flip(0.3)
    return bare.with_adjective(masculine, front)


def colored(chance: Chance, bare: Noun) -> Noun:
    return bare.with_adjective(chance.zipf(COLORS, 0.35))


def pet(chance: Chance) -> Noun:
    """A pet with a name and an adjective."""
    found = dressed(chance, chance.zipf(_pets(), 0.6), 0.6)
    animal = found if found.adj else found.with_adjective(found.adjectives[0])
    if not found.adj:
        animal.n, animal.un, animal.all = found.n, found.un, found.all
    animal.name = chance.pick(pet_names())
    return animal


@cache
def _pets() -> tuple[Noun, ...]:
    return tuple(noun for noun in of_kind("pet") if noun.bare != "pez")


@cache
def pet_names() -> tuple[str, ...]:
    return tuple(table("people")["pet_names"].split())


@cache
def _kin() -> tuple[Person, ...]:
    return tuple(Person(row["n"], row["g"], n=row["n"]) for row in table("people")["family"].values())


ELDERS = (4, 5, 0, 1, 8, 9, 2, 3)


def kin(chance: Chance) -> Person:
    """A grown-up of the family."""
    return _kin()[chance.zipf(ELDERS, 0.5)]


def worker(chance: Chance) -> Person:
    """Somebody known by a job."""
    row = chance.zipf(tuple(table("people")["job"].values()), 0.3)
    g = "m" if chance.flip() else "f"
    name = row[0] if g == "m" else row[1]
    return Person(name, g, n=name)


@cache
def _traits() -> tuple[str, ...]:
    return tuple(table("adjectives")["trait"])


class World(dict):
    """The slots of a template, made on demand: h hero, a friend, m pet, j toy, c treasure, l place and so on."""

    def __init__(self, chance: Chance, **known):
        super().__init__(known)
        self.chance = chance

    def __missing__(self, key: str):
        self[key] = value = MAKERS[key](self.chance, self)
        return value


def _other(chance: Chance, world: World, kinds: tuple[str, ...], *keys: str, adjective: float = 0.4) -> Noun:
    taken = {world[key].bare for key in keys if key in world}
    while (found := noun(chance, *kinds, adjective=adjective)).bare in taken:
        pass
    return found


OUTDOORS = ("parque", "bosque", "playa", "jardín", "río", "lago", "granja", "colina", "huerto", "plaza", "montaña", "molino",
            "puerto", "mercado")


def outdoors(chance: Chance, *taken: str) -> Noun:
    """A place in the open air."""
    options = [word for word in OUTDOORS if word not in taken]
    return dressed(chance, nouns()[chance.zipf(options, 0.5)], 0.2)


MAKERS = {
    "h": lambda chance, world: person(chance),
    "a": lambda chance, world: person(chance, world["h"].name, made_up=0.05),
    "b": lambda chance, world: _third(chance, world),
    "p": lambda chance, world: Pair(world["h"], world["a"]),
    "m": lambda chance, world: pet(chance),
    "j": lambda chance, world: _toy(chance),
    "j2": lambda chance, world: _other(chance, world, ("toy",), "j"),
    "c": lambda chance, world: noun(chance, "treasure", adjective=0.8),
    "c2": lambda chance, world: _other(chance, world, ("treasure",), "c"),
    "caja": lambda chance, world: noun(chance, "container", adjective=0.5),
    "l": lambda chance, world: outdoors(chance),
    "l2": lambda chance, world: outdoors(chance, world["l"].bare),
    "r": lambda chance, world: noun(chance, "room", adjective=0.1),
    "k": lambda chance, world: kin(chance),
    "w": lambda chance, world: worker(chance),
    "x": lambda chance, world: noun(chance, "wild", adjective=0.5),
    "x2": lambda chance, world: _other(chance, world, ("wild", "farm"), "x"),
    "v": lambda chance, world: dressed(chance, nouns()[chance.zipf(("pájaro", "gorrión", "paloma", "búho", "cuervo", "cigüeña"), 0.8)]),
    "f": lambda chance, world: noun(chance, "fruit", adjective=0.3),
    "f2": lambda chance, world: _other(chance, world, ("fruit", "vegetable"), "f"),
    "e": lambda chance, world: dressed(chance, nouns()[chance.zipf(("bocadillo", "galleta", "pastel", "tortilla", "huevo"), 0.5)], 0.3),
    "ropa": lambda chance, world: noun(chance, "clothes", adjective=0.7),
    "i": lambda chance, world: noun(chance, "instrument", adjective=0.3),
    "mueble": lambda chance, world: noun(chance, "furniture", adjective=0.6),
    "t": lambda chance, world: noun(chance, "tool", adjective=0.4),
    "trait": lambda chance, world: agree(chance.zipf(_traits(), 0.5), world["h"].g),
    "trait2": lambda chance, world: agree(chance.zipf(_traits(), 0.3), world["a"].g),
    "age": lambda chance, world: chance.pick(("cinco", "seis", "siete", "ocho", "nueve", "diez")),
    "n": lambda chance, world: chance.pick(("dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "diez", "doce")),
}


def _toy(chance: Chance) -> Noun:
    found = chance.pick(of_kind("toy"), weights(len(of_kind("toy")), 0.3))
    return dressed(chance, found, 0.8)


def _third(chance: Chance, world: World) -> Person:
    while (found := person(chance, world["h"].name, made_up=0)).name == world["a"].name:
        pass
    return found
