"""Texts that ask back what they said: comprehension after a short story, recall after a long detour."""
from functools import cache

from engine.corpus.chance import Chance
from engine.corpus.document import Draft
from engine.corpus.es.cast import COLORS, World, person, pet_names
from engine.corpus.es.everyday import past_clause
from engine.corpus.es.grammar import Teller, fitting, join, lines, pick, sentence
from engine.corpus.es.lexicon import agree, nouns
from engine.corpus.es.openings import MIDDLE, WEATHER
from engine.corpus.es.stories import BEDTIME, tell_day

PLACES = ("el parque", "la playa", "el bosque", "el jardín", "el río", "el mercado", "la escuela", "el lago", "la granja", "la biblioteca", "la plaza", "la montaña", "el puerto",
          "el museo", "el zoo", "el huerto", "la estación")
HIDING = ("debajo de la cama", "detrás de la puerta", "en el cajón", "dentro de un zapato", "debajo de una piedra", "en la cocina", "en el jardín", "encima del armario", "en la mochila",
          "debajo de la alfombra", "detrás del espejo", "en la caja azul", "junto a la ventana", "en un árbol", "en el desván")
THINGS = ("llave", "pelota", "muñeca", "moneda", "carta", "linterna", "guitarra", "bufanda", "campana", "concha", "cometa", "piedra", "pluma", "bolsa", "gorra", "mapa", "libro", "anillo", "globo",
          "sombrero", "tambor", "silbato", "reloj", "espejo", "barquito", "robot", "paraguas", "cuaderno")

# Each kind: what is stated, and how it is asked for; the answer comes where «@» stands. {q} is the secret, {d} a decoy.
FACTS = {
    "pet": (
        lines("{h.name} tenía {pn.un} que se llamaba {q}.", "{pn.el} de {h.name} se llamaba {q}.", "{h.name} vivía con {pn.un}, {q}.", "Para su cumpleaños, {h.name} recibió {pn.un} y l{pn.o} llamó {q}."),
        lines("{a.name} tenía {pn2.un} llamad{pn2.o} {d}.", "{pn2.el} de {a.name} se llamaba {d}."),
        ("¿Cómo se llamaba {pn.el} de {h.name}? {H} de {h.name} se llamaba @.", "¿Cómo se llama {pn.el} de {h.name}? Se llama @.", "¿Qué nombre tenía {pn.el} de {h.name}? @.",
         "Entonces {h.name} llamó a {pn.su}: «¡@!».", "Y todos recordaron el nombre de {pn.su}: @."),
    ),
    "friend": (
        lines("{best} de {h.name} se llamaba {q}.", "Quien más quería a {h.name} era {q}.", "{h.name} jugaba siempre con {q}.", "{h.name} iba a la escuela con {q} todas las mañanas."),
        lines("En la misma calle vivía {d}.", "{d} vivía muy lejos."),
        ("¿Con quién jugaba siempre {h.name}? Con @.", "¿Con quién iba {h.name} a la escuela? Con @.", "¿Quién quería tanto a {h.name}? @."),
    ),
    "colour": (
        lines("El color favorito de {h.name} era el {q}.", "A {h.name} el color que más le gustaba era el {q}.", "De todos los colores, {h.name} prefería el {q}."),
        lines("{a.name} prefería el {d}.", "A {a.name} le gustaba más el {d}."),
        ("¿Cuál era el color favorito de {h.name}? Era el @.", "¿Qué color le gustaba más a {h.name}? El @.", "¿Cuál era el color favorito de {h.name}? El color favorito de {h.name} era el @."),
    ),
    "place": (
        lines("{h.name} escondió {it.el} {q}.", "{h.name} guardó {it.el} {q}.", "{it.el} de {h.name} estaba {q}."),
        lines("{a.name} escondió {it2.el} {d}.", "{it2.el} de {a.name} estaba {d}."),
        ("¿Dónde estaba {it.el} de {h.name}? Estaba @.", "Entonces {h.name} recordó dónde estaba {it.el}: @.", "¿Dónde estaba {it.el}? @.", "¿Dónde estaba {it.el} de {h.name}? {I} de {h.name} estaba @."),
    ),
    "object": (
        lines("En {caja.el} de {h.name} había {q}.", "{h.name} metió en {caja.el} {q}.", "{h.name} llevaba {q} en {caja.el}."),
        lines("{a.name} tenía {d} en la mano.", "{a.name} llevaba {d}."),
        ("¿Qué había en {caja.el} de {h.name}? Había @.", "{h.name} abrió por fin {caja.el}: dentro había @.", "¿Qué tenía {h.name} en {caja.el}? @."),
    ),
}
AT_LAST = lines("Al final del día, alguien preguntó:", "Por fin, su {k.n} preguntó:", "Antes de dormir, su {k.n} preguntó:", "Ahora una pregunta:", "Pregunta:", "¿Te acuerdas?", "Y entonces le preguntaron:")
for _, (told, decoy, asked) in FACTS.items():
    lines(*(text.replace("{H}", "").replace("{I}", "") for text in asked))
lines(*PLACES, *HIDING)


def secret(chance: Chance, world: World, kind: str) -> None:
    """Choose what the text will ask for: q, and a decoy d of the same kind."""
    if kind == "pet":
        world["pn"] = nouns()[chance.zipf(("perro", "gato", "conejo", "loro", "caballo", "pato", "tortuga", "hámster"), 0.5)]
        world["pn2"] = nouns()[chance.pick(("cabra", "canario", "cordero", "gallina"))]
        world["q"], world["d"] = chance.several(pet_names(), 2)
        world["H"] = sentence(world["pn"].el)
    elif kind == "friend":
        world["q"] = world["a"].name
        world["best"] = "la mejor amiga" if world["a"].g == "f" else "el mejor amigo"
        while (other := person(chance, world["h"].name)).name == world["q"]:
            pass
        world["d"] = other.name
    elif kind == "colour":
        world["q"], world["d"] = chance.several(COLORS, 2)
    elif kind == "place":
        first, second = chance.several(THINGS, 2)
        world["it"], world["it2"] = nouns()[first], nouns()[second]
        world["q"], world["d"] = chance.several(HIDING, 2)
        world["I"] = sentence(world["it"].el)
    else:
        first, second = chance.several(THINGS, 2)
        world["caja"] = nouns()[chance.zipf(("caja", "mochila", "bolsa", "cesta", "maleta", "cajón"), 0.4)]
        world["q"], world["d"] = nouns()[first].un, nouns()[second].un


@cache
def _template(source: str):
    return lines(source)[0]


def ask(teller: Teller, chance: Chance, kind: str, lead: bool = True) -> None:
    """The question or the restating sentence, its answer marked."""
    source = pick(chance, FACTS[kind][2])
    if kind == "friend":
        told = teller.draft.text
        source = FACTS[kind][2][1 if "a la escuela con" in told else 0 if "jugaba siempre" in told else 2]
        if " se llamaba " in told:
            source = "¿Cómo se llamaba {best} de {h.name}? Se llamaba @."
    if lead and source[0] == "¿" and chance.flip(0.7):
        teller.tell(AT_LAST)
    before, after = source.split("@")
    text = sentence(_template(before).fill(chance, teller.world))
    value = teller.world["q"]
    if before.endswith("? "):
        value = sentence(value)
    teller.draft.say(teller.gap() + text).answer(kind, value).say(after)


KINDS = ("pet", "friend", "colour", "place", "object")


def write_recall(chance: Chance) -> Draft:
    """A fact about somebody, an ordinary day about other things, and at the end the fact is asked for."""
    world = World(chance)
    kind = chance.pick(KINDS, (3, 2, 2, 3, 2))
    secret(chance, world, kind)
    teller = Teller(chance, world)
    told, decoy, _ = FACTS[kind]
    teller.tell(told)
    if chance.flip(0.4):
        teller.tell(decoy)
    teller.maybe(0.3, WEATHER)
    used = {"encontrar", "perder", "buscar", "jugar", *BEDTIME}
    target = chance.pick((80, 200, 350, 500, 650, 750), (1, 2, 3, 4, 4, 3))
    while len(teller.draft.text) < target:
        if chance.flip(0.12):
            teller.tell(fitting(MIDDLE, world))
        else:
            tell_day(teller, chance, 1, used)
        if len(used) > 50:
            break
    ask(teller, chance, kind)
    return teller.draft


C_STORY = lines(
    "{h.name} fue a {lp} con {fr}.", "<dia>, {h.name} y {fr} fueron a {lp}.", "{h.name} y {fr} pasaron la tarde en {lp}.", "{fr} fue a {lp} a buscar a {h.name}.",
)
C_PET = lines("También fue {pname}, {pt.el} de {owner}.", "{owner} llevó a su {pt.bare}, {pname}.", "{pt.el} de {owner}, {pname}, corría delante.")
C_OBJ = lines("{h.name} llevaba {ob.un} {colA} y {fr}, {ob2.un} {colB}.", "{h.name} encontró {ob.un} {colA} y {fr} encontró {ob2.un} {colB}.", "{fr} tenía {ob2.un} {colB} y {h.name} tenía {ob.un} {colA}.")
C_END = lines("Por la noche volvieron a casa <contentos>.", "Después comieron {f.los} y volvieron a casa.", "Luego empezó a llover y corrieron a casa.", "Más tarde llegó su {k.n} con {e.un}.", "Hacía sol y no querían volver a casa.",
              "Se rieron mucho y jugaron hasta la noche.", "Al final estaban cansad{p.o}s pero felices.")


def write_comprehension(chance: Chance) -> Draft:
    """Three to six sentences, then two or three questions with answers that only the story tells."""
    world = World(chance)
    world["fr"] = world["a"].name
    place, wrong = chance.several(PLACES, 2)
    world["lp"] = place
    animal = chance.zipf(("perro", "gato", "conejo", "loro", "pato", "caballo"), 0.5)
    world["pt"], world["pname"] = nouns()[animal], chance.pick(pet_names())
    owner = world["h"] if chance.flip(0.6) else world["a"]
    world["owner"] = owner.name
    first, second = chance.several(THINGS, 2)
    world["ob"], world["ob2"] = nouns()[first], nouns()[second]
    colors = chance.several(COLORS, 2)
    world["colA"], world["colB"] = agree(colors[0], world["ob"].g), agree(colors[1], world["ob2"].g)
    teller = Teller(chance, world)
    if chance.flip(0.3):
        teller.tell(WEATHER)
    teller.tell(C_STORY).tell(C_PET).tell(C_OBJ)
    if chance.flip(0.5):
        world["do"] = past_clause(chance, {"encontrar", "ir", "llevar"})
        teller.put(f"{world['h'].name} {world['do']}.")
    teller.maybe(0.7, C_END)
    if chance.flip(0.2):
        teller.put(join(["Nadie fue a ", wrong, " aquel día."]))
    h, a = world["h"].name, world["fr"]
    one, two = world["ob"], world["ob2"]
    questions = [
        ("friend", chance.pick((f"¿Con quién estaba {h}?", f"En el cuento, ¿con quién estaba {h}?", f"¿Con quién pasó el día {h}?")), ("Con ", a)),
        ("place", chance.pick(("¿Adónde fueron?", "En el cuento, ¿dónde estaban?", f"¿Dónde estaban {h} y {a}?")), ("A ", place)),
        ("pet", chance.pick((f"¿Cómo se llamaba {world['pt'].el} de {owner.name}?", f"En el cuento, ¿cómo se llama {world['pt'].el}?")), ("", world["pname"])),
        ("name", chance.pick((f"¿De quién era {world['pt'].el}?", f"¿Quién tenía {world['pt'].un}?")), ("De ", owner.name)),
        ("colour", f"En el cuento, ¿de qué color era {one.el}?", ("", world["colA"])),
        ("colour", f"En el cuento, ¿de qué color era {two.el}?", ("", world["colB"])),
        ("object", f"¿Qué tenía {h}?", ("", f"{one.un} {world['colA']}")),
        ("object", f"¿Qué tenía {a}?", ("", f"{two.un} {world['colB']}")),
    ]
    style = pick(chance, (("Pregunta: ", "\nRespuesta: "), ("P: ", "\nR: "), ("", " "), ("—", "\n—")))
    for kind, question, (lead, value) in chance.several(questions, chance.number(2, 3)):
        if "¿dónde est" in question.lower():
            lead = "En "
        if question.startswith("¿Quién tenía"):
            lead = ""
        text = value
        if kind == "place":
            article, text = value.split()
            lead = "Al " if lead == "A " and article == "el" else f"{lead}{article} "
        teller.draft.say("\n" + style[0] + question + style[1] + lead)
        teller.draft.answer(kind, text if lead else sentence(text)).say(".")
    return teller.draft


lines("Con A Al De En En el cuento ¿con quién estaba pasó el día? ¿Adónde fueron? ¿dónde estaban? ¿Cómo se llamaba llama de era? ¿De quién? ¿Quién tenía? ¿de qué color era? Nadie fue aquel día Pregunta Respuesta P R")
