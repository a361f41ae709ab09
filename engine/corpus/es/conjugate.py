"""Spanish verbs: every simple form of every verb the corpus uses, by rule and from three short tables.

Knows verbs only: no subjects, no sentences, no data files. After the Nueva gramática de la lengua española (RAE), chapter 4;
spelling after the Ortografía of 2010 (rio, hui and guie without an accent).
"""
import re
from functools import cache

PERSONS = ("1s", "2s", "3s", "1p", "3p")
PRONOUNS = dict(zip(PERSONS, ("me", "te", "se", "nos", "se"), strict=True))
TENSES = ("present", "preterite", "imperfect", "future", "conditional", "subjunctive", "imperative")
BOOT = ("1s", "2s", "3s", "3p")                 # the persons that stress the stem
PLAIN = str.maketrans("áéíóú", "aeiou")
ACCENTED = str.maketrans("aeiou", "áéíóú")
NUCLEUS = re.compile(r"[iu]?[aeo][iu]?|[iu]+")

ENDINGS = {                                     # by the infinitive's vowel, in the order of PERSONS
    "present": {"a": "o as a amos an", "e": "o es e emos en", "i": "o es e imos en"},
    "preterite": {"a": "é aste ó amos aron", "e": "í iste ió imos ieron", "i": "í iste ió imos ieron"},
    "imperfect": {"a": "aba abas aba ábamos aban", "e": "ía ías ía íamos ían", "i": "ía ías ía íamos ían"},
    "subjunctive": {"a": "e es e emos en", "e": "a as a amos an", "i": "a as a amos an"},
}
FUTURE = {"future": "é ás á emos án", "conditional": "ía ías ía íamos ían"}      # on the infinitive
STRONG = "e iste o imos ieron"                  # preterites stressed on the stem: tuve, tuvo

# What the stem's last such vowel becomes under stress. Verbs in -ir also change without it: durmió, pidiendo.
CHANGES = {
    "e>ie": """acertar advertir apretar arrepentir atender atravesar calentar cerrar comenzar confesar convertir defender desmentir
        despertar digerir divertir empezar encender encerrar enterrar entender extender fregar gobernar helar herir hervir
        manifestar mentir merendar negar nevar pensar perder plegar preferir quebrar querer recomendar regar sembrar sentar sentir
        sugerir temblar tender tener tropezar venir""",
    "o>ue": """acordar acostar almorzar apostar aprobar cocer colar colgar comprobar consolar contar costar demostrar doler dormir
        encontrar forzar llover morder morir mostrar mover oler poblar poder probar recordar renovar resolver rodar rogar soler
        soltar sonar soñar torcer tostar tronar volar volver""",
    "u>ue": "jugar",
    "i>ie": "adquirir",
    "e>i": "competir corregir decir derretir despedir elegir impedir medir pedir repetir reñir seguir servir teñir vestir",
    "i>í": """ampliar confiar criar desafiar desviar enfriar enviar espiar esquiar fotografiar guiar prohibir resfriar rociar vaciar
        variar""",
    "u>ú": "actuar aullar continuar evaluar graduar maullar reunir situar",
}
WEAK = {"e": "i", "o": "u"}                     # the change without stress

# Verbs of their own: whole tenses in the order of PERSONS, or what a tense is made from: `yo` also gives the subjunctive,
# `strong` the preterite, `stem` future and conditional. The rest follows the rules.
IRREGULAR = {
    "andar": {"strong": "anduv"},
    "caber": {"yo": "quepo", "strong": "cup", "stem": "cabr"},
    "caer": {"yo": "caigo"},
    "dar": {"present": "doy das da damos dan", "preterite": "di diste dio dimos dieron", "subjunctive": "dé des dé demos den"},
    "decir": {"yo": "digo", "strong": "dij", "stem": "dir", "imperative": "di"},
    "estar": {"present": "estoy estás está estamos están", "strong": "estuv", "subjunctive": "esté estés esté estemos estén"},
    "haber": {"present": "he has ha hemos han", "strong": "hub", "stem": "habr", "subjunctive": "haya hayas haya hayamos hayan"},
    "hacer": {"yo": "hago", "strong": "hic", "stem": "har", "imperative": "haz"},
    "ir": {"present": "voy vas va vamos van", "preterite": "fui fuiste fue fuimos fueron", "imperfect": "iba ibas iba íbamos iban",
           "subjunctive": "vaya vayas vaya vayamos vayan", "imperative": "ve", "gerund": "yendo"},
    "oír": {"present": "oigo oyes oye oímos oyen", "yo": "oigo"},
    "poder": {"strong": "pud", "stem": "podr", "gerund": "pudiendo"},
    "poner": {"yo": "pongo", "strong": "pus", "stem": "pondr", "imperative": "pon"},
    "querer": {"strong": "quis", "stem": "querr"},
    "reír": {"present": "río ríes ríe reímos ríen", "preterite": "reí reíste rió reímos rieron",
             "subjunctive": "ría rías ría riamos rían", "gerund": "riendo"},
    "saber": {"yo": "sé", "strong": "sup", "stem": "sabr", "subjunctive": "sepa sepas sepa sepamos sepan"},
    "salir": {"yo": "salgo", "stem": "saldr", "imperative": "sal"},
    "ser": {"present": "soy eres es somos son", "preterite": "fui fuiste fue fuimos fueron", "imperfect": "era eras era éramos eran",
            "subjunctive": "sea seas sea seamos sean", "imperative": "sé"},
    "tener": {"yo": "tengo", "strong": "tuv", "stem": "tendr", "imperative": "ten"},
    "traer": {"yo": "traigo", "strong": "traj"},
    "valer": {"yo": "valgo", "stem": "valdr"},
    "venir": {"yo": "vengo", "strong": "vin", "stem": "vendr", "imperative": "ven"},
    "ver": {"yo": "veo", "preterite": "vi viste vio vimos vieron", "imperfect": "veía veías veía veíamos veían"},
}
PARTICIPLES = {"abrir": "abierto", "cubrir": "cubierto", "decir": "dicho", "escribir": "escrito", "freír": "frito", "hacer": "hecho",
               "imprimir": "impreso", "ir": "ido", "morir": "muerto", "poner": "puesto", "resolver": "resuelto", "romper": "roto",
               "ver": "visto", "volver": "vuelto"}
COMPOUNDS = {word.replace("-", ""): tuple(word.split("-")) for word in """       # prefix and verb
    com-poner con-mover con-seguir con-tener de-tener de-volver des-colgar des-cubrir des-hacer en-volver entre-tener f-reír
    man-tener ob-tener per-seguir pro-poner re-mover re-volver son-reír su-poner""".split()}
UNACCENTED = {"rió": "rio", "frió": "frio", "huí": "hui", "guié": "guie", "guió": "guio", "crié": "crie", "crió": "crio"}
ONLY_Z = ("cocer", "hacer", "mecer")            # cuezo, but conozco


@cache
def conjugate(infinitive: str, tense: str, person: str) -> str:
    """The finite form, with a reflexive's pronoun: in front (se lavó), behind an imperative (lávate).

    `tense` is one of TENSES, `person` one of PERSONS; imperatives are those of tú (2s), usted (3s) and ustedes (3p).
    """
    assert tense in TENSES and person in PERSONS, (infinitive, tense, person)
    verb, reflexive = _reflexive(infinitive)
    form = _form(verb, tense, PERSONS.index(person))
    form = UNACCENTED.get(form, form)
    if not reflexive:
        return form
    return _attach(form, PRONOUNS[person]) if tense == "imperative" else f"{PRONOUNS[person]} {form}"


@cache
def infinitive(verb: str, person: str = "3s") -> str:
    """The infinitive as this person says it: lavar, lavarme."""
    plain, reflexive = _reflexive(verb)
    return plain + PRONOUNS[person] if reflexive else plain


@cache
def gerund(infinitive: str, person: str = "3s") -> str:
    """The gerund as this person says it: lavando, lavándome."""
    verb, reflexive = _reflexive(infinitive)
    form = _gerund(verb)
    return _attach(form, PRONOUNS[person]) if reflexive else form


@cache
def participle(infinitive: str) -> str:
    """The participle, masculine singular and without a pronoun: lavado, escrito."""
    verb, _ = _reflexive(infinitive)
    if verb in PARTICIPLES:
        return PARTICIPLES[verb]
    if verb in COMPOUNDS:
        prefix, base = COMPOUNDS[verb]
        return prefix + participle(base)
    return _spelled(verb, verb[:-2], "ado" if _theme(verb) == "a" else "ido")


# --- from here on verbs have no pronoun, and a person is its place in PERSONS ---


def _reflexive(infinitive: str) -> tuple[str, bool]:
    return (infinitive[:-2], True) if infinitive.endswith("se") else (infinitive, False)


def _theme(verb: str) -> str:
    """The vowel of the infinitive: a, e or i."""
    return verb[-2].translate(PLAIN)


@cache
def _change(verb: str) -> tuple[str, str]:
    """The vowel of the stem that changes under stress and what it becomes; two empty strings where none does."""
    for change, verbs in CHANGES.items():
        if verb in verbs.split():
            before, after = change.split(">")
            return before, after
    return "", ""


def _replaced(stem: str, before: str, after: str) -> str:
    """The stem with its last `before` changed; a word cannot begin with ue (huele)."""
    head, _, tail = stem.rpartition(before)
    return ("h" if after == "ue" and not head else "") + head + after + tail


def _stressed(verb: str) -> str:
    before, after = _change(verb)
    return _replaced(verb[:-2], before, after) if before else verb[:-2]


def _weak(verb: str) -> str:
    """The stem before unstressed io, ie and a: durm-ió, pid-iendo, sint-amos."""
    before, _ = _change(verb)
    return _replaced(verb[:-2], before, WEAK[before]) if _theme(verb) == "i" and before in WEAK else verb[:-2]


def _spelled(verb: str, stem: str, ending: str) -> str:
    """Stem and ending together, spelled so that the stem sounds as it does in the infinitive."""
    front, open_stem = ending[0] in "eiéí", stem[-1] in "aeiou" and stem[-2:] not in ("gu", "qu")
    if _theme(verb) == "a":
        changes = (("z", "c"), ("c", "qu"), ("gu", "gü"), ("g", "gu")) if front else ()
    else:
        c = "zc" if stem[-2:-1] in tuple("aeiou") and verb not in ONLY_Z else "z"
        changes = () if front else (("c", c), ("gu", "g"), ("qu", "c"), ("g", "j"))
        if ending[0] == "i" and ending[1] in "aeoó":
            if open_stem:
                ending = "y" + ending[1:]                               # leyó, construyendo
            elif stem.endswith(("ñ", "ll")):
                ending = ending[1:]                                     # gruñó
        elif ending[0] == "i" and open_stem and stem[-1] != "u":
            ending = "í" + ending[1:]                                   # leíste, caído
        elif stem[-1] == "u" and open_stem and ending[0] in "aeo":
            ending = "y" + ending                                       # construyo
    for before, after in changes:
        if stem.endswith(before):
            return stem.removesuffix(before) + after + ending
    return stem + ending


@cache
def _form(verb: str, tense: str, i: int) -> str:
    own = IRREGULAR.get(verb, {})
    if tense == "imperative":
        return _imperative(verb, i)
    if verb in COMPOUNDS:
        prefix, base = COMPOUNDS[verb]
        return prefix + _form(base, tense, i)
    if tense in own:
        return own[tense].split()[i]
    if tense in FUTURE:
        return own.get("stem", verb.translate(PLAIN)) + FUTURE[tense].split()[i]
    if tense == "preterite" and (strong := own.get("strong") or (verb[:-3] + "j" if verb.endswith("ducir") else "")):
        ending = STRONG.split()[i]
        return _spelled(verb, strong, ending.removeprefix("i") if strong[-1] == "j" and ending == "ieron" else ending)     # dijeron
    if tense == "present" and i == 0 and "yo" in own:
        return own["yo"]
    ending = ENDINGS[tense][_theme(verb)].split()[i]
    if tense == "subjunctive" and "yo" in own:
        return own["yo"][:-1] + ending
    if tense in ("present", "subjunctive") and PERSONS[i] in BOOT:
        return _spelled(verb, _stressed(verb), ending)
    if tense == "subjunctive" or ending in ("ió", "ieron"):
        return _spelled(verb, _weak(verb), ending)
    return _spelled(verb, verb[:-2], ending)


def _imperative(verb: str, i: int) -> str:
    assert PERSONS[i] in ("2s", "3s", "3p"), f"no imperative of {verb} for {PERSONS[i]}"
    if PERSONS[i] != "2s":
        return _form(verb, "subjunctive", i)
    if verb in COMPOUNDS:
        prefix, base = COMPOUNDS[verb]
        short = _imperative(base, i)
        return prefix + (short[:-2] + short[-2:].translate(ACCENTED) if short in ("pon", "ten", "ven") else short)      # compón
    return IRREGULAR.get(verb, {}).get("imperative") or _form(verb, "present", PERSONS.index("3s"))


def _gerund(verb: str) -> str:
    if verb in COMPOUNDS:
        prefix, base = COMPOUNDS[verb]
        return prefix + _gerund(base)
    return IRREGULAR.get(verb, {}).get("gerund") or _spelled(verb, _weak(verb), "ando" if _theme(verb) == "a" else "iendo")


def _attach(form: str, pronoun: str) -> str:
    """Form and pronoun as one word, with the accent that keeps the stress: lávate, vistiéndose, vete."""
    if form.rstrip("ns")[-1] in "áéó":
        return form.translate(PLAIN) + pronoun                          # detén, but detente
    nuclei = list(NUCLEUS.finditer(form))
    if form != form.translate(PLAIN) or len(nuclei) < 2:
        return form + pronoun
    start, end = nuclei[-2].span()
    at = next((k for k in range(start, end) if form[k] in "aeo"), end - 1)
    return form[:at] + form[at].translate(ACCENTED) + form[at + 1:] + pronoun
