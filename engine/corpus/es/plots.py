"""The plots of stories: each a chain of steps with cause and effect, each step in several wordings."""
from engine.corpus.es.grammar import lines

LOST_TOY = (
    lines("{h.name} tenía {j.un} y l{j.o} [llevaba a todas partes|quería mucho|guardaba en su habitación].",
          "Su {k.n} le había regalado {j.un}[| por su cumpleaños].", "Aquel día {h.name} jugaba con {j.un} en {l.all}."),
    lines("<derepente>, {h.name} [no encontró {j.el}|vio que {j.el} no estaba|se dio cuenta de que había perdido {j.el}].",
          "Pero una mañana, {j.el} [desapareció|no estaba en su sitio].",
          "Cuando fue a buscar {j.el}, no [estaba|l{j.o} encontró]."),
    lines("{h.name} se puso <triste>.", "«¿Dónde está {j.mi}?», <pensó> {h.name}.", "{h.name} estaba <triste> y no quería [comer|hablar|jugar a otra cosa]."),
    lines("Buscó <dónde> y <dónde>, pero no [l{j.o} vio|estaba].", "Miró por todas partes: en [la cocina|el salón|el patio], <dónde>, [hasta en la basura|y también <dónde>].",
          "L{j.o} buscó <ratito>, pero nada."),
    lines("Su amig{a.o} {a.name} l{h.o} vio y le preguntó qué pasaba.", "—¿Qué te pasa? —preguntó su amig{a.o} {a.name}.", "Entonces llegó su amig{a.o} {a.name}, que [siempre ayudaba a todos|vivía cerca|era muy {trait2}]."),
    lines("—Te ayudo a buscar —dijo {a.name}.", "—No llores —dijo {a.name}—. Vamos a buscar junt{p.o}s.", "{a.name} [quiso ayudar|empezó a buscar también|tuvo una idea]."),
    lines("<luego>, {a.name} miró <dónde> y allí estaba {j.el}.", "¡Y allí estaba {j.el}, <dónde>!", "<luego> encontraron {j.el} <dónde>.", "L{j.o} encontró {a.name}: {j.el} estaba <dónde>."),
)

LOST_PET = (
    lines("{h.name} tenía {m.un} que se llamaba {m.name}.", "{m.name} era {m.el} de {h.name}, y [dormía en su cama|comía mucho|l{h.o} seguía a todas partes].",
          "En su casa también vivía {m.name}, {m.un}."),
    lines("<dia>, [la puerta quedó abierta|alguien dejó abierta la ventana] y {m.name} [se escapó|salió a la calle|desapareció].",
          "<derepente>, {m.name} oyó un ruido muy fuerte, se asustó y se escapó.", "Pero una mañana {m.name} no estaba [en su sitio|en casa|en el jardín]."),
    lines("{h.name} l{m.o} llamó: «¡{m.name}! ¡{m.name}!».", "{h.name} salió a buscarl{m.o} <deprisa>.", "{h.name} estaba <triste> y l{m.o} buscó por toda la casa."),
    lines("Preguntó a {w.all}, pero no había visto nada.", "Le preguntó a su vecin{a.o} {a.name} y l{p.o}s dos buscaron por {l.all}.", "Miró <dónde> y <dónde>, pero {m.name} no aparecía."),
    lines("<luego>, {h.name} oyó [un ruido|algo] <dónde>.", "Entonces su amig{a.o} {a.name} vio [algo que se movía|unas huellas pequeñas] <dónde>.",
          "Empezaba a hacerse de noche cuando su amig{a.o} {a.name} [señaló un árbol|gritó: «¡Aquí!»|oyó un ruido]."),
    lines("¡Era {m.name}! Estaba [asustad{m.o}|mojad{m.o}|cansad{m.o}|suci{m.o}], pero bien.", "Allí estaba {m.name}, [dormid{m.o}|muert{m.o} de hambre|llen{m.o} de hojas|temblando de frío]."),
    lines("{h.name} l{m.o} [abrazó|cogió] <modo> y [l{m.o} llevó a casa|le dio de comer|l{m.o} secó con una manta].", "{h.name} le dio [agua y comida|un abrazo|un beso] y ya no cerró mal la puerta nunca más."),
)

SHARE = (
    lines("{h.name} llevaba [{f.un}|{e.un}] en la mochila para merendar.", "Su {k.n} le dio {e.un} para el camino.", "En su cesta, {h.name} tenía {n} galletas."),
    lines("En el camino [encontró a|vio a|se cruzó con] {x.un} que [lloraba|tenía mucha hambre|no había comido en todo el día].", "Cerca de {l.all}, {h.name} vio a {x.un} [muy delgad{x.o}|que tenía hambre|sentad{x.o} bajo un árbol]."),
    lines("—¿Qué te pasa? —preguntó {h.name}.", "{h.name} se acercó <modo>.", "{h.name} sintió pena por {x.el}."),
    lines("—Tengo [mucha hambre|hambre y frío] —dijo {x.el}.", "—No encuentro nada de comer —respondió {x.el} en voz baja.", "{x.el} miraba la comida sin decir nada."),
    lines("{h.name} [partió|cortó] la comida en dos partes y le dio la más grande.", "{h.name} compartió su comida con {x.el}.", "Aunque {h.name} también tenía hambre, le dio [la mitad|un buen trozo|casi todo]."),
    lines("{x.el} comió <deprisa> y [le dio las gracias|movió la cola|sonrió].", "—<gracias> —dijo {x.el}—. Nunca lo olvidaré."),
    lines("<luego>, {h.name} se perdió en el bosque, y {x.el} le enseñó el camino a casa.", "Al día siguiente, {x.el} le llevó {c.un} de regalo.", "Unos días después, {x.el} encontró {c.un} y se l{c.o} regaló a {h.name}.", "Desde entonces, {x.el} [l{h.o} esperaba cada tarde en el camino|fue su amig{x.o}]."),
)

BUILD = (
    lines("{h.name} y su amig{a.o} {a.name} querían hacer [una casa en el árbol|un barco de madera|una cometa|un castillo de arena|una caseta para {m.name}].", "—¿Por qué no hacemos [una cabaña|un puente|un columpio|un barco]? —dijo su amig{a.o} {a.name}."),
    lines("Buscaron [madera, cuerda y clavos|papel, pegamento y pintura|ramas largas y hojas|unas cajas viejas] [en el garaje|en {l.all}|en casa de {a.name}].", "Su {k.n} les dejó {t.un} y les dijo que tuvieran cuidado.", "Necesitaban {t.un}, así que fueron a pedírsel{t.o} a {w.all}."),
    lines("Trabajaron <ratito> <modo>.", "{h.name} [cortaba|medía|pintaba] y {a.name} [sujetaba las piezas|ponía los clavos|miraba el dibujo].", "Al principio todo iba bien."),
    lines("Pero de pronto [sopló un viento muy fuerte|se rompió una tabla|empezó a llover] y todo se cayó.", "Cuando casi habían terminado, [se cayó al suelo|se rompió por la mitad|el viento lo tiró todo]."),
    lines("—¡Oh, no! —gritó {h.name}, <triste>.", "{h.name} quería dejarlo, pero {a.name} dijo: «Otra vez».", "{h.name} se enfadó un poco y tiró {t.el} al suelo."),
    lines("—Podemos empezar otra vez —dijo {a.name}—. Ahora sabemos más.", "{a.name} pensó un momento y dijo que [faltaba una cuerda|era mejor hacerlo más pequeño|había que poner piedras debajo]."),
    lines("La segunda vez quedó [mucho mejor|perfecto|más fuerte que antes].", "Con la ayuda de {w.all}, al final salió bien.", "Lo hicieron todo de nuevo, más despacio, y esta vez no se cayó."),
    lines("Todos los niños vinieron a verlo.", "Lo pintaron de [rojo|azul|verde|amarillo] y escribieron sus nombres.", "Merendaron allí [chocolate y pan|fruta|galletas] hasta la noche."),
)

RESCUE = (
    lines("En {l.all}, {h.name} [vio|encontró] {v.un} [en el suelo|entre la hierba|debajo de un árbol].", "<derepente>, {h.name} oyó un ruido y vio {v.un} en el suelo."),
    lines("{v.el} tenía un ala rota y no podía volar.", "{v.el} estaba [herid{v.o}|mojad{v.o} y temblaba de frío|muy débil], y no se movía."),
    lines("{h.name} l{v.o} cogió <modo> y l{v.o} llevó a casa.", "—No tengas miedo —dijo {h.name}, y l{v.o} puso en su gorra."),
    lines("Su {k.n} [buscó una caja|preparó una caja con una manta|llamó a la veterinaria].", "{h.name} [l{v.o} puso en una caja|le hizo una cama] con [hojas|papel|un calcetín viejo|una manta suave]."),
    lines("Cada día le daba [agua y semillas|migas de pan|gusanos|un poco de fruta].", "Todas las mañanas, {h.name} le [cantaba|hablaba|daba de comer] antes de ir a la escuela."),
    lines("Después de {n} días, {v.el} abrió las alas.", "Poco a poco, {v.el} se puso mejor y empezó a [cantar|saltar|mover las alas]."),
    lines("{h.name} abrió la ventana y {v.el} voló [hacia los árboles|sobre los tejados|muy alto].", "Un día l{v.o} llevaron a {l.all}, y {v.el} echó a volar."),
    lines("{h.name} estaba un poco triste, pero [sabía que era lo mejor|también content{h.o}].", "Desde entonces, {v.el} vuelve cada primavera a su ventana.", "Antes de irse, {v.el} dio una vuelta sobre su cabeza."),
)

LEARN = (
    lines("{h.name} quería aprender a [nadar|montar en bicicleta|patinar|hacer pan|tocar {i.el}|silbar].", "Todos sus amigos sabían [nadar|montar en bicicleta|patinar], menos {h.name}."),
    lines("Pero tenía [un poco de miedo|mucho miedo|vergüenza].", "El primer día no le salió nada bien.", "Lo intentó {n} veces y {n} veces lo hizo mal."),
    lines("—[No puedo|Es muy difícil|Nunca voy a aprender] —dijo {h.name}.", "{h.name} [se sentó en el suelo|tiró la gorra] y no quería seguir."),
    lines("—Claro que puedes —dijo su {k.n}—. [Yo te ayudo|Yo también tardé mucho|Poco a poco].", "Su amig{a.o} {a.name} le contó que [también había tenido miedo|tardó un mes en aprender].", "Su amig{a.o} {a.name} le dio la mano y le dijo: «Mírame a mí»."),
    lines("Practicaron [todas las tardes|cada mañana|todo el verano].", "Cada día lo hacía [un poco mejor|con menos miedo].", "{h.name} lo intentó otra vez, <modo>."),
    lines("Y un día, sin darse cuenta, ¡lo consiguió!", "Por fin, {h.name} lo hizo [sin ayuda|sin miedo|sol{h.o}].", "El domingo lo hizo delante de todos y nadie se lo podía creer."),
    lines("—¡Miren! ¡Ya sé! —gritó {h.name}.", "Todos aplaudieron y {h.name} se puso roj{h.o}.", "Su {k.n} aplaudió muy fuerte."),
)

GIFT = (
    lines("Se acercaba el cumpleaños de {a.name} y {h.name} no tenía [regalo|dinero].", "{h.name} quería [hacer|dar] un regalo a su {k.n}, pero [solo tenía {n} monedas|no tenía dinero]."),
    lines("Fue a la tienda, pero todo era muy caro.", "Pensó <ratito>.", "Le preguntó a {w.all} qué podía hacer."),
    lines("<derepente>, tuvo una idea.", "Entonces miró {j.su}, {ropa.su} y sus lápices de colores.", "En un cajón encontró papel, pegamento y {c.un}."),
    lines("Con {c.un} y un poco de papel hizo [una tarjeta|una corona|un cuadro].", "{h.name} [dibujó|pintó] [{x.un}|una casa con flores|un barco y el sol|a toda la familia].", "Preparó un pastel <sabor> con [la ayuda de {w.all}|mucho cuidado]."),
    lines("Tardó toda la tarde y se manchó [las manos|la nariz|la ropa].", "Lo envolvió en papel [rojo|azul|verde|amarillo].", "Trabajó en secreto para que nadie l{h.o} viera."),
    lines("Cuando llegó el momento, {h.name} estaba [nervios{h.o}|content{h.o}].", "—Esto es para ti —dijo {h.name}[| en voz baja]."),
    lines("—¡Es el mejor regalo de todos! —fue la respuesta.", "Hubo un silencio, y después un abrazo muy fuerte.", "El regalo gustó tanto que [lo pusieron en la pared|lo enseñaron a todo el mundo|hubo lágrimas de alegría]."),
)

KEY = (
    lines("<dia>, {h.name} encontró una llave [pequeña|dorada|vieja|oxidada] <dónde>.", "En {l.all}, {h.name} encontró una llave [dorada|muy vieja|pequeña] entre las piedras."),
    lines("—¿De quién será? —se preguntó {h.name}.", "«¿Qué abrirá esta llave?», <pensó>.", "Se la enseñó a su amig{a.o} {a.name}, que [nunca había visto una llave así|abrió mucho los ojos]."),
    lines("Probaron la llave en [la puerta del garaje|el armario|la puerta del jardín], pero no [entraba|abría nada].", "Preguntaron a {w.all}, pero no era suya."),
    lines("<luego>, {h.name} recordó un baúl [del desván|del sótano].", "—¡El baúl del desván! —dijo su amig{a.o} {a.name}[| de pronto].", "Su {k.n} les habló de una caja [antigua|de madera] que nadie podía abrir."),
    lines("Subieron la escalera <modo> y metieron la llave en la cerradura.", "La llave entró y dio una vuelta: ¡clic!", "Con las manos llenas de polvo, {h.name} giró la llave."),
    lines("Dentro había {c.un}, [{ropa.un}|un montón de cartas|unas fotos viejas] y [{c2.un}|un cuaderno].", "La caja estaba llena de [fotos antiguas|monedas|cartas|juguetes de madera], y encima había {c.un}."),
    lines("Era [el tesoro|el secreto] de su {k.n} cuando era pequeñ{k.o}.", "Su {k.n} sonrió: «Eso era mío cuando tenía tu edad».", "Había también una nota: «[Para quien sepa buscar|Cuida este tesoro|La amistad es el mejor tesoro]»."),
)

FEAR = (
    lines("Por la noche, {h.name} oyó un ruido [extraño|muy raro] <dónde>.", "<derepente>, en mitad de la noche, algo hizo «[toc, toc|cras, cras|uuu]»."),
    lines("{h.name} se tapó con la manta [hasta la nariz|y cerró los ojos].", "{h.name} tenía miedo y encendió la [luz|linterna].", "«¿Será un [monstruo|fantasma]?», <pensó> {h.name}."),
    lines("El ruido sonó otra vez, más [fuerte|cerca].", "Todo estaba oscuro y [el viento soplaba|la luna no se veía|la casa crujía]."),
    lines("{h.name} llamó a su {k.n}, que [vino enseguida|dormía como un tronco].", "{h.name} cogió la linterna y se levantó <modo>.", "—No seas miedos{h.o} —se dijo {h.name}."),
    lines("Abrió la puerta <modo> y miró.", "Encendió la luz y buscó de dónde venía el ruido.", "Se acercó paso a paso, con el corazón muy rápido."),
    lines("¡Solo era {m.un} que [quería entrar|tenía hambre|jugaba con una pelota]!", "No era un monstruo: era una rama que [daba en la ventana|movía el viento].", "Era un ratón [pequeño|diminuto] que comía [queso|una galleta]."),
    lines("{h.name} se rio de su miedo.", "—Así que eras tú —dijo {h.name}, y [se rio|respiró tranquil{h.o}].", "Ya no tenía miedo, y apagó la luz."),
)

SEED = (
    lines("{w.all} le dio a {h.name} una semilla [diminuta|muy pequeña|negra].", "<dia>, {h.name} encontró una semilla en [el bolsillo|{f.un}|el suelo]."),
    lines("La plantó [en el jardín|en una maceta|en el huerto de su {k.n}] y la regó.", "{h.name} hizo un agujero, puso la semilla y la tapó con tierra."),
    lines("Cada mañana miraba, pero no [pasaba nada|salía nada].", "Pasó una semana, y en la tierra no había nada."),
    lines("—No crece —dijo {h.name}, <triste>.", "—Hay que tener paciencia —le dijo su {k.n}.", "Su amig{a.o} {a.name} le dijo que las semillas duermen un poco antes de despertar."),
    lines("{h.name} siguió regando la tierra [todos los días|cada tarde|sin perder la esperanza].", "Llovió {n} días seguidos y después salió el sol."),
    lines("Una mañana vio una hoja [verde|pequeña|diminuta].", "¡Por fin salió una planta muy pequeña!"),
    lines("En verano había allí [una flor enorme|una calabaza gigante|un tomate rojo|un girasol más alto que {h.name}].", "La planta creció y creció hasta [la ventana|el tejado|ser más alta que su {k.n}]."),
)

NEWCOMER = (
    lines("En la escuela había alguien nuevo: se llamaba {a.name}.", "{a.name} acababa de llegar [al pueblo|a la ciudad|a la escuela]."),
    lines("{a.name} no conocía a nadie y [se sentaba sol{a.o}|casi no hablaba|miraba al suelo].", "{a.name} era muy tímid{a.o} y no [jugaba|hablaba] con nadie."),
    lines("{h.name} l{a.o} vio [en el recreo|junto a la ventana] y recordó [su primer día|que también había tenido miedo].", "{h.name} pensó que {a.name} estaba triste."),
    lines("Se acercó y le preguntó: «¿Quieres jugar [conmigo|con nosotros]?».", "—Hola, me llamo {h.name} —dijo—. ¿Te gusta [pintar|el fútbol|leer]?"),
    lines("{a.name} sonrió por primera vez.", "Al principio {a.name} no dijo nada; luego dijo que sí con la cabeza."),
    lines("Jugaron con {j.un} [toda la tarde|hasta que sonó la campana].", "{a.name} le enseñó {c.un} que tenía en el bolsillo.", "Descubrieron que a l{p.o}s dos les gustaba [leer|pintar|el chocolate|mirar las estrellas|cantar]."),
    lines("Al día siguiente, {a.name} l{h.o} esperaba en la puerta.", "Ahora {a.name} tiene muchos amigos, pero {h.name} fue quien habló primero."),
)

BROKEN = (
    lines("{h.name} corría por [la casa|el salón|la cocina] con {j.un}.", "{h.name} jugaba [dentro de casa|en el salón], aunque [su {k.n} le había dicho que no|estaba prohibido]."),
    lines("<derepente>, [una taza|un plato|un vaso] cayó al suelo y se rompió.", "¡Crac! {h.name} rompió un plato de su {k.n}."),
    lines("{h.name} [se asustó|se quedó quiet{h.o}] y escondió los trozos <dónde>.", "«Se van a enfadar mucho», <pensó> {h.name}."),
    lines("Su {k.n} entró y preguntó qué había pasado.", "—¿Quién ha roto esto? —preguntó su {k.n}."),
    lines("—[Ha sido|Fue] el gato —empezó a decir {h.name}.", "{h.name} no sabía si decir la verdad.", "{h.name} miró al suelo y no contestó."),
    lines("Al final dijo la verdad: «He sido yo. Lo siento mucho».", "—He sido yo —dijo {h.name}, casi sin voz—. Lo siento."),
    lines("Su {k.n} no se enfadó: «[Gracias por decir la verdad|Las cosas se pueden arreglar]».", "Su {k.n} le dio un abrazo y lo arreglaron con pegamento."),
)

WAY = (
    lines("{h.name} y {a.name} fueron [a {l.all}|a coger setas al bosque|de excursión].", "<dia>, {h.name} siguió a {x.un} por el bosque."),
    lines("Caminaron tanto que [perdieron el camino|ya no sabían dónde estaban].", "Cuando quisieron volver, [había niebla|el camino no estaba|todos los árboles parecían iguales]."),
    lines("—¿Por dónde es? —preguntó {a.name}.", "Empezaba a [llover|hacerse de noche|hacer frío].", "{a.name} tenía miedo y le dio la mano a {h.name}."),
    lines("{h.name} [miró el cielo|subió a un árbol|escuchó con atención].", "{h.name} recordó que [el río pasa por el pueblo|el sol se pone detrás del molino]."),
    lines("A lo lejos vio [una luz|humo|el tejado del molino].", "<derepente>, {v.un} [voló sobre ellos|cantó en una rama], como si quisiera enseñarles el camino."),
    lines("Caminaron hacia allí <modo>.", "Siguieron [la luz|el río] hasta [el puente|una casa], sin soltarse de la mano."),
    lines("En la casa vivía {w.un}, que [les dio sopa caliente|l{p.o}s llevó a casa|les enseñó el camino].", "Allí estaba su {k.n}, que l{p.o}s buscaba con una linterna."),
)

RACE = (
    lines("El domingo había una carrera de [bicicletas|barcos de papel|patinetes|sacos] en {l.all}.", "En el pueblo organizaron un concurso de [dibujo|pasteles|cometas|canciones]."),
    lines("{h.name} quería ganar y [practicó toda la semana|se preparó <ratito>].", "El premio era {c.un}, y {h.name} l{c.o} quería."),
    lines("Su amig{a.o} {a.name} también [participaba|quería ganar].", "Había muchos niños, y {a.name}, de su clase, era quien mejor lo hacía."),
    lines("Cuando {h.name} iba por delante, vio que {a.name} [se había caído|necesitaba ayuda|lloraba].", "<derepente>, {a.name} tropezó con una piedra y se cayó."),
    lines("{h.name} se paró y [le dio la mano|volvió atrás].", "{h.name} miró la meta, miró a {a.name} y [volvió atrás|se quedó a ayudar]."),
    lines("L{p.o}s dos llegaron [junt{p.o}s|l{p.o}s últim{p.o}s], pero [todos aplaudieron|nadie se rio].", "No ganaron, pero [la gente aplaudió mucho|les dieron un premio especial]."),
    lines("—Gracias —dijo {a.name}—. Eres [{trait}|mi mejor amig{h.o}|muy buen{h.o}].", "{a.name} partió [un bocadillo|un pastel] en dos y lo compartió con {h.name}."),
)

CAKE = (
    lines("{h.name} y su {k.n} querían hacer un pastel <sabor>.", "—Hoy hacemos un pastel <sabor> —dijo su {k.n}."),
    lines("Pusieron en la mesa [harina, huevos y leche|huevos, azúcar y harina].", "{h.name} rompió {n} huevos y solo uno se cayó al suelo."),
    lines("Pero [no había azúcar|faltaba la leche|no quedaba harina] en casa.", "Entonces {m.name} saltó a la mesa y tiró la harina."),
    lines("{h.name} fue <deprisa> a casa de su amig{a.o} {a.name} a pedir un poco.", "—Yo tengo en casa —dijo su amig{a.o} {a.name}, y volvió enseguida."),
    lines("Mezclaron todo <modo> y lo metieron en el horno.", "{h.name} movió la masa con una cuchara [grande|de madera] <ratito>."),
    lines("La cocina olía muy bien.", "Esperaron {n} minutos, y luego {n} más.", "Mientras tanto, lavaron los platos y cantaron."),
    lines("El pastel salió [un poco torcido, pero riquísimo|alto y dorado|perfecto].", "Comieron el pastel caliente con [leche|{a.name}|los vecinos]."),
)

PLOTS = (LOST_TOY, LOST_PET, SHARE, LEARN, BUILD, RESCUE, KEY, GIFT, FEAR, SEED, NEWCOMER, BROKEN, WAY, RACE, CAKE)
