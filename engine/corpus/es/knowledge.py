"""What is true in the world, as prose, animal cards, quizzes and bare questions."""
from functools import cache

from engine.corpus.chance import Chance
from engine.corpus.document import Draft
from engine.corpus.es.cast import World
from engine.corpus.es.grammar import Teller, join, lines, pick, sentence
from engine.corpus.es.lexicon import nouns
from engine.corpus.facts import Fact, facts

# In each form {s} is the subject (with its article where it has one), {o} the object, {b} the bare subject.
SAY = {
    "capital": ("{o} es la capital de {s}.", "La capital de {s} es {o}.", "En {s}, la capital se llama {o}.", "La ciudad de {o} es la capital de {s}.",
                "{s} tiene por capital {o}.", "La capital de {s} se llama {o}."),
    "language": ("En {s} se habla {o}.", "En {s} la gente habla {o}.", "La gente de {s} habla {o}.", "El idioma de {s} es el {o}.", "La lengua de {s} es el {o}."),
    "opposite": ("Lo contrario de {s} es {o}.", "El contrario de {s} es {o}.", "Si algo no es {s}, es {o}.", "{s} es lo contrario de {o}."),
    "sound": ("{s} {o}.", "¿Qué hace {s}? {s} {o}.", "Cuando quiere decir algo, {s} {o}.", "En la granja o en el campo, {s} {o}."),
    "baby": ("La cría de {s} se llama {o}.", "La cría de {s} es el {o}.", "El hijo de {s} se llama {o}.", "A la cría de {s} la llamamos {o}."),
    "home": ("{s} vive en {o}.", "La casa de {s} es {o}.", "En {o} vive {s}.", "{s} tiene su casa en {o}."),
    "color": ("{s} es {o}.", "El color de {s} es el {m}.", "{s} es de color {m}."),
    "category": ("{s} es {c}.", "{s} es un tipo de {o}.", "Un ejemplo de {o} es {s}."),
    "legs": ("{s} tiene {o} patas.", "{s} camina con {o} patas.", "Son {o} las patas de {s}."),
    "job": ("{s} {o}.", "¿Qué hace {s}? {s} {o}.", "Cada día, {s} {o}.", "En su trabajo, {s} {o}."),
    "maker": ("{s} viene de {o}.", "De {o} viene {s}.", "{s} sale de {o}."),
}
ASK = {
    "capital": ("¿Cuál es la capital de {s}?", "¿Cómo se llama la capital de {s}?", "¿Qué ciudad es la capital de {s}?", "La capital de {s}, ¿cuál es?"),
    "language": ("¿Qué idioma se habla en {s}?", "¿Qué lengua habla la gente de {s}?", "¿Qué se habla en {s}?"),
    "opposite": ("¿Qué es lo contrario de {s}?", "¿Cuál es el contrario de {s}?", "¿Cómo se dice lo contrario de {s}?"),
    "sound": ("¿Qué hace {s}?", "¿Qué sonido hace {s}?", "¿Cómo habla {s}?"),
    "baby": ("¿Cómo se llama la cría de {s}?", "¿Cuál es la cría de {s}?", "¿Qué nombre tiene la cría de {s}?"),
    "home": ("¿Dónde vive {s}?", "¿En qué lugar vive {s}?", "¿Dónde está la casa de {s}?"),
    "color": ("¿De qué color es {s}?", "¿Qué color tiene {s}?", "¿Cuál es el color de {s}?"),
    "category": ("¿Qué es {s}?", "¿Qué tipo de cosa es {s}?"),
    "legs": ("¿Cuántas patas tiene {s}?", "¿Con cuántas patas camina {s}?"),
    "job": ("¿Qué hace {s}?", "¿En qué trabaja {s}?", "¿Cuál es el trabajo de {s}?"),
    "maker": ("¿De dónde viene {s}?", "¿De dónde sale {s}?"),
}
MASCULINE = {"roja": "rojo", "blanca": "blanco", "negra": "negro", "amarilla": "amarillo"}
CLASS = {"ave": "un ave", "fruta": "una fruta", "verdura": "una verdura", "flor": "una flor", "herramienta": "una herramienta"}
WEIGHTS = {"capital": 4, "language": 2, "opposite": 2.5, "sound": 2, "baby": 1, "home": 1.5, "color": 2.5, "category": 3, "legs": 1, "job": 2, "maker": 1.2}
lines(*(form for forms in (*SAY.values(), *ASK.values()) for form in forms))
lines(*CLASS.values(), *MASCULINE.values(), "Pregunta Respuesta P R Preguntas y respuestas verdadero falso sí no es")


@cache
def by_relation() -> dict[str, tuple[Fact, ...]]:
    found: dict[str, list[Fact]] = {}
    for fact in facts("es"):
        found.setdefault(fact.relation, []).append(fact)
    return {relation: tuple(rows) for relation, rows in found.items()}


def a_fact(chance: Chance, *relations: str) -> Fact:
    """A fact, of one of the relations if given; the first in the file are a little likelier."""
    names = tuple(relations or WEIGHTS)
    relation = chance.pick(names, [WEIGHTS[name] for name in names])
    return pick(chance, by_relation()[relation]) if relation in ("capital", "language") else chance.pick(by_relation()[relation])


def subject(fact: Fact) -> str:
    return f"{fact.article} {fact.subject}" if fact.article else fact.subject


def answer(fact: Fact) -> str:
    """The object as it stands in an answer of its own: a noun with its article for a category."""
    return CLASS.get(fact.object, "un " + fact.object) if fact.relation == "category" else fact.object


def reply_words(fact: Fact) -> tuple[str, str]:
    """What a short answer to the question says: the preposition with its space, then the answer itself."""
    if fact.relation == "home":
        return "En ", fact.object
    if fact.relation == "maker":
        return ("Del ", fact.object[3:]) if fact.object.startswith("el ") else ("De ", fact.object)
    return "", answer(fact)


def fill(form: str, fact: Fact) -> tuple[str, str, str]:
    """A form as (before, answer, after); the answer is empty where the object comes before the subject."""
    s, o = subject(fact), fact.object
    values = {"s": s, "o": o, "b": fact.subject, "m": MASCULINE.get(o, o), "c": answer(fact)}
    for slot in ("{o}", "{m}", "{c}"):
        at = form.find(slot)
        if at >= 0 and form.find("{s}") < at:
            before = sentence(join([form[:at].replace("{s}", s)]))
            if before.endswith(" de ") and values[slot[1]].startswith("el "):
                return before[:-1] + "l ", values[slot[1]][3:], form[at + 3:].replace("{s}", s)
            return before, values[slot[1]], form[at + 3:].replace("{s}", s)
    text = form
    for key, value in values.items():
        text = text.replace("{" + key + "}", value)
    return sentence(join([text])), "", ""


def say_fact(teller: Teller, chance: Chance, fact: Fact) -> None:
    """The fact as one statement, its object marked as an answer."""
    forms = SAY[fact.relation]
    if fact.object.startswith("Ciudad"):
        forms = forms[:1]
    if fact.object in ("el mar", "el río") or fact.relation == "color" and fact.object in ("rosa", "naranja"):
        forms = forms[:2]
    before, answer_, after = fill(pick(chance, forms), fact)
    teller.draft.say(teller.gap() + before)
    if answer_:
        teller.draft.answer("fact", answer_, fact.id).say(after)


def write_facts(chance: Chance) -> Draft:
    """Two to seven facts, of one relation or of several, or all that is known about one subject."""
    teller = Teller(chance)
    kind = chance.pick(("relation", "mixed", "subject"), (3, 3, 2))
    count = chance.number(1, 7)
    if kind == "relation":
        first = a_fact(chance)
        rows = chance.several(by_relation()[first.relation], min(count, 5))
    elif kind == "mixed":
        rows = list({fact.id: fact for fact in (a_fact(chance) for _ in range(count))}.values())
    else:
        first = a_fact(chance)
        rows = [fact for fact in facts("es") if fact.subject == first.subject]
    for fact in rows:
        say_fact(teller, chance, fact)
    return teller.draft


QUIZ = (("Pregunta: ", "\nRespuesta: ", "\n"), ("P: ", "\nR: ", "\n"), ("", "\n", "\n"), ("", " ", "\n"), ("—", "\n—", "\n"))


def write_quiz(chance: Chance) -> Draft:
    """Questions with their answers."""
    draft = Draft()
    question, reply, gap = pick(chance, QUIZ)
    seen: set[str] = set()
    relation = a_fact(chance).relation if chance.flip(0.3) else None
    full, stop = chance.flip(0.35), "." if chance.flip(0.6) else ""
    for i in range(chance.number(1, 5)):
        fact = a_fact(chance, *([relation] if relation else []))
        if fact.id in seen:
            continue
        seen.add(fact.id)
        asked = join([pick(chance, ASK[fact.relation]).replace("{s}", subject(fact))])
        draft.say((gap if i else "") + question + asked + reply)
        if full:
            before, answer_, after = fill(pick(chance, FULL[fact.relation]), fact)
            draft.say(before).answer("fact", answer_, fact.id).say(after)
        else:
            lead, text = reply_words(fact)
            draft.say(lead).answer("fact", text if lead else sentence(text), fact.id).say(stop)
    return draft


FULL = {
    "capital": ("La capital de {s} es {o}.",), "language": ("En {s} se habla {o}.",), "opposite": ("Lo contrario de {s} es {o}.",), "sound": ("{s} {o}.",),
    "baby": ("La cría de {s} se llama {o}.",), "home": ("{s} vive en {o}.",), "color": ("{s} es {o}.",), "category": ("{s} es {c}.",),
    "legs": ("{s} tiene {o} patas.",), "job": ("{s} {o}.",), "maker": ("{s} viene de {o}.",),
}
LIFE = lines(
    "¿Cómo te llamas?", "¿Cuántos años tienes?", "¿Dónde vives?", "¿Qué día es hoy?", "¿Qué hora es?", "¿Te gusta [leer|cantar|el chocolate|el mar|la música|nadar]?",
    "¿Cuál es tu color favorito?", "¿Tienes [hermanos|un perro|un gato|hambre|miedo a la oscuridad]?", "¿Qué quieres ser de mayor?", "¿Qué [comes|bebes] por la mañana?",
    "¿Quién es tu mejor amigo?", "¿Dónde está {c.el}?", "¿De quién es {ropa.este}?", "¿Has visto {x.un} alguna vez?", "¿Por qué [el mar es azul|llueve|duermen los gatos|vuelan los pájaros|brilla el sol]?",
    "¿Cuántos [libros|lápices|amigos|primos] tienes?", "¿Adónde vas en [verano|invierno|vacaciones]?", "¿Qué hay en {caja.el}?", "¿Cuándo es tu cumpleaños?", "¿Sabes [nadar|cocinar|montar en bicicleta|contar hasta cien]?",
)


def write_questions(chance: Chance) -> Draft:
    """Questions without answers, one to a line."""
    teller = Teller(chance, World(chance))
    life = chance.pick((0.0, 0.5, 1.0), (4, 2, 2))
    for _ in range(chance.number(3, 6)):
        teller.line()
        if chance.flip(life) if 0 < life < 1 else life:
            teller.tell(LIFE)
        else:
            fact = a_fact(chance)
            teller.put(join([pick(chance, ASK[fact.relation]).replace("{s}", subject(fact))]))
    return teller.draft


CARD = lines("Me gustan {n.los}.", "{n.el} es un animal [muy conocido|interesante|especial|bonito].", "{n.los} son animales muy [conocidos|interesantes|especiales].", "¿Has visto alguna vez {n.un}?")
CARD_MORE = lines("[Por la noche|Durante el día|En invierno] {n.el} [descansa mucho|busca comida|a veces se esconde].", "A los niños les gusta mucho {n.el}.",
                  "Se puede aprender mucho de {n.el}.", "Conozco a {n.un} que vive [cerca de mi casa|muy lejos|con mi {k.n}].",
                  "[A veces|Casi siempre|En verano] {n.el} vive con [su familia|otros animales|sus crías].", "Sus crías son [muy pequeñas|muy juguetonas|pequeñas y suaves].")
EATS = {"gato": "pescado y ratones", "perro": "carne", "conejo": "hierba y zanahorias", "vaca": "hierba", "oveja": "hierba", "caballo": "hierba y manzanas", "gallina": "granos y gusanos",
        "pato": "plantas e insectos", "oso": "miel, frutas y peces", "mono": "frutas y hojas", "león": "carne", "lobo": "carne", "rana": "moscas", "araña": "insectos", "abeja": "el polen de las flores",
        "ardilla": "nueces", "ratón": "queso y semillas", "pájaro": "semillas e insectos", "cerdo": "casi de todo", "ballena": "peces pequeños", "burro": "hierba", "hormiga": "hojas y semillas",
        "elefante": "hojas y frutas", "jirafa": "hojas de los árboles", "tortuga": "hojas y hierba", "cabra": "hierba y hojas", "serpiente": "ratones", "zorro": "ratones y frutas", "búho": "ratones"}
lines(*EATS.values(), "come")


def write_animals(chance: Chance) -> Draft:
    """An animal card: what it is, eats, says, where it lives."""
    noun = nouns()[chance.zipf(tuple(EATS), 0.3)]
    world = World(chance, n=noun.with_adjective(chance.pick(noun.adjectives)))
    teller = Teller(chance, world)
    title = chance.flip(0.25)
    if title:
        teller.put(sentence(noun.el)).line()
    teller.tell(CARD)
    mine = [fact for fact in facts("es") if fact.subject == noun.bare and fact.relation in ("sound", "home", "legs", "category", "baby", "color")]
    for step in chance.several((*mine, "eats", "more", "more too"), min(len(mine) + 3, chance.number(3, 6))):
        if step == "eats":
            teller.put(f"{noun.el} come {EATS[noun.bare]}." if chance.flip(0.5) else f"{noun.el} suele comer {EATS[noun.bare]}.")
        elif isinstance(step, Fact):
            say_fact(teller, chance, step)
        else:
            teller.tell(CARD_MORE)
    return teller.draft
