"""Stories: an opening, a plot with its steps, now and then a pause, an ending; and very short ones."""
from engine.corpus.chance import Chance
from engine.corpus.document import Draft
from engine.corpus.es.cast import World
from engine.corpus.es.everyday import animal_clause, past_clause
from engine.corpus.es.grammar import Teller, fitting, lines, pick
from engine.corpus.es.openings import END, FINAL, MIDDLE, OPEN, TRAIT, WEATHER
from engine.corpus.es.plots import GIFT, LOST_PET, NEWCOMER, PLOTS, SEED

DAY = lines("Por la mañana, {h.name} {do}.", "<luego>, {h.name} {do}.", "Por la tarde, {h.name} {do}.", "{a.name} {do}.", "{h.name} {do}[| mientras {a.name} descansaba].",
            "Después de comer, {h.name} {do}.", "También {do}.", "Aquel día {h.name} {do}.", "Su {k.n} {do}.", "Antes de cenar, {h.name} {do}.",
            "{a.name} {do} y {h.name} {do2}.", "Primero {do} y luego {do2}.")
ASIDE = lines("{animal}.", "<luego>, {animal}.", "Mientras tanto, {animal}.", "Cerca de allí, {animal}.", "En {l.all}, {animal}.")
SHORT = lines(
    "{h.name} y {a.name} {plural} en {l.all}.",
    "{h.name} encontró {c.un} <dónde> y se l{c.o} [dio|enseñó|regaló] a {a.name}.",
    "{h.name} tenía {j.un}. [Jugaba con {j.lol}|L{j.o} cuidaba mucho] todas las tardes.",
    "<dia>, {h.name} [perdió|encontró|compró] {c.un}.",
    "A {h.name} le gustaban {f.los}, y su {k.n} le [dio|compró] {f.un}.",
    "<dia>, {h.name} fue a {l.all} con su {k.n} y vio {x.un}.",
    "{m.name} era {m.un}. Siempre [esperaba|seguía] a {h.name}.",
    "{h.name} quería {m.un}. Su {k.n} dijo que sí.",
    "<tiempo>. {h.name} se puso {ropa.un} y salió de casa.",
    "{x.el} vio a {x2.el} y [se escondió|se acercó|l{x2.o} saludó|salió corriendo].",
    "{h.name} le dijo a {a.name}: «[Mañana jugamos|Te espero en casa|Tengo un secreto|Mira qué bonito]».",
    "{h.name} {do}. <luego> {do2}.",
    "{h.name} {do}.",
)


BEDTIME = ("levantarse", "acostarse", "despertarse", "dormir", "llegar")       # they need an hour of their own


def with_scene(chance: Chance, world: World, used: set) -> World:
    """Put fresh scenes into the slots do, do2 and animal."""
    world["do"], world["do2"] = past_clause(chance, used), past_clause(chance, used)
    return world


def tell_aside(teller: Teller, chance: Chance) -> None:
    """An animal or a thing does something, out of the story's way."""
    subject, action = animal_clause(chance)
    teller.world["animal"] = f"{subject} {action}"
    teller.tell(ASIDE)


def tell_day(teller: Teller, chance: Chance, count: int, used: set) -> None:
    """`count` sentences about an ordinary day."""
    for _ in range(count):
        if chance.flip(0.2):
            tell_aside(teller, chance)
        else:
            with_scene(chance, teller.world, used)
            teller.tell(DAY)


def opening(chance: Chance, teller: Teller, plot: tuple = ()) -> None:
    """The first sentence, one that leaves the plot's own matter alone."""
    taken = ("{m." if plot is LOST_PET else "cumple" if plot is GIFT else "{w." if plot is SEED else "{a." if plot is NEWCOMER else "¬")
    bank = tuple(template for template in OPEN if taken not in template.source)
    teller.tell(bank)


def write_story(chance: Chance) -> Draft:
    """A story of two to fourteen sentences."""
    world = World(chance)
    teller = Teller(chance, world)
    size = chance.pick(("plot", "day", "short", "cut"), (6, 1.6, 1.6, 0.8))
    used = set(BEDTIME)
    if size == "short":
        world["plural"] = pick(chance, PLURAL)
        with_scene(chance, world, used)
        teller.tell(SHORT)
        return teller.draft
    if size == "day":
        opening(chance, teller)
        tell_day(teller, chance, chance.number(2, 7), used)
        return teller.maybe(0.6, fitting(FINAL, world)).draft
    plot = pick(chance, PLOTS)
    if chance.flip(0.8):
        opening(chance, teller, plot)
        teller.maybe(0.3, TRAIT)
        if chance.flip(0.5):
            tell_day(teller, chance, chance.number(1, 2), used)
    teller.maybe(0.2, WEATHER)
    steps = plot if size == "plot" else plot[:chance.number(2, 4)]
    for i, step in enumerate(steps):
        teller.tell(step)
        if chance.flip(0.1) and i + 1 < len(steps):
            teller.tell(fitting(MIDDLE, world))
    if size == "plot":
        teller.maybe(0.8, fitting(END, world)).maybe(0.5, fitting(FINAL, world))
    return teller.draft


PLURAL = ("jugaban", "corrían", "paseaban", "cantaban", "reían", "merendaban", "hablaban", "bailaban", "dormían al sol", "buscaban setas",
          "dibujaban", "miraban las nubes")
lines(*PLURAL)

