"""How a story begins and ends: who it is about, and what they feel when it is over."""
from engine.corpus.es.grammar import lines

OPEN = lines(
    "[había una vez|érase una vez|había una vez] {h.unnino} que se llamaba {h.name}[| y vivía [cerca de {l.all}|en una casa [pequeña|azul|blanca]|con su {k.n}]].",
    "{h.name} era {h.unnino} [{trait}|muy {trait}|de {age} años].",
    "<dia> {h.name} se despertó [temprano|con una idea|con ganas de jugar|content{h.o}|muy tarde].",
    "{h.name} vivía [con su {k.n}|con su familia] [cerca de {l.all}|en un pueblo tranquilo|en una casa [vieja|pequeña|blanca]|en lo alto de una colina].",
    "<dia>, {h.name} y {a.name} [jugaban|paseaban|estaban] [en|cerca de] {l.all}.",
    "{h.name} tenía {m.un} que se llamaba {m.name}.",
    "<tiempo> y {h.name} [miraba por la ventana|no tenía clase|estaba en casa|tenía ganas de salir|quería jugar].",
    "A {h.name} le gustaba mucho [jugar en {l.all}|leer cuentos|pintar|cantar|correr por el campo|mirar las estrellas|ayudar a su {k.n}|coger flores|contar historias].",
    "{a.name} era [amig{a.o} de|vecin{a.o} de] {h.name}, y l{p.o}s dos [jugaban siempre junt{p.o}s|iban a la misma escuela|se conocían desde pequeños].",
    "En [un pueblo pequeño|una ciudad grande|una isla verde|una casa junto al mar|la última casa de la calle] vivía {h.unnino} [{trait}|muy {trait}] llamad{h.o} {h.name}.",
    "La familia de {h.name} [tenía una granja|vivía cerca de {l.all}|era muy alegre|trabajaba en el mercado|tenía una panadería].",
    "<dia>, después de [comer|desayunar|la escuela|la lluvia|la siesta], {h.name} salió [de casa|a pasear|al jardín|a jugar con {a.name}].",
    "{h.name} [estaba aburrid{h.o}|no podía dormir|tenía mucho sueño|estaba de buen humor|se había levantado de mal humor] [aquel día|aquella mañana|aquella tarde].",
    "Cuando {h.name} tenía {age} años, [vivía con su {k.n}|iba a la escuela de un pueblo|pasaba los veranos en el campo|quería ser [piloto|dentista|artista|cantante]].",
    "Todas las [mañanas|tardes], {h.name} iba [a {l.all}|a la escuela con {a.name}|al mercado con su {k.n}|a ver a su {k.n}].",
    "¿Conoces a {h.name}? Es {h.unnino} [{trait}|muy {trait}].",
    "<tiempo>. {h.name} y su {k.n} [iban|caminaban|volvían] [a casa|por el camino|por la calle].",
    "{h.name} y {a.name} eran [buen{p.o}s amig{p.o}s|muy amig{p.o}s|amig{p.o}s desde siempre|l{p.o}s mejores amig{p.o}s].",
    "Hace [mucho tiempo|muchos años], [cerca de {l.all}|en un país lejano|en un pueblo], vivía {h.unnino} que se llamaba {h.name}.",
    "Era [el cumpleaños de {h.name}|el primer día de verano|el último día de clase|una mañana tranquila|domingo por la mañana|un día especial para {h.name}].",
    "{w.all} del pueblo conocía muy bien a {h.name}, {h.unnino} {trait}.",
    "{h.name} no tenía hermanos, pero tenía [{m.un}|un buen amigo|muchos libros|mucha imaginación].",
    "—¡[Vamos|Date prisa|Despierta|Mira], {h.name}! —dijo su {k.n} [una mañana|un día|aquella tarde|desde la cocina].",
    "En casa de {h.name} [siempre olía a pan|había muchos libros|nunca faltaba la música|había {n} gallinas y {m.un}].",
    "Aquel [verano|invierno|otoño|domingo|sábado], {h.name} [visitó a su {k.n}|estaba en casa de su {k.n}|pasó unos días en el campo].",
    "De todas las cosas, lo que más le gustaba a {h.name} era [{j.su}|su cama|el mar|el olor del pan|la voz de su {k.n}].",
    "Nadie en la calle [corría|reía|cantaba|dibujaba] como {h.name}.",
    "{h.name} acababa de cumplir {age} años.",
    "Esta es la historia de {h.name}, {h.unnino} [{trait}|muy {trait}].",
    "La casa de {h.name} estaba [junto a {l.all}|al final de la calle|en lo alto de una colina|cerca de la escuela].",
)

TRAIT = lines(
    "Era [{trait}|muy {trait}] y [le gustaba [reír|cantar|ayudar a todos|hacer preguntas|correr]|tenía muchos amigos|nunca se enfadaba|siempre decía la verdad].",
    "Tenía {age} años y [el pelo [rizado|largo|corto|negro]|los ojos [verdes|marrones|grandes]|una risa muy alegre|muchas ganas de aprender].",
    "Su mejor amig{a.o} se llamaba {a.name}.",
    "Siempre llevaba {ropa.un}.",
    "Le gustaba[| mucho] [pintar|jugar al escondite|contar estrellas|leer cuentos|subir a los árboles|cantar en la cocina|hablar con los animales].",
    "Todos en el pueblo [l{h.o} querían|l{h.o} conocían|decían que era {trait}].",
    "Los domingos [iba a {l.all}|ayudaba a su {k.n}|comía en casa de su {k.n}|jugaba con {a.name}].",
)

WEATHER = lines(
    "<tiempo>.", "<tiempo> y [los pájaros cantaban|no había nadie en la calle|la gente caminaba deprisa|el río hacía ruido|las hojas se movían despacio].",
    "El sol [brillaba|calentaba un poco|se escondía entre las nubes|acababa de salir].",
    "En el cielo había [nubes blancas|una nube con forma de {x.n}|muchos pájaros|un arcoíris].",
)

END = lines(
    "<alfinal>, {h.name} [estaba|se sintió] <feliz>.",
    "<alfinal>, {h.name} y {a.name} [volvieron a casa|se fueron a casa|merendaron|se rieron mucho] <contentos>.",
    "{h.name} [sonrió|se rio|dio un salto de alegría|aplaudió] y le dio [un abrazo|las gracias|un beso|la mano] a {a.name}.",
    "—¡[Qué día tan bonito|Qué suerte|Lo conseguimos|Qué bien|Ha sido un día estupendo]! —dijo {h.name}.",
    "En casa, {h.name} le contó todo a su {k.n}, [que sonrió|y se rio mucho|y luego le preparó la cena|mientras tomaban leche caliente].",
    "Su {k.n} [estaba muy orgullos{k.o} de {h.name}|l{h.o} abrazó con fuerza|le dijo: «[Muy bien hecho|Estoy muy content{k.o}|Eres muy {trait}]»].",
)

FINAL = lines(
    "Aquella noche, {h.name} durmió [muy bien|tranquil{h.o}|con una sonrisa|como un tronco|hasta muy tarde].",
    "[Desde entonces|Desde aquel día|A partir de entonces], {h.name} y {a.name} [son inseparables|juegan junt{p.o}s todas las tardes|se ayudan en todo|son l{p.o}s mejores amig{p.o}s del mundo|van junt{p.o}s a todas partes].",
    "Fue [un día|una tarde] que [nunca olvidó|recordó siempre|contó muchas veces a su {k.n}].",
    "Y [colorín, colorado, este cuento se ha acabado|así termina esta historia|vivieron felices muchos años|todos cenaron chocolate aquella noche].",
    "{h.name} [aprendió|comprendió] que [un buen amigo es un tesoro|pedir ayuda es bueno|compartir es mejor que tener|con paciencia todo sale bien|decir la verdad es lo mejor|los errores ayudan a aprender].",
    "Después {h.name} [se lavó las manos y se fue a dormir|cenó sopa y se acostó|dibujó todo en su cuaderno|escribió todo en su diario].",
)

MIDDLE = lines(
    "{h.name} [respiró hondo|cerró los ojos un momento|contó hasta {n}|se sentó en una piedra|miró a {a.name}].",
    "«[Tranquil{h.o}|No pasa nada|Vamos a ver|Tengo que pensar|Esto no es tan difícil]», <pensó>.",
    "{a.name} [se rio|le dio la mano|no dijo nada|l{h.o} miró con cariño|se quedó a su lado].",
    "[A lo lejos|Cerca de allí|Sobre sus cabezas] [sonó una campana|cantaba {v.un}|se oía el río|ladraba un perro|pasó {v.un}].",
    "Pasó [un minuto|una hora|mucho tiempo|un buen rato] y [no pasó nada|todo seguía igual|{h.name} tenía hambre|empezó a hacer frío].",
    "[Comieron|Merendaron] [pan con queso|unas galletas|{f.un}|fruta|chocolate] y siguieron.",
    "Su {k.n} siempre decía: «[Poco a poco se llega lejos|Más ven cuatro ojos que dos|Quien busca, encuentra|Después de la lluvia sale el sol|La prisa no es buena amiga]».",
)
