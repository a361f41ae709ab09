"""Small forms: weather, recipe, riddle, description, rhyme."""
from engine.corpus.chance import Chance
from engine.corpus.document import Draft
from engine.corpus.es.cast import World, colored, dressed
from engine.corpus.es.grammar import KNOWN, Teller, lines, pick, sentence
from engine.corpus.es.lexicon import WORD, nouns, of_kind

W_NOW = lines("[Hoy|Esta mañana|Esta tarde|Ahora] [hace sol|llueve|nieva|hay niebla|hace frío|hace calor|hay tormenta|está nublado|sopla el viento] en [la costa|el norte|el sur|la montaña|todo el país|la ciudad|el campo].",
              "El tiempo para [hoy|mañana|el domingo|el fin de semana]: [sol y calor|lluvia y viento|nubes por la mañana y sol por la tarde|nieve en la montaña|frío y niebla|cielo azul].",
              "Buenos días. [Hoy el cielo está [azul|gris|cubierto]|Empieza el día con [sol|nubes|lluvia]|Se acerca una tormenta]." )
W_MORE = lines("Por la [mañana|tarde|noche] [lloverá|hará sol|habrá niebla|bajarán las temperaturas|nevará|soplará el viento].", "Mañana [hará más frío|saldrá el sol|lloverá menos|habrá tormenta|será un día tranquilo].",
               "La temperatura será de {deg} grados.", "En [el norte|el sur|la costa|la montaña] [hará más calor|habrá nubes|caerá nieve|no lloverá].", "El [lunes|martes|miércoles|jueves|viernes|sábado|domingo] [volverá el sol|lloverá otra vez|hará buen tiempo].")
W_TIP = lines("No olvides [el paraguas|el abrigo|los guantes|el sombrero|beber agua].", "Es un buen día para [pasear|quedarse en casa|ir a la playa|leer junto al fuego|volar una cometa].", "Cuidado con [el hielo|el viento|la niebla|el sol].", "Los niños [podrán jugar en la calle|estarán contentos|harán muñecos de nieve].")


def write_weather(chance: Chance) -> Draft:
    """What the weather is, will be, and what to do about it."""
    world = World(chance, deg=str(chance.number(1, 32)))
    teller = Teller(chance, world).tell(W_NOW).maybe(0.8, W_MORE).maybe(0.5, W_MORE).maybe(0.3, W_MORE)
    return teller.maybe(0.5, W_TIP).draft


DISHES = {
    "Sopa de verduras": (("dos zanahorias", "una cebolla", "una patata", "un litro de agua", "un poco de sal"), ("Lava y corta las verduras.", "Pon el agua en una olla.", "Añade las verduras y la sal.", "Cuece todo durante {min} minutos.", "Sirve la sopa caliente.")),
    "Tortilla de patatas": (("cuatro huevos", "tres patatas", "una cebolla", "aceite", "un poco de sal"), ("Pela y corta las patatas.", "Fríe las patatas a fuego lento.", "Bate los huevos con la sal.", "Mezcla todo y ponlo en la sartén.", "Dale la vuelta con cuidado.")),
    "Ensalada de tomate": (("tres tomates", "un pepino", "media cebolla", "aceite", "un poco de queso"), ("Lava los tomates y el pepino.", "Corta todo en trozos.", "Añade el queso.", "Pon un poco de aceite y sal.", "Mezcla y sirve la ensalada fría.")),
    "Pastel de chocolate": (("tres huevos", "un vaso de leche", "harina", "azúcar", "chocolate"), ("Bate los huevos con el azúcar.", "Añade la leche y la harina.", "Derrite el chocolate y mézclalo todo.", "Mete el pastel en el horno durante {min} minutos.", "Deja que se enfríe antes de cortarlo.")),
    "Macedonia de frutas": (("una manzana", "dos plátanos", "una naranja", "fresas", "un poco de miel"), ("Lava la fruta.", "Pela el plátano y la naranja.", "Corta todo en trozos pequeños.", "Añade la miel.", "Sirve la fruta muy fría.")),
    "Galletas de limón": (("un limón", "harina", "azúcar", "mantequilla", "un huevo"), ("Mezcla la mantequilla con el azúcar.", "Añade el huevo, la harina y el zumo de limón.", "Haz bolas pequeñas.", "Ponlas en el horno durante {min} minutos.", "Espera un poco y cómelas con leche.")),
    "Arroz con leche": (("un litro de leche", "un vaso de arroz", "azúcar", "canela", "un trozo de limón"), ("Calienta la leche con el limón.", "Añade el arroz y remueve despacio.", "Pon el azúcar al final.", "Cuece todo durante {min} minutos.", "Espolvorea la canela por encima.")),
    "Bocadillo de queso": (("pan", "queso", "un tomate", "lechuga", "aceite"), ("Corta el pan por la mitad.", "Pon el aceite y el tomate.", "Añade el queso y la lechuga.", "Cierra el bocadillo.", "Cómelo con un vaso de agua.")),
}
R_STEPS = {dish: lines(*steps) for dish, (_, steps) in DISHES.items()}
R_OPEN = lines("{dish}", "Receta: {dish}", "Cómo hacer {low}", "La receta de mi {k.n}: {low}")
R_END = lines("¡Buen provecho!", "¡Está muy rico!", "Es para {n} personas.", "Cuidado con el fuego: pide ayuda a una persona mayor.", "¡Listo!")
KNOWN.update(WORD.findall(" ".join((*DISHES, *(part for parts, _ in DISHES.values() for part in parts))).lower()))
lines("Ingredientes Necesitas y primero luego después por último al final")


def write_recipe(chance: Chance) -> Draft:
    """What is needed and what to do, step by step."""
    dish = pick(chance, tuple(DISHES))
    parts = chance.several(DISHES[dish][0], chance.number(3, 5))
    world = World(chance, dish=dish, low=dish[0].lower() + dish[1:], min=chance.pick(("diez", "quince", "veinte", "treinta", "cuarenta")))
    teller = Teller(chance, world).tell(R_OPEN).line()
    if chance.flip():
        teller.put(f"{chance.pick(('Ingredientes: ', 'Necesitas: '))}{', '.join(parts[:-1])} y {parts[-1]}.").line()
    else:
        for part in parts:
            teller.put("- " + part).line()
    numbered = chance.pick(("plain", "numbers", "words"))
    for i, step in enumerate(R_STEPS[dish]):
        text = step.fill(chance, world)
        if numbered == "numbers":
            teller.line().put(f"{i + 1}. {text}")
        elif numbered == "words" and i != 3:
            lead = ("Primero", "Luego", "Después", "", "Por último")[i]
            teller.put(f"{lead}, {text[0].lower()}{text[1:]}")
        else:
            teller.put(text)
    if chance.flip(0.5):
        teller.line().tell(R_END)
    return teller.draft


RIDDLES = tuple(line.split(" = ") for line in """Soy blanca y redonda y salgo de noche. = la luna
Soy amarillo, doy calor y salgo por la mañana. = el sol
Tengo hojas y no soy libro; tengo ramas y doy sombra. = el árbol
Tengo cuatro patas, pero no camino. = la mesa
Tengo agujas y no sé coser; digo la hora. = el reloj
Soy rojo por fuera y crezco en el huerto. = el tomate
Vivo en el agua, no tengo patas y sé nadar. = el pez
Tengo alas y plumas, y hago un nido. = el pájaro
Llevo mi casa a cuestas y camino muy despacio. = el caracol
Hago miel y vuelo de flor en flor. = la abeja
Ladro, muevo la cola y cuido la casa. = el perro
Digo miau y cazo ratones. = el gato
Doy leche y como hierba. = la vaca
Abro puertas y soy muy pequeña. = la llave
Me abres cuando llueve y me cierras cuando sale el sol. = el paraguas
Tengo dientes y no muerdo; paso por tu pelo. = el peine
Caigo del cielo y mojo las calles. = la lluvia
Soy fría y blanca, y con el sol me voy. = la nieve
Tengo ruedas y pedales, y no tengo motor. = la bicicleta
Tengo muchas páginas y cuento historias. = el libro
Nadie me ve, pero muevo las hojas. = el viento
Soy naranja y le gusto mucho al conejo. = la zanahoria
Tengo ojos y no veo; crezco debajo de la tierra. = la patata
Tengo seis cuerdas y canto si me tocas. = la guitarra
Canto de madrugada y despierto a la granja. = el gallo
Tengo ocho patas y tejo una tela. = la araña
Brillo en el cielo de noche y somos muchas. = la estrella
Subo y bajo y llevo gente sobre las vías. = el tren
Tengo el cuello muy largo y como hojas. = la jirafa
Salto, soy verde y vivo cerca del agua. = la rana""".split("\n"))
lines(*(text for text, _ in RIDDLES), *(thing for _, thing in RIDDLES))
GUESS = lines("¿Qué soy?", "¿Quién soy?", "¿Sabes quién soy?", "¿Qué es?", "Adivina, adivinanza.")
REPLY = ("", "Respuesta: ", "Solución: ", "Es ", "Soy ")
lines("Adivina adivinanza Respuesta Solución Es Soy Una adivinanza")


def write_riddle(chance: Chance) -> Draft:
    """One to three riddles with their solutions."""
    teller = Teller(chance)
    if chance.flip(0.2):
        teller.put("Adivina, adivinanza.").line()
    lead, between = chance.pick(REPLY), "\n" if chance.flip(0.7) else " "
    for text, thing in chance.several(RIDDLES, chance.pick((1, 2, 3), (4, 3, 2))):
        teller.line().put(text)
        if chance.flip(0.8):
            teller.draft.say(" " + GUESS[chance.pick((0, 1, 2), (5, 2, 1))].source)
        teller.draft.say(between + lead).answer("riddle", thing if lead else sentence(thing)).say(".")
    return teller.draft


X_ROOM = lines("[La habitación de {h.name}|Mi habitación|La habitación de mi {k.n}] es [grande|de color azul|un sitio tranquilo|mi lugar favorito].",
               "En la habitación de {h.name} hay {u1.un}.", "Esta es la habitación de {h.name}.")
X_THING = lines("[Junto a|Cerca de|Al lado de] la [ventana|puerta|cama] hay {u.un}.", "En [el rincón|la pared|el centro|el suelo] hay {u.un}.", "También hay {u.un} [de madera|muy viej{u.o}].",
                "{u.el} es {u.adj}.", "Sobre la [mesa|cama|silla] hay {c.un} y {c2.un}.", "Debajo de la [mesa|cama] duerme {m.un}.", "Por la ventana se ve {l.el}.", "Todo huele a [flores|pan|madera|limón].")
X_WHO = lines("{h.name} tiene {age} años y es {trait}.", "{h.name} es muy {trait}.", "Mi {k.n} es muy {kt}.", "Conozco a {h.unnino} que se llama {h.name}.")
X_LOOK = lines("Tiene el pelo [largo|corto|rizado|negro|rubio] y los ojos [verdes|marrones|azules|grandes].", "Siempre lleva {ropa.un}.", "Le gusta [cantar|leer|el chocolate|cocinar|pintar|pasear por {l.el}|tocar {i.el}].",
               "Su color favorito es el [azul|rojo|verde|amarillo].", "Cuando se ríe, [cierra los ojos|se oye en toda la casa].", "Vive cerca de {l.el} con {m.un} que se llama {m.name}.", "No le gusta [la lluvia|madrugar|la sopa|el ruido].", "Por las mañanas bebe [leche|té|zumo de naranja].", "Todos l{kh.o} quieren mucho.")


def write_description(chance: Chance) -> Draft:
    """A room with its things, or a person."""
    world = World(chance)
    teller = Teller(chance, world)
    if chance.flip():
        used: list[str] = []
        world["u1"] = dressed(chance, pick(chance, of_kind("furniture")), 1.0)
        used.append(world["u1"].bare)
        teller.tell(X_ROOM)
        for _ in range(chance.number(2, 5)):
            while (thing := pick(chance, of_kind("furniture"))).bare in used:
                pass
            used.append(thing.bare)
            world["u"] = colored(chance, thing) if chance.flip(0.4) else dressed(chance, thing, 1.0)
            teller.tell(X_THING[:3] + X_THING[4:])
        return teller.draft
    opening = pick(chance, X_WHO)
    about = world["k"] if "{k." in opening.source else world["h"]
    world["kt"] = chance.pick(("amable", "alegre", "paciente", "fuerte", "inteligente", "sabi" + world["k"].o, "buen" + world["k"].o)) if about is world["k"] else ""
    world["kh"] = about
    teller.put(opening.fill(chance, world))
    for _ in range(chance.number(2, 5)):
        teller.tell(X_LOOK)
    return teller.draft


lines("amable alegre paciente fuerte inteligente sabio sabia bueno buena")
ENDS = {"ón": "ratón león melón camión avión balcón corazón canción botón", "ato": "gato pato zapato rato plato", "ana": "rana ventana campana manzana mañana lana", "osa": "rosa mariposa cosa osa",
        "ella": "estrella botella ella", "ado": "helado mercado pescado prado lado", "illa": "silla ardilla semilla orilla", "eta": "maleta trompeta bicicleta", "ino": "camino molino vecino pino"}
RHYMES = (
    lines("{e1}\n[baila|canta|sueña|juega] con {e2},\ny cuando [llega la noche|sale la luna|sopla el viento]\nduerme junto a {e3}.", "{e1} y {e2}\n[fueron|salieron] a [pasear|bailar|cantar],\n[y la luna desde el cielo|y el viento de la tarde|y una estrella pequeñita]\nlos [vio|oyó] [pasar|llegar|jugar].",
          "[salta|corre|baila], {b1},\n[salta|corre|baila], {b2},\nque [mañana|esta tarde|por la noche]\nllega {e3}.", "¿Dónde está {e1}?\n[Debajo de|Detrás de|Al lado de] {e2}.\n¿Dónde está {e2}?\nCerca de {e3}."),
    lines("Uno, dos y tres,\n[el gato|el perro|el pez] [es inglés|está al revés|baila con los pies];\ncuatro, cinco y seis,\n[vivan los reyes|aquí nadie es rey|cuentas con tus pies];\nsiete, ocho y nueve,\n[cuando llueve, se mueve|mira cómo llueve|en la calle nieve];\ny al llegar a diez,\n[empieza otra vez|me como una nuez|todos a la vez].",
          "[Sol|Luna|Lluvia|Nube], [ven aquí|ven a jugar],\n[que te espero en el jardín|que ya quiero merendar|que contigo quiero estar].", "Duerme, [niño|niña|mi sol|mi amor],\nduerme [ya|sin temor],\nque [la luna|la estrella|el viento] te [canta|mira] [allá|con amor]."),
)


def first_up(text: str) -> str:
    """`text` with its first letter large; the lines below stay as they are."""
    head, rest = text.split("\n", 1)
    return sentence(head) + "\n" + rest


def write_rhyme(chance: Chance) -> Draft:
    """Four lines or so that rhyme."""
    rhyming = chance.flip(0.7)
    if not rhyming:
        return Draft().say(first_up(pick(chance, RHYMES[1]).fill(chance, World(chance))))
    family = [word for word in ENDS[chance.pick(tuple(ENDS))].split() if word in nouns()]
    if len(family) < 3:
        family = "ratón león melón camión avión botón".split()
    first, second, third = (nouns()[word].el for word in chance.several(family, 3))
    world = World(chance, e1=first, e2=second, e3=third, b1=first.split()[1], b2=second.split()[1])
    return Draft().say(first_up(pick(chance, RHYMES[0]).fill(chance, world)))
