"""Fine-tuning turns: a short question and one full, polite sentence as the answer."""
from engine.corpus.chance import Chance
from engine.corpus.es.cast import World, invented_name
from engine.corpus.es.everyday import past_clause
from engine.corpus.es.grammar import KNOWN, Teller, alone, join, lines, pick, sentence
from engine.corpus.es.knowledge import ASK, FULL, WEIGHTS, a_fact, by_relation, fill, subject
from engine.corpus.es.lexicon import WORD
from engine.corpus.es.openings import FINAL, OPEN
from engine.corpus.es.stories import BEDTIME, DAY
from engine.corpus.genre import Turn

MORE = {
    "capital": ("Dime la capital de {s}.", "¿Sabes cuál es la capital de {s}?", "Capital de {s}"),
    "language": ("Dime qué idioma se habla en {s}.", "¿Sabes qué lengua se habla en {s}?", "¿Qué idioma hablan en {s}?"),
    "opposite": ("Dime lo contrario de {s}.", "Lo contrario de {s}, ¿qué es?", "¿Sabes el contrario de {s}?"),
    "sound": ("Dime qué sonido hace {s}.", "¿Sabes qué sonido hace {s}?", "¿Cómo suena {s}?"),
    "baby": ("Dime cómo se llama la cría de {s}.", "¿Sabes cómo se llama la cría de {s}?", "La cría de {s}, ¿cómo se llama?"),
    "home": ("Dime dónde vive {s}.", "¿Sabes dónde vive {s}?", "¿Dónde tiene su casa {s}?"),
    "color": ("Dime de qué color es {s}.", "¿Sabes de qué color es {s}?", "¿De qué color suele ser {s}?"),
    "category": ("Dime qué es {s}.", "¿Sabes qué es {s}?", "¿Qué clase de cosa es {s}?", "Explícame qué es {s}."),
    "legs": ("Dime cuántas patas tiene {s}.", "¿Sabes cuántas patas tiene {s}?", "¿Cuántas son las patas de {s}?", "¿Tiene muchas patas {s}?"),
    "job": ("Dime qué hace {s}.", "¿Sabes qué hace {s}?", "¿Qué trabajo hace {s}?"),
    "maker": ("Dime de dónde viene {s}.", "¿Sabes de dónde viene {s}?", "¿De dónde se saca {s}?", "¿De qué viene {s}?"),
}
TALK = (
    (("Hola", "Hola.", "¡Hola!", "Buenos días", "Buenas tardes.", "hola, ¿qué tal?", "¿Qué tal?", "¿Cómo estás?"), ("¡Hola! ¿En qué puedo ayudarte?", "¡Hola! Me alegro de hablar contigo.")),
    (("¿Quién eres?", "¿Cómo te llamas?", "¿Qué eres?", "quién eres", "¿Eres una persona?", "¿Eres un robot?", "Preséntate.", "Dime quién eres."),
     ("Soy el asistente de Vitrina, un modelo de lenguaje muy pequeño.",)),
    (("¿Qué sabes hacer?", "¿Qué puedes hacer?", "¿En qué me puedes ayudar?", "ayuda", "¿Para qué sirves?"), ("Puedo contestar preguntas sencillas, sumar números pequeños y contar cuentos cortos.",)),
    (("Gracias", "Muchas gracias.", "¡Gracias!", "gracias por tu ayuda"), ("¡De nada! Me gusta ayudar.",)),
    (("Adiós", "Hasta luego.", "¡Hasta mañana!", "adiós", "Me voy."), ("¡Adiós! Que tengas un buen día.",)),
)
STORY = ("Cuéntame un cuento.", "Cuéntame una historia.", "cuéntame un cuento corto", "¿Me cuentas un cuento?", "Quiero un cuento, por favor.", "Escribe una historia corta.", "Un cuento, por favor.")
SUM = ("¿Cuánto es {a} + {b}?", "¿Cuánto es {a} más {b}?", "¿Cuántos son {a} y {b}?", "{a} + {b}", "Suma {a} y {b}.", "dime cuánto es {a} más {b}", "¿Cuánto suman {a} y {b}?")
ABOUT = ("Cuéntame un cuento sobre {name}.", "Cuéntame algo sobre {name}.", "Quiero un cuento sobre {name}.")
for _asked, _said in TALK:
    KNOWN.update(WORD.findall(" ".join((*_asked, *_said)).lower()))
for _forms in (*MORE.values(), STORY, SUM, ABOUT):
    lines(*(form.replace("{s}", " ").replace("{a}", " ").replace("{b}", " ").replace("{name}", " ") for form in _forms))
lines("No lo sé: no conozco", "No conozco", "es")


def careless(chance: Chance, question: str) -> str:
    """The question as people type it: sometimes in lower case, without its marks or its last one."""
    if chance.flip(0.75):
        return question
    style = chance.pick(("bare", "lower", "late"))
    if style == "late":
        return question.replace("¿", "")
    bare = question.strip("¿?.")
    return bare if style == "bare" else bare[0].lower() + bare[1:]


def story(chance: Chance) -> str:
    """Two to four sentences about somebody."""
    world = World(chance)
    teller = Teller(chance, world)
    teller.tell(tuple(template for template in alone(OPEN) if "—" not in template.source))
    used = set(BEDTIME)
    for _ in range(chance.number(1, 2)):
        world["do"], world["do2"] = past_clause(chance, used), past_clause(chance, used)
        teller.tell(tuple(template for template in alone(DAY) if "{h.name}" in template.source))
    return teller.tell(alone(FINAL)).draft.text


def unknown(chance: Chance) -> Turn:
    """A question about something that does not exist."""
    name = invented_name(chance)
    relation = chance.pick(("capital", "language", "category", "home", "color"))
    asked = pick(chance, (*ASK[relation], *MORE[relation])).replace("{s}", name)
    return Turn(careless(chance, asked), f"Lo siento, no conozco {name}." if relation in ("capital", "language") else f"Lo siento, no sé qué es {name}.")


lines("Lo siento, no conozco", "Lo siento, no sé qué es")


def turn(chance: Chance) -> Turn:
    """One exchange."""
    kind = chance.pick(("fact", "talk", "sum", "story", "unknown"), (12, 2.5, 2, 1.5, 2))
    if kind == "fact":
        relation = chance.pick(tuple(WEIGHTS), tuple(WEIGHTS.values()))
        fact = chance.pick(by_relation()[relation]) if chance.flip() else a_fact(chance, relation)
        asked = sentence(join([pick(chance, (*ASK[relation], *MORE[relation])).replace("{s}", subject(fact))]))
        return Turn(careless(chance, asked), "".join(fill(FULL[relation][0], fact)), fact.id)
    if kind == "sum":
        first, second = chance.number(1, 10), chance.number(1, 10)
        asked = pick(chance, SUM).format(a=first, b=second)
        return Turn(careless(chance, asked), f"{first} más {second} son {first + second}.")
    if kind == "talk":
        asked, said = pick(chance, TALK)
        return Turn(pick(chance, asked), chance.pick(said))
    if kind == "story":
        return Turn(careless(chance, pick(chance, STORY)), story(chance))
    return unknown(chance)
