"""Other ways to tell: fable, adventure, diary, letter, news."""
from engine.corpus.chance import Chance
from engine.corpus.document import Draft
from engine.corpus.es.cast import World
from engine.corpus.es.everyday import verb_past_first
from engine.corpus.es.grammar import Teller, fitting, lines, pick
from engine.corpus.es.lexicon import agree
from engine.corpus.es.openings import MIDDLE, WEATHER

F_OPEN = lines(
    "[Un día|Una mañana|Hace mucho tiempo|Una tarde de verano], {x.un} y {x2.un} [se encontraron|se cruzaron|hablaban] [en el camino|junto al río|cerca del bosque|bajo un árbol].",
    "Había una vez {x.un} que [era muy {fault}|no quería trabajar|siempre se reía de los demás|quería ser el rey del bosque].",
    "En [un bosque|una granja|una colina|el valle] vivían {x.un} y {x2.un}.",
    "{x.el} era [muy {fault}|el animal más {fault} del bosque], y {x2.el} [lo sabía|era su vecin{x2.o}].",
)
F_TURNS = (
    (lines("—[Yo soy más rápid{x.o} que tú|Yo corro más que nadie|Nadie me gana] —dijo {x.el}.", "{x.el} se reía de {x2.el} porque era [lent{x2.o}|torpe|muy callad{x2.o}|mayor]."),
     lines("Hicieron una carrera hasta [el río|la colina|el árbol más alto], y {x.el}, [muy segur{x.o} de ganar|riéndose], [corrió sin mirar y cayó en un pozo|tropezó con una piedra|se perdió en la niebla]."),
     lines("Con [una rama|una cuerda|mucha paciencia|mucho cuidado], {x2.el} l{x.o} [sacó de allí|ayudó a salir|ayudó a volver].", "{x2.el} podía [reírse|marcharse], pero prefirió ayudar.", "{x2.el} se paró y l{x.o} ayudó, y los dos llegaron al final.")),
    (lines("{x2.el} [recogía|guardaba] [comida|hojas|nueces|paja] para el invierno, y {x.el} [dormía|cantaba|jugaba] todo el día.",
           "—¿Por qué trabajas tanto? —preguntó {x.el}—. [Hace sol|Es verano|Ven a jugar].", "{x.el} no quería [trabajar|hacer una casa|guardar comida]."),
     lines("Pero llegó el invierno, [nevó mucho|hizo mucho frío], y {x.el} no tenía [nada que comer|dónde dormir]."),
     lines("{x2.el} [l{x.o} dejó entrar en su casa|le dio de comer|le hizo un sitio junto al fuego] sin [pedir nada|decir nada|enfadarse].")),
    (lines("—[Nadie es tan list{x.o} como yo|A mí no me hace falta nadie|Yo soy el animal más fuerte] —dijo {x.el}.", "{x.el} [nunca saludaba a|no quería jugar con|se reía siempre de] {x2.el}."),
     lines("Pero [un día|aquella noche|al día siguiente] {x.el} [cayó en un pozo|quedó atrapad{x.o} en una red|se clavó una espina en la pata]."),
     lines("Con [una rama|una cuerda|mucha paciencia|mucho cuidado], {x2.el} l{x.o} [sacó de allí|ayudó a salir|ayudó a volver].", "{x2.el} podía [reírse|marcharse], pero prefirió ayudar.")),
    (lines("{x.el} encontró {e.un} y no quiso compartirl{e.o} con {x2.el}.", "{x.el} vio {f.un} en lo alto de un árbol y l{f.o} quiso solo para sí."),
     lines("[Comió tanto que|Comió tan deprisa que] [le dolió mucho la barriga|no podía moverse].", "Quiso esconderse para comer, pero se cayó [al río|en un pozo|entre las espinas]."),
     lines("Con [una rama|una cuerda|mucha paciencia|mucho cuidado], {x2.el} l{x.o} [sacó de allí|ayudó a salir|ayudó a volver].", "{x2.el} podía [reírse|marcharse], pero prefirió ayudar.")),
)
F_HELP = lines(
    "{x.el} [gritó|llamó|pidió ayuda] <ratito>, pero nadie [venía|l{x.o} oía].", "—¡Ayuda! —gritó {x.el}.",
    "{x2.el} [l{x.o} oyó|lo vio todo|pasaba por allí] y [vino <deprisa>|se acercó <modo>].",
)
F_END = lines(
    "—[Perdóname|Gracias] —dijo {x.el}—. [He sido muy {fault}|Ahora sé que necesito a los demás|No volveré a reírme de nadie].",
    "{x.el} [bajó la cabeza|se puso roj{x.o}] y le dio las gracias.",
    "Desde aquel día, {x.el} y {x2.el} [compartieron la comida|vivieron cerca|se ayudaron siempre|no volvieron a pelear].",
)
MORAL = lines(
    "[La moraleja es|Moraleja]: [quien ayuda a otro se ayuda a sí mismo|no te rías de los demás|el trabajo de hoy es el pan de mañana|todos necesitamos un amigo|más vale paso seguro que carrera loca|hasta el más pequeño puede ayudar al más grande|la bondad siempre vuelve|no hay que presumir antes de tiempo].",
    "Así {x.el} aprendió que [la prisa es mala|nadie es demasiado pequeño para ayudar|presumir no sirve de nada|compartir alegra a todos|es mejor ser buen{x.o} que fuerte].",
)
FAULTS = ("orgulloso", "perezoso", "presumido", "egoísta", "travieso", "astuto")


F_LOOK = lines(
    "{x.el} era [grande|rápid{x.o}|fuerte|list{x.o}] y vivía [en una cueva|junto al río|cerca de {l.all}|debajo de un árbol].",
    "{x2.el} [trabajaba|paseaba|cantaba|buscaba comida] [cada mañana|todo el día|de la mañana a la noche] y nunca [se quejaba|tenía prisa|hacía ruido].",
    "<tiempo> y [los pájaros cantaban|las hojas se movían|el río bajaba tranquilo|el bosque estaba en silencio].",
    "A {x.el} le gustaba [dormir al sol|mirarse en el agua|hablar de sí mism{x.o}|comer {f.many}|contar historias].",
)


def write_fable(chance: Chance) -> Draft:
    """Two animals, a fault, a need, a moral."""
    world = World(chance)
    world["fault"] = agree(chance.zipf(FAULTS, 0.4), world["x"].g)
    teller = Teller(chance, world)
    wish, turn, solve = pick(chance, F_TURNS)
    teller.tell(F_OPEN).maybe(0.4, F_LOOK).tell(wish, turn, F_HELP, solve, F_END)
    return teller.maybe(0.7, MORAL).draft


A_OPEN = lines(
    "{h.name} y {a.name} [subieron a|salieron en] [una barca|un globo|un tren|un barco] [para buscar|en busca de] [una isla|un tesoro|una cueva|{c.un}].",
    "<dia>, {h.name} encontró un mapa [viejo|extraño|roto] <dónde>. El mapa decía: «[Camina hasta {l.all}|Sigue el río|Busca el árbol más alto|Cuenta {n} pasos desde la fuente]».",
    "Nadie había entrado nunca en [la cueva|el castillo|la torre] de {l.all}, pero {h.name} no tenía miedo.",
    "—¿Vienes conmigo? —preguntó {h.name}—. Vamos a [buscar un tesoro|cruzar el bosque|subir a la montaña].",
)
A_GO = lines(
    "Llevaban [{t.un}, una linterna y pan|una cuerda, agua y un mapa|{n} galletas y {t.un}] en la mochila.",
    "{h.name} y {a.name} [caminaron|anduvieron] <ratito> por [un camino estrecho|la arena|el bosque oscuro|las rocas].",
    "Cruzaron [un puente muy viejo|un río ancho|un campo de flores|un valle lleno de niebla].",
    "El viaje [era largo|no era fácil], pero cantaban para no [aburrirse|tener miedo|pensar en el frío].",
)
A_TROUBLE = lines(
    "<derepente>, [una piedra enorme cerró el camino|el puente se rompió|empezó una tormenta|se apagó la linterna].",
    "Una [serpiente|araña] enorme dormía [en medio del camino|delante de la puerta].",
    "{x.un} apareció detrás de [una roca|un árbol|una puerta] y les dijo: «¿[Quiénes son ustedes|Qué buscan aquí|Adónde van]?».",
    "Para cruzar el agua subieron a una barca, pero [chocó con una roca|se llenó de agua] y tuvieron que nadar hasta [la orilla|una isla].",
)
A_PLAN = lines(
    "—[No te preocupes|Tengo una idea|Confía en mí] —dijo {a.name}.", "{h.name} [ató la cuerda a un árbol|empujó con todas sus fuerzas|encendió un fuego|contestó sin miedo].",
    "Entre l{p.o}s dos, <modo>, [pasaron al otro lado|salieron de allí|encontraron otro camino].",
    "{a.name} usó {t.el} para [abrir camino|hacer un puente|cortar las ramas].",
)
A_FIND = lines(
    "Al fondo de una cueva había [una caja|un baúl|un cofre] con {c.un} y [{c2.un}|{n} monedas de oro|una carta].",
    "Allí, debajo de [una piedra|un árbol|la arena], encontraron {c.un}.",
    "Por fin llegaron: delante de sus ojos [brillaba {c.un}|estaba la isla|había una puerta dorada].",
    "El tesoro no era de oro: era [un libro de cuentos|una semilla|una foto antigua|un campo lleno de fresas].",
)
A_END = lines(
    "Volvieron a casa [de noche|llen{p.o}s de barro|con hambre], <contentos>.",
    "—¿Cuál será la próxima aventura? —preguntó {a.name}.", "Nadie creyó su historia, pero {h.name} guardó {t.el} para siempre.",
    "{h.name} y {a.name} prometieron [volver|guardar el secreto|no contárselo a nadie].", "Aquella noche soñaron con [mares|islas|montañas] y tesoros.",
)


def write_adventure(chance: Chance) -> Draft:
    """A journey, an obstacle, a plan, a find."""
    teller = Teller(chance, World(chance))
    teller.tell(A_OPEN).maybe(0.3, WEATHER).tell(A_GO).maybe(0.5, A_GO).tell(A_TROUBLE, A_PLAN).maybe(0.5, A_PLAN)
    return teller.maybe(0.4, fitting(MIDDLE, teller.world)).tell(A_FIND, A_END).maybe(0.3, A_END).draft


D_HEAD = lines("Querido diario:", "[Lunes|Martes|Miércoles|Jueves|Viernes|Sábado|Domingo], {n} de [enero|marzo|abril|mayo|junio|julio|septiembre|octubre|diciembre]")
D_LINE = lines(
    "Hoy {yo}.", "Por la mañana {yo}.", "Después {yo}.", "Por la tarde {yo} con {a.name}.", "Hoy ha sido un día [muy bueno|raro|aburrido|largo|muy bonito|difícil].",
    "<tiempo>, así que {yo}.", "En la escuela [aprendimos los nombres de los ríos|pintamos un mural|hicimos un examen|leímos un cuento sobre {x.un}|cantamos toda la mañana].",
    "Mi {k.n} [me regaló {c.un}|hizo {e.un}|me contó un cuento|está enferm{k.o}|viene mañana].", "Estoy [un poco triste|muy content{h.o}|cansad{h.o}|preocupad{h.o}] porque [{a.name} se va de viaje|mañana hay fiesta|perdí {c.el}|{m.name} está mejor].",
    "{a.name} y yo [jugamos|reímos|hablamos] <ratito>.", "{m.name}, {m.mi}, [durmió todo el día|se comió mis galletas|rompió una taza|me despertó a las seis].",
    "Encontré {c.un} <dónde> y l{c.o} guardé en {caja.un}.", "También {yo}.", "Luego {yo} y ya era de noche.",
)
D_END = lines("Mañana [será otro día|quiero ir a {l.all}|es domingo|tengo clase de música]. Buenas noches.", "Ahora tengo sueño. Hasta mañana, diario.", "No se lo digas a nadie.",
              "Ojalá mañana [haga sol|nieve|no llueva|vuelva {a.name}].", "Ya es tarde y mi {k.n} apaga la luz.", "Fue [lo mejor del día|un día para recordar].")


def write_diary(chance: Chance) -> Draft:
    """A page of a child's diary."""
    world = World(chance)
    teller = Teller(chance, world)
    teller.tell(D_HEAD).line()
    used: set = set()
    for i in range(chance.number(3, 6)):
        world["yo"] = verb_past_first(chance, used)
        teller.tell(D_LINE if i else D_LINE[:2] + D_LINE[4:8])
    return teller.maybe(0.7, D_END).draft


L_HEAD = lines("Querid{a.o} {a.name}:", "Querid{k.o} {k.n}:", "Hola, {a.name}:", "Mi querid{a.o} {a.name}:")
L_OPEN = lines("¿Cómo estás? Yo estoy [muy bien|un poco resfriad{h.o}|content{h.o}|aquí, pensando en ti].", "Te escribo desde [la playa|la montaña|casa de mi {k.n}|un pueblo muy pequeño|el tren].",
               "[Gracias por tu carta|Recibí tu carta ayer|Hace mucho que no te escribo|Tengo que contarte algo].", "Espero que estés bien y que [haga buen tiempo|no llueva mucho|tu gato esté mejor] allí.")
L_LINE = lines("Ayer {yo}.", "El [sábado|domingo|lunes] {yo}.", "Aquí [hace mucho sol|llueve todos los días|hace frío|todo es verde].",
               "Cada mañana [nado en el mar|desayuno en el jardín|paseo con mi {k.n}|veo a {x.un} desde la ventana].", "Tengo {m.un} en casa: se llama {m.name}.",
               "He encontrado {c.un} y l{c.o} he guardado para ti.", "La comida está muy rica, sobre todo [el pan|el arroz|la sopa|el pescado|los tomates].", "También {yo}.",
               "Mi {k.n} dice que puedes venir [en verano|el mes que viene|cuando quieras].", "Te mando {c2.un} y una foto de {l.all}.", "¿Te acuerdas del día en que [nos perdimos en {l2.all}|vimos {x.un}|hicimos una cabaña]?")
L_END = lines("[Escríbeme|Contéstame|Ven] pronto.", "Tengo muchas ganas de verte.", "Te echo mucho de menos.", "Da recuerdos a [tu familia|tus padres|todos].", "Nos vemos [pronto|en verano|el domingo].")
L_SIGN = lines("Un abrazo,", "Un beso,", "Besos,", "Con cariño,", "Un abrazo muy fuerte,", "Hasta pronto,", "Tu amig{h.o},")


def write_letter(chance: Chance) -> Draft:
    """A letter or a postcard with its greeting and its signature."""
    world = World(chance)
    teller = Teller(chance, world)
    teller.tell(L_HEAD).line().tell(L_OPEN)
    used: set = set()
    for _ in range(chance.number(1, 5)):
        world["yo"] = verb_past_first(chance, used)
        teller.tell(L_LINE)
    return teller.tell(L_END).line().tell(L_SIGN).line().put(world["h"].name).draft


N_HEAD = lines("Noticias del pueblo", "Última hora", "Noticias de {l.all}", "El periódico de la mañana", "Noticia del día", "Las noticias de las {n}")
N_BODY = lines(
    "[Ayer por la mañana|Esta mañana|El domingo|Anoche], {w.all} del pueblo [encontró {c.un}|vio a {x.un}|salvó a {m.un}] [en|cerca de] {l.all}.",
    "{n} niños y niñas plantaron [árboles|flores|tomates] en {l.all} este [sábado|domingo|lunes].",
    "{h.name}, de {age} años, ganó [el concurso de dibujo|la carrera|el premio al mejor pastel] del pueblo.",
    "[Un incendio pequeño|La lluvia|La nieve|El viento] cerró [la escuela|el puente|la estación] durante {n} horas.",
    "{x.un} se escapó del zoo y [paseó por {l.all}|entró en la panadería|durmió en la plaza].",
)
N_MORE = lines(
    "«[Fue una gran sorpresa|Nunca había visto nada igual|Estoy muy content{h.o}|Pensé que era un sueño]», dijo {h.name}, de {age} años.",
    "Nadie [resultó herido|se hizo daño].", "Los vecinos [ayudaron|aplaudieron|hicieron fotos|llevaron comida caliente].", "La policía busca [al dueño|a alguien que sepa algo más].",
    "Según {w.all}, «[todo está bien|mañana será un buen día|hay que tener cuidado]».", "Habrá [música|comida|juegos] para todos [el sábado|el domingo|a las cinco].",
    "El tiempo [ayudó|fue bueno], con [sol|poco viento] todo el día.",
)


def write_news(chance: Chance) -> Draft:
    """A short news item, now and then with a headline."""
    teller = Teller(chance, World(chance))
    if chance.flip(0.5):
        teller.tell(N_HEAD).line()
    teller.tell(N_BODY)
    for _ in range(chance.number(1, 3)):
        teller.tell(N_MORE)
    return teller.draft
