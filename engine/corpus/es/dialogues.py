"""People talking: two friends, or somebody in a shop."""
from engine.corpus.chance import Chance
from engine.corpus.document import Draft
from engine.corpus.es.cast import World
from engine.corpus.es.grammar import Teller, lines, pick, sentence, weights
from engine.corpus.es.lexicon import nouns

GREETINGS = (
    (lines("¡Hola, {b1.name}! ¿[Adónde vas|Qué haces]?", "¡{b1.name}! ¿[Qué haces aquí|Adónde vas tan deprisa]?"),
     lines("¡Hola, {b1.name}! [Voy a {l.all}|Estoy buscando {c.un}|Nada especial|Espero a mi {k.n}|Voy a casa de mi {k.n}].")),
    (lines("¡Hola, {b1.name}! ¿[Cómo estás|Qué tal]?", "Buenos días, {b1.name}. ¿Qué tal?", "¡{b1.name}! ¡Cuánto tiempo sin verte! ¿Cómo estás?"),
     lines("[Muy bien|Bien, gracias|Un poco cansad{b2.o}|Muy content{b2.o}|Regular|Con mucho sueño]. ¿Y tú?", "Hola, {b1.name}. [Estoy un poco cansad{b2.o}|Muy bien, gracias|Qué alegría verte].")),
    (lines("{b1.name}, ¿tienes un momento?", "Oye, {b1.name}, ¿[me ayudas|puedo hablar contigo|me oyes]?"), lines("Claro, {b1.name}. ¿Qué [necesitas|pasa]?", "Sí, dime.", "<sí>.")),
    (lines("¿{b1.name}? ¿Eres tú?", "¿Está {b1.name}, por favor?"), lines("Sí, soy yo. ¿Qué pasa?", "Sí, soy yo. Hola, {b1.name}.")),
)
TOPICS = (
    (lines("¿Has visto {j.mi}? No l{j.o} encuentro.", "He perdido {j.el}. ¿Me ayudas a buscarl{j.o}?"), lines("¿[L{j.o} has buscado|Has mirado] <dónde>?", "Creo que l{j.o} vi <dónde>."),
     lines("No, ahí no he mirado. ¡Vamos!", "Sí, pero no estaba. ¿Miramos <dónde>?"), lines("¡Mira! ¡Aquí está!", "Aquí está, debajo de {ropa.un}.", "¡Ya l{j.o} tengo!"), lines("<gracias>", "¡Menos mal!", "Eres genial, {b1.name}.")),
    (lines("¿Qué vas a hacer [mañana|el domingo|esta tarde|en vacaciones]?", "¿Tienes planes para [mañana|el sábado|el domingo]?"), lines("Voy a [visitar a mi {k.n}|ir a {l.all}|leer|aprender a nadar|dormir mucho].", "Todavía no lo sé. ¿Y tú?"),
     lines("Yo quiero ir a {l.all}.", "Si no llueve, iré a {l.all}."), lines("¡Qué divertido! ¿Puedo ir contigo?", "Me gustaría ir también."), lines("<sí>. Trae [agua|{ropa.un}|{f.un}|{j.un}].", "¡Claro! Te espero a las {n}.")),
    (lines("Mira, tengo {m.un} en casa.", "Te presento a {m.name}: es {m.mi}."), lines("¡Qué bonit{m.o}! ¿Cómo se llama?", "¿Puedo tocarl{m.o}? ¿Cómo se llama?"), lines("Se llama {m.name}.", "{m.name}, y tiene {n} meses."),
     lines("¿Y qué come?", "¿Le gusta jugar?", "¿Duerme contigo?"), lines("Le gusta [todo|dormir en {mueble.el}|jugar con {j.un}|esconderse <dónde>].", "Come mucho y duerme más.")),
    (lines("Tengo hambre. ¿Qué hay de comer?", "¿Qué comemos hoy?"), lines("Hay [sopa|arroz|tortilla|pescado|ensalada] y {f.un}.", "Podemos hacer [tortilla|un pastel <sabor>|bocadillos]."), lines("¡Qué rico! ¿Te ayudo?", "Otra vez no. ¿No hay {e.un}?"),
     lines("Sí, [pon la mesa|lava {f.los}|trae los platos], por favor.", "Primero lávate las manos."), lines("Ahora mismo.", "Ya voy.", "Vale, pero tengo mucha hambre.")),
    (lines("¿Por qué estás triste?", "¿Qué te pasa? No dices nada."), lines("Porque [he perdido {c.el}|no sé nadar|mi {k.n} está de viaje|se ha roto {j.mi}|nadie quiere jugar conmigo].", "Es que [mañana tengo un examen|me duele un pie|no encuentro a {m.name}]."),
     lines("No te preocupes, [yo te ayudo|todo se arregla|mañana será mejor].", "Ven, te doy un abrazo."), lines("Gracias, {b1.name}.", "¿De verdad?", "Ya me siento mejor."), lines("Para eso están los amigos.", "¿Quieres [jugar|{f.un}|dar un paseo]?", "Vamos a [jugar con {j.un}|comer {e.un}].")),
    (lines("¿Qué tiempo hace?", "¿Llueve todavía?"), lines("Hace [sol|frío|viento|calor].", "Sí, llueve mucho.", "No, ya ha salido el sol."), lines("Entonces [me pongo {ropa.un}|llevo el paraguas|nos quedamos en casa|vamos a {l.all}]."),
     lines("Buena idea.", "Y no olvides la llave."), lines("No, no la olvido.", "¡Vamos!", "Hasta luego.")),
    (lines("¿Sabes una cosa? Ayer vi {x.un} en {l.all}.", "No te lo vas a creer: he visto {x.un}."), lines("¿{x.un}? ¿De verdad?", "¡Imposible! ¿Y qué hacía?"), lines("Sí, y [comía {f.un}|dormía al sol|me miraba|llevaba {c.un}].", "Me miró y [se fue|se escondió <dónde>]."),
     lines("¡Qué miedo!", "¡Qué suerte!", "¿Y qué hiciste?"), lines("Yo [me quedé muy quiet{b2.o}|le di {f.un}|salí corriendo|l{x.o} dibujé].")),
)
BYE = lines("Hasta mañana, {b1.name}.", "¡Adiós!", "Nos vemos [luego|mañana|el lunes].", "Adiós, y [gracias por todo|recuerdos a tu {k.n}].", "Hasta luego.")
PLACE = lines("{h.name} y {a.name} [se encuentran|se ven|hablan|están] en {l.all}.", "{h.name} llama por teléfono a {a.name}.", "<dia>, {h.name} vio a {a.name} en {l.all}.")


def write_dialogue(chance: Chance) -> Draft:
    """Two friends talk: with dashes, or as a play with their names in front."""
    world = World(chance)
    teller = Teller(chance, world)
    play = chance.flip(0.35)
    people = (world["h"], world["a"])
    if chance.flip(0.5):
        teller.tell(PLACE).line()
    topic = pick(chance, TOPICS)
    turns = list(topic[:chance.pick((2, 3, 4, 5), (1, 2, 2, 6))])
    if chance.flip(0.6):
        turns = [*pick(chance, GREETINGS), *turns]
    if chance.flip(0.3):
        turns.append(BYE)
    for i, turn in enumerate(turns):
        world["b2"], world["b1"] = people[i % 2], people[1 - i % 2]
        text = pick(chance, turn).fill(chance, world)
        if play:
            teller.line().put(f"{world['b2'].name}: {sentence(text)}")
        elif i < 2 and text[-1] != "." and chance.flip(0.5):
            teller.put(f"—{text} —{pick(chance, SAYS)} {world['b2'].name}.")
        else:
            teller.put("—" + text)
    return teller.draft


SAYS = ("dijo", "preguntó", "exclamó")
lines(*SAYS)

SHOPS = (
    ("la frutería", "frutero", ("manzana", "naranja", "pera", "plátano", "limón", "melón", "sandía", "tomate")),
    ("la panadería", "panadero", ("pan", "galleta", "pastel", "bocadillo")),
    ("la juguetería", "vendedor", ("pelota", "muñeca", "cometa", "tren", "robot", "peonza", "globo")),
    ("la tienda de ropa", "vendedor", ("sombrero", "bufanda", "gorra", "abrigo", "falda", "camisa", "paraguas")),
    ("la librería", "librero", ("libro", "cuaderno", "lápiz", "mapa", "cuento")),
    ("el mercado", "vendedor", ("tomate", "cebolla", "lechuga", "queso", "calabaza", "pepino")),
)
S_OPEN = lines("En {shop}.", "{h.name} entra en {shop}.", "<dia>, {h.name} fue a {shop}.", "{h.name} va con su {k.n} a {shop}.")
S_ASK = lines("[Buenos días|Buenas tardes|Hola]. [Quería|Quiero|Busco|¿Tiene] {g.un}", "[Buenos días|Hola]. ¿Cuánto [cuesta|vale] {g.este}")
S_PRICE = lines("[Cuesta|Vale|Son] {n} [monedas|euros].", "Hoy solo {n} euros.")
S_WISHES = (
    (lines("Es para [mi {k.n}|{a.name}|una fiesta|un regalo]."), lines("Seguro que le va a gustar.", "Entonces le pongo [un lazo|papel de regalo].", "¡Qué buena idea!")),
    (lines("¿No tiene [otr{g.o} más barat{g.o}|otr{g.o} más pequeñ{g.o}|otr{g.o} más grande]?"), lines("Sí, claro, aquí l{g.o} tiene.", "No, lo siento. Hoy no me queda nada más.")),
    (lines("¿Es [buen{g.o}|de aquí|nuev{g.o}]?"), lines("Sí, es de muy buena calidad.", "Claro, llegó esta mañana.")),
)
S_TAKE = lines("Muy bien, me l{g.o} llevo.", "Entonces me l{g.o} llevo, gracias.", "Es un poco car{g.o}. Mejor otro día.", "Perfecto. Aquí tiene el dinero.")
S_ELSE = lines("¿Algo más?", "¿Quiere una bolsa?", "¿Necesita algo más?")
S_NO = lines("No, [nada más|eso es todo], gracias.", "Sí, también {g2.un}, por favor.", "Sí, por favor.")
S_BYE = lines("Gracias y hasta [mañana|pronto|luego].", "¡Que tenga un buen día!", "Adiós, gracias.", "Gracias a usted.")


def write_shop(chance: Chance) -> Draft:
    """A customer asks, hears the price and buys, or not."""
    world = World(chance)
    shop, seller, goods = chance.pick(SHOPS, weights(len(SHOPS), 0.3))
    first, second = chance.several(goods, 2)
    world["shop"], world["g"], world["g2"] = shop, nouns()[first], nouns()[second]
    if seller[-1] == "r":
        titles = ("Vendedor", "Vendedora")
    else:
        titles = (seller.capitalize(), seller[:-1].capitalize() + "a")
    title = chance.pick(titles)
    other = "Cliente" if chance.flip(0.4) else world["h"].name
    if chance.flip(0.6) and other != "Cliente":
        teller = Teller(chance, world).tell(S_OPEN).line()
    else:
        teller = Teller(chance, world)
    dashes = chance.flip(0.5)
    turns = [(other, S_ASK), (title, S_PRICE)]
    if chance.flip(0.6):
        wish, reply = pick(chance, S_WISHES)
        turns += [(other, wish), (title, reply)]
    turns.append((other, S_TAKE))
    if chance.flip(0.5):
        turns += [(title, S_ELSE), (other, S_NO)]
    if chance.flip(0.6):
        turns.append((title, S_BYE))
    for who, bank in turns:
        text = pick(chance, bank).fill(chance, world)
        if bank is S_ASK:
            text += "?" if "¿" in text else pick(chance, (".", ", por favor."))
        text = text if dashes else f"{who}: {sentence(text)}"
        teller.put("—" + text) if dashes else teller.line().put(text)
    return teller.draft


lines("frutero frutera panadero panadera vendedor vendedora librero librera cliente la frutería la juguetería la librería la tienda de ropa el mercado por favor")
