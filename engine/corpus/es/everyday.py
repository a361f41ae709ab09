"""Everyday sentences: who does what, in every person and tense, from the scenes of the lexicon."""
from functools import cache

from engine.corpus.chance import Chance
from engine.corpus.document import Draft
from engine.corpus.es.cast import World, kin, person, worker
from engine.corpus.es.grammar import KNOWN, Teller, join, lines, pick, sentence, weights
from engine.corpus.es.lexicon import WORD, nouns, table, verb

OWN = {"yo": ("mi", "mi", "mis"), "tú": ("tu", "tu", "tus"), "él": ("su", "su", "sus"),
       "nosotros": ("nuestro", "nuestra", "nuestros"), "ellos": ("su", "su", "sus")}
HABIT = ("todos los días", "por la mañana", "todas las mañanas", "los domingos", "por la tarde", "a veces", "siempre", "los sábados",
         "cada noche", "en verano", "casi siempre", "los lunes")
THEN = ("ayer", "esta mañana", "anoche", "el domingo", "por la tarde", "ayer por la tarde", "el sábado", "la semana pasada",
        "el lunes", "por la mañana", "hace dos días", "después de comer", "aquel día")
ONCE = ("todos los veranos", "cada tarde", "en aquel pueblo", "por las noches")
SOON = ("mañana", "esta tarde", "el domingo", "luego", "pronto", "la semana que viene", "después de comer")
NOW = ("ahora", "en este momento", "ahora mismo")
for _text in (*HABIT, *THEN, *ONCE, *SOON, *NOW, "voy vas va vamos van estoy estás está estamos están vas no"):
    KNOWN.update(WORD.findall(_text))
GOING = {"yo": "voy", "tú": "vas", "él": "va", "nosotros": "vamos", "ellos": "van"}
BEING = {"yo": "estoy", "tú": "estás", "él": "está", "nosotros": "estamos", "ellos": "están"}
ANIMALS = ("gato", "perro", "pájaro", "caballo", "vaca", "pato", "abeja", "ratón", "conejo", "ardilla", "pez", "sol", "viento", "tren",
           "barco", "hoja", "estrella")


@cache
def frames(who: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The scenes of `who`: (verb, endings)."""
    return tuple((name, tuple(endings)) for name, endings in table("scenes")[who].items())


def ending(chance: Chance, endings: tuple[str, ...], who: str) -> str:
    text = chance.pick(endings, weights(len(endings), 0.6))
    if "{" in text:
        o, a, many = OWN[who]
        text = text.replace("{suo}", o).replace("{sua}", a).replace("{sus}", many)
    return text


def past_clause(chance: Chance, used: set, who: str = "él") -> str:
    """What a person did, without the subject: «bebió un vaso de agua»; never the same verb twice for one `used`."""
    options = frames("person")
    while (frame := chance.pick(options))[0] in used:
        pass
    used.add(frame[0])
    action = verb(frame[0])
    return f"{action.clitic(who)}{action.past[who]} {ending(chance, frame[1], who)}"


def verb_past_first(chance: Chance, used: set) -> str:
    """What I did: «bebí un vaso de agua»."""
    return past_clause(chance, used, "yo")


def animal_clause(chance: Chance) -> tuple[str, str]:
    """An animal or thing and what it did: («el gato negro», «durmió en el sofá»)."""
    who = chance.zipf(ANIMALS, 0.8)
    name, endings = chance.pick(frames(who))
    bare = nouns()[who]
    subject = bare.all
    if chance.flip(0.3):
        subject = bare.with_adjective(chance.zipf(bare.adjectives[:3], 0.6)).all
    action = verb(name)
    return subject, f"{action.clitic('él')}{action.past['él']} {ending(chance, endings, 'él')}"


def clause(chance: Chance, person_: str, who: str = "person") -> tuple[str, str, str]:
    """A scene in one of the tenses: (what comes before the verb, the rest, when)."""
    name, endings = chance.pick(frames(who))
    action, rest = verb(name), ending(chance, endings, person_)
    clitic = action.clitic(person_)
    tense = chance.pick(("past", "present", "used", "future", "now", "not"), (5, 4, 1.2, 1, 1, 0.7))
    if "mientras" in rest and tense in ("present", "future", "now", "not"):
        tense = "past"
    if tense == "past":
        return clitic + action.past[person_], rest, pick(chance, THEN)
    if tense == "present":
        return clitic + action.present[person_], rest, pick(chance, HABIT)
    if tense == "used":
        return clitic + action.used[person_], rest, pick(chance, ONCE)
    if tense == "future":
        return f"{GOING[person_]} a {action.infinitive}{clitic.strip()}", rest, pick(chance, SOON)
    if tense == "now":
        return f"{clitic}{BEING[person_]} {action.ing}", rest, pick(chance, NOW)
    return f"no {clitic}{action.past[person_]}", rest, pick(chance, THEN)


def subject(chance: Chance) -> tuple[str, str]:
    """A person as subject and the grammatical person: («mi hermana», «él»)."""
    kind = chance.pick(("name", "kin", "yo", "job", "nosotros", "tú", "ellos", "two", "child"), (4, 4, 3, 2, 1.5, 1, 1, 1, 1.5))
    if kind == "name":
        return person(chance).name, "él"
    if kind == "kin":
        return chance.zipf(("mi", "tu", "su"), 1.5) + " " + kin(chance).n, "él"
    if kind == "job":
        return worker(chance).all, "él"
    if kind == "child":
        return chance.pick(("el niño", "la niña", "la vecina", "el vecino", "la señora", "mi amiga", "mi amigo", "el rey", "la princesa")), "él"
    if kind == "two":
        first = person(chance)
        return f"{first.name} y {person(chance, first.name).name}", "ellos"
    if kind == "ellos":
        return chance.pick(("los niños", "mis padres", "mis abuelos", "las niñas", "mis amigos", "los vecinos", "ellos")), "ellos"
    return (kind if chance.flip(0.25) else ""), kind


KNOWN.update(WORD.findall("el niño la niña la vecina el vecino la señora mi amiga mi amigo el rey la princesa los niños mis padres mis abuelos "
                          "las niñas mis amigos los vecinos ellos"))
BE = lines(
    "{mueble.all} está [en el salón|junto a la puerta|en la cocina|cerca de la ventana|en mi habitación]",
    "{c.all} está [<dónde>]",
    "{m.el} de {h.name} es {m.adj}",
    "{h.name} es {trait}", "{h.name} está [content{h.o}|cansad{h.o}|enferm{h.o}|triste|en casa|en la escuela|list{h.o} para salir]",
    "hay {f.un} [en la mesa|en la cesta|en el plato|en la cocina]", "hay {v.un} en [el tejado|el árbol|la ventana|el jardín]",
    "a {h.name} le gusta [el chocolate|jugar al fútbol|la música|leer cuentos|el mar|la sopa de su abuela|pintar|el color [azul|rojo|verde|amarillo]]",
    "a mi {k.n} le gustan [las flores|los gatos|los libros|las manzanas|los barcos|los perros|las estrellas]",
    "me gusta [{e.el}|el verano|el olor del pan|la nieve|caminar por la playa|dormir tarde|la lluvia]",
    "[hoy hace|ayer hizo|aquí siempre hace] [sol|frío|calor|viento|mucho frío|buen tiempo]",
    "tengo [{m.un}|{j.un}|hambre|sed|sueño|frío|un hermano pequeño|dos hermanas|mucha prisa|una idea]",
    "{h.name} tiene [{m.un}|{j.un}|los ojos [azules|marrones|verdes]|{age} años|el pelo [largo|corto|rizado|negro]|mucha hambre|sueño]",
    "{ropa.all} es [de mi {k.n}|mí{ropa.o}|para {h.name}|de lana|muy car{ropa.o}]",
    "¿dónde está {c.el}", "¿quién tiene {j.el}", "¿quieres [{f.un}|jugar conmigo|un poco de [agua|leche|pan|sopa]|venir a mi casa|leer un cuento]",
    "¿tienes [hambre|frío|sueño|{m.un}|hermanos|un lápiz]", "¿qué [hora es|día es hoy|hay en {caja.el}|quieres comer|te pasa]",
    "[cierra|abre] la [puerta|ventana], por favor", "[ven|mira|espera|siéntate] [aquí|un momento], por favor",
    "{x.all} vive [en el bosque|cerca del río|lejos de aquí]", "{caja.el} está [vací{caja.o}|llen{caja.o} de [piedras|libros|manzanas|flores]|en el suelo]",
    "{f.all} está muy [ric{f.o}|dulce|fresc{f.o}]", "[son las|eran las] [dos|tres|cinco|seis|ocho|nueve|diez] de la [tarde|noche|mañana]",
    "{k.su} [sabe|quiere|puede|prefiere] [cocinar|cantar|nadar|viajar|bailar|tocar el piano]",
)


def statement(chance: Chance) -> str:
    """One everyday sentence with its stop."""
    kind = chance.pick(("person", "animal", "be"), (5, 2, 3))
    if kind == "be":
        text = sentence(pick(chance, BE).fill(chance, World(chance)))
        return text + ("?" if text[0] == "¿" else ".")
    if kind == "person":
        who, grammatical = subject(chance)
        action, rest, when = clause(chance, grammatical)
    else:
        name = chance.zipf(ANIMALS, 0.7)
        bare = nouns()[name]
        who = bare.all
        if chance.flip(0.35):
            who = bare.with_adjective(chance.zipf(bare.adjectives[:3], 0.6)).all
        action, rest, when = clause(chance, "él", name)
    who = who + " " if who else ""
    place = chance.pick(("none", "front", "back"), (6, 2, 2))
    if when in ("siempre", "casi siempre"):
        place = "none"
    if any(word in rest for word in ("mañana", "noche", "tarde", "temprano", "las ", "día", "después")) and place != "none":
        place = "none"
    text = {"none": f"{who}{action} {rest}", "front": f"{when} {who}{action} {rest}", "back": f"{who}{action} {rest} {when}"}[place]
    return sentence(join([text])) + "."


def write_sentences(chance: Chance) -> Draft:
    """One to three everyday sentences that have nothing to do with each other."""
    teller = Teller(chance)
    for _ in range(chance.pick((1, 2, 3), (4, 3, 2))):
        teller.put(statement(chance))
    return teller.draft
