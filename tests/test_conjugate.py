"""Spanish verb forms, each known for certain; a reader adds a line for every verb that once went wrong."""
import re
import tomllib

import pytest

from engine.corpus.es.conjugate import CHANGES, COMPOUNDS, IRREGULAR, PERSONS, TENSES, conjugate, gerund, infinitive, participle
from engine.corpus.lexicon import WORLD

FORMS = """
hablar present 1s hablo          hablar preterite 3p hablaron     hablar imperfect 1p hablábamos   hablar future 3s hablará
comer present 3p comen           comer preterite 3s comió         comer imperfect 3s comía         comer conditional 1p comeríamos
vivir present 1p vivimos         vivir preterite 1s viví          vivir subjunctive 3s viva        vivir imperative 2s vive
buscar preterite 1s busqué       buscar subjunctive 3p busquen    llegar preterite 1s llegué       llegar imperative 3s llegue
empezar preterite 1s empecé      empezar present 3s empieza       cruzar subjunctive 1p crucemos   averiguar preterite 1s averigüé
coger present 1s cojo            recoger subjunctive 3s recoja    recoger preterite 3s recogió     vencer present 1s venzo
seguir present 1s sigo           perseguir present 3s persigue    perseguir preterite 3s persiguió  seguir subjunctive 1p sigamos
conocer present 1s conozco       crecer present 1s crezco         crecer subjunctive 3s crezca     mecer present 1s mezo
construir present 3s construye   construir preterite 3s construyó  construir present 1p construimos  construir subjunctive 1p construyamos
huir preterite 1s hui            huir present 3p huyen            leer preterite 3s leyó           leer preterite 1p leímos
creer preterite 3p creyeron      caer present 1s caigo            caer preterite 2s caíste         oír present 3s oye
oír preterite 3p oyeron          oír present 1p oímos             oír future 1s oiré               oír imperative 2s oye
pensar present 1s pienso         pensar subjunctive 1p pensemos   perder present 3p pierden        sentir preterite 3p sintieron
sentir subjunctive 1p sintamos   preferir present 2s prefieres    dormir present 3s duerme         dormir preterite 3s durmió
dormir subjunctive 1p durmamos   morder present 3s muerde         volver present 1s vuelvo         devolver present 3s devuelve
pedir present 1s pido            pedir preterite 3s pidió         servir preterite 3p sirvieron    jugar present 1s juego
jugar preterite 1s jugué         jugar subjunctive 3s juegue      oler present 3s huele            oler preterite 3s olió
almorzar preterite 1s almorcé    colgar subjunctive 3s cuelgue    regar present 3s riega           llover present 3s llueve
elegir present 1s elijo          elegir preterite 3s eligió       cocer present 1s cuezo           torcer present 3s tuerce
enviar present 3s envía          enviar present 1p enviamos       vaciar subjunctive 3s vacíe      maullar present 3s maúlla
continuar present 3p continúan   reunir present 3s reúne          gruñir preterite 3s gruñó        gruñir preterite 1s gruñí
guiar preterite 3s guio          guiar present 3s guía            ser present 1p somos             ser preterite 3s fue
ser imperfect 1p éramos          ser subjunctive 3p sean          ser imperative 2s sé             estar present 3p están
estar preterite 1s estuve        estar subjunctive 3s esté        ir imperfect 1p íbamos           ir preterite 3p fueron
ir subjunctive 2s vayas          ir imperative 2s ve              haber imperfect 3s había         haber preterite 3s hubo
haber subjunctive 3s haya        haber future 3s habrá            tener present 1s tengo           tener present 3s tiene
tener preterite 3s tuvo          tener imperative 2s ten          hacer preterite 1s hice          hacer preterite 3s hizo
hacer future 3s hará             hacer imperative 2s haz          poder present 3s puede           poder preterite 3p pudieron
poner preterite 1s puse          poner future 1p pondremos        poner imperative 2s pon          querer preterite 3s quiso
querer conditional 3s querría    saber present 1s sé              saber subjunctive 3s sepa        saber preterite 3p supieron
venir present 1s vengo           venir preterite 3p vinieron      venir present 3p vienen          venir imperative 2s ven
ver present 1s veo               ver imperfect 3s veía            ver preterite 3s vio             ver subjunctive 1p veamos
dar preterite 3s dio             dar subjunctive 3s dé            decir preterite 3p dijeron       decir present 1p decimos
decir imperative 2s di           decir subjunctive 3s diga        traer preterite 3s trajo         traer preterite 3p trajeron
traer subjunctive 3s traiga      salir future 3s saldrá           salir imperative 2s sal          valer present 1s valgo
andar preterite 3p anduvieron    conducir preterite 3s condujo    conducir present 1s conduzco     traducir preterite 3p tradujeron
caber present 1s quepo           caber preterite 3s cupo          reír present 3s ríe              reír preterite 3s rio
sonreír preterite 3s sonrió      sonreír preterite 3p sonrieron   sonreír subjunctive 1p sonriamos  freír present 1s frío
detener imperative 2s detén      detener preterite 3s detuvo      componer imperative 2s compón    deshacer preterite 3s deshizo
vestir preterite 3s vistió       derretir present 3s derrite      hervir present 3s hierve         soñar present 1s sueño
prohibir present 3s prohíbe      esquiar preterite 1p esquiamos   dirigir present 1s dirijo        reñir preterite 3s riñó
tejer preterite 3s tejió          corregir present 1s corrijo      espiar present 3s espía          resolver present 3s resuelve
"""
REFLEXIVE = """
lavarse preterite 1s me lavé     irse preterite 3s se fue         lavarse imperative 2s lávate     irse imperative 2s vete
sentarse imperative 3s siéntese  ponerse imperative 2s ponte      acostarse present 1p nos acostamos  vestirse present 3s se viste
caerse preterite 3s se cayó      levantarse imperative 3p levántense  dormirse imperative 2s duérmete  reírse preterite 3p se rieron
detenerse imperative 2s detente   romperse present 3s se rompe     moverse preterite 1s me moví     verse imperfect 3s se veía
"""
CELLS = [cell.split(maxsplit=3) for text in (FORMS, REFLEXIVE) for cell in re.split(r"\n|  +", text) if cell]


@pytest.mark.parametrize("verb, tense, person, form", CELLS)
def test_finite_form(verb, tense, person, form):
    assert conjugate(verb, tense, person) == form


@pytest.mark.parametrize("verb, form", [
    ("hablar", "hablando"), ("comer", "comiendo"), ("leer", "leyendo"), ("dormir", "durmiendo"), ("pedir", "pidiendo"), ("ir", "yendo"),
    ("venir", "viniendo"), ("poder", "pudiendo"), ("decir", "diciendo"), ("oír", "oyendo"), ("construir", "construyendo"),
    ("reír", "riendo"), ("sonreír", "sonriendo"), ("gruñir", "gruñendo"), ("volver", "volviendo"), ("seguir", "siguiendo"),
    ("lavarse", "lavándose"), ("irse", "yéndose"), ("vestirse", "vistiéndose"), ("reírse", "riéndose"), ("caerse", "cayéndose")])
def test_gerund(verb, form):
    assert gerund(verb) == form


@pytest.mark.parametrize("verb, form", [
    ("hablar", "hablado"), ("leer", "leído"), ("oír", "oído"), ("construir", "construido"), ("escribir", "escrito"), ("abrir", "abierto"),
    ("volver", "vuelto"), ("devolver", "devuelto"), ("descubrir", "descubierto"), ("morir", "muerto"), ("romper", "roto"),
    ("freír", "frito"), ("ponerse", "puesto"), ("deshacer", "deshecho"), ("ver", "visto"), ("ir", "ido"), ("sonreír", "sonreído")])
def test_participle(verb, form):
    assert participle(verb) == form


def test_pronouns_follow_the_person():
    assert gerund("lavarse", "1s") == "lavándome" and gerund("lavarse", "1p") == "lavándonos"
    assert infinitive("lavarse", "1s") == "lavarme" and infinitive("irse", "3p") == "irse" and infinitive("comer", "1s") == "comer"


def test_no_verb_changes_twice():
    listed = [verb for verbs in CHANGES.values() for verb in verbs.split()]
    assert len(listed) == len(set(listed)) and not set(listed) & COMPOUNDS.keys() and not IRREGULAR.keys() & COMPOUNDS.keys()


def test_every_verb_of_the_lexicon_has_every_form():
    with (WORLD / "es" / "verbs.toml").open("rb") as file:
        verbs = {row.get("verb", key) for key, row in tomllib.load(file).items()}
    for verb in verbs:
        plain = verb.removesuffix("se")
        assert plain.endswith(("ar", "er", "ir", "ír")), verb
        forms = {conjugate(verb, tense, person) for tense in TENSES[:-1] for person in PERSONS} | {gerund(verb), participle(verb)}
        assert all(re.fullmatch(r"((me|te|se|nos) )?[a-záéíóúñü]+", form) for form in forms), forms
