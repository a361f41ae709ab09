"""What the concept map says of the chosen idea, of the way to it and of all ideas; its table, and the question of its card."""
import pandas as pd

from engine import LanguageModel
from ui import links
from ui.concepts import Concept, after, before, chain, concepts, leads, path
from ui.figures import glossary as figures
from ui.i18n import Text
from ui.readings import anatomy, ideas
from ui.tour import ORDER

ASKED = ("token", "next_word", "neural_network")    # the options of the card


def chosen() -> tuple[str, str]:
    """The idea that is looked at, and the one that the reader has set out for, "" if none."""
    return links.value("glossary.idea"), links.value("glossary.goal")


def parts(t: Text, lm: LanguageModel) -> list[dict]:
    """The whole screen: the search, the map, the card of the chosen idea, the way to it, the list."""
    idea, goal = chosen()
    steps = path(goal or idea)
    said, picture = ideas.said(t, lm, idea)
    return [
        figures.search(t, entries(t), id="find"),
        figures.graph(t, idea, steps if goal else [], id="graph", span=8, title=t("glossary.graph_title"), hint=t("glossary.graph_hint"),
                      caption=sentence(t, idea)),
        figures.idea(t, t(f"ideas.{idea}.text"), said, picture, {"rests": named(t, concepts()[idea].rests), "leads": named(t, leads(idea))},
                     screen(t, concepts()[idea]), walk(t, idea, goal, steps), idea, id="idea", span=4, rows=2, title=name(t, idea),
                     hint=t("glossary.card_hint", section=t(f"glossary.section.{concepts()[idea].section}"), also=t(f"ideas.{idea}.also")),
                     caption=beside(t, idea)),
        figures.way(t, idea, named(t, steps), id="way", span=8, title=t("glossary.way_title", idea=name(t, goal or idea)), hint=t("glossary.way_hint"),
                    caption=way_sentence(t, goal or idea)),
        figures.index(t, sections(t), idea, id="ideas", title=t("glossary.list_title"), hint=t("glossary.list_hint"), caption=most(t)),
    ]


def name(t: Text, id: str) -> str:
    return t(f"ideas.{id}.name")


def named(t: Text, ids) -> list[dict]:
    return [{"id": id, "name": name(t, id)} for id in ids]


def entries(t: Text) -> list[dict]:
    """What the search looks through."""
    return [{"id": id, "name": name(t, id), "also": t(f"ideas.{id}.also"), "text": t(f"ideas.{id}.text"),
             "section": t(f"glossary.section.{concept.section}")} for id, concept in concepts().items()]


def sections(t: Text) -> list[dict]:
    """Every idea with its sentences, under the name of its section."""
    found = concepts()
    return [{"name": title, "ideas": [{"id": id, "name": name(t, id), "text": t(f"ideas.{id}.text")} for id in found if found[id].section == section]}
            for section, title in t.group("glossary.section").items()]


def screen(t: Text, concept: Concept) -> dict:
    """The screen that shows an idea, with the knobs to open it with; no id while it does not stand."""
    knobs = dict(concept.knobs)
    if concept.role:
        knobs["attention.head"] = "{}.{}".format(*anatomy.role(concept.role)[:2])
    stands = concept.screen in ORDER
    return {"id": concept.screen if stands else "", "knobs": knobs, "name": t(f"{concept.screen}.name")}


def sentence(t: Text, id: str) -> str:
    """How much an idea rests on, and how much rests on it."""
    counts = {"idea": name(t, id), "after": len(after(id))}
    if not before(id):
        return t("glossary.graph_root", **counts)
    steps = chain(id)
    return t("glossary.graph_sentence", before=len(before(id)), steps=len(steps) - 1, chain=" → ".join(name(t, step) for step in steps), **counts)


def beside(t: Text, id: str) -> str:
    """What an idea directly rests on and leads to."""
    rests, on = concepts()[id].rests, leads(id)
    first = t("glossary.rests_sentence", idea=name(t, id), rests=listed(t, rests)) if rests else t("glossary.rests_none", idea=name(t, id))
    return f"{first} {t('glossary.leads_sentence', leads=listed(t, on)) if on else t('glossary.leads_none')}"


def listed(t: Text, ids) -> str:
    """Names of ideas in a row, as within a sentence."""
    *first, last = (inside(name(t, id)) for id in ids)
    return t("glossary.and", first=", ".join(first), last=last) if first else last


def inside(name: str) -> str:
    """A name as it stands within a sentence: a small letter first, unless the first word is written in capitals."""
    first = name.split()[0]
    return name if first[1:] != first[1:].lower() else name[0].lower() + name[1:]


def walk(t: Text, idea: str, goal: str, steps: list[str]) -> dict:
    """The way that the reader is on, with where they are in words; or, with no words yet, the one to this idea."""
    if not goal:
        return {"goal": idea, "steps": steps, "said": ""}
    on = idea in steps
    return {"goal": goal, "steps": steps, "said": t("glossary.step", idea=name(t, goal), step=steps.index(idea) + 1, all=len(steps)) if on
            else t("glossary.aside", idea=name(t, goal))}


def way_sentence(t: Text, goal: str) -> str:
    """How many ideas come first."""
    if not before(goal):
        return t("glossary.way_root", idea=name(t, goal))
    return f"{t('glossary.ideas_before', count=len(before(goal)))} {t('glossary.way_sentence', idea=name(t, goal))}"


def most(t: Text) -> str:
    """The idea that most others rest on."""
    found = max(concepts(), key=lambda id: len(after(id)))
    return t("glossary.list_sentence", most=name(t, found), number=len(after(found)), all=len(concepts()) - 1)


def counted(t: Text) -> str:
    return t("glossary.found", number=len(concepts()), sections=len(t.group("glossary.section")))


def answer(t: Text) -> tuple[str, dict]:
    """Which of the card's options is right: on which of three ideas most others rest."""
    order = sorted(ASKED, key=lambda id: -len(after(id)))
    values = {place: t(f"glossary.guide.option.{id}") for place, id in zip(("most", "second", "third"), order, strict=True)}
    counts = {place: len(after(id)) for place, id in zip(("first", "second_count", "third_count"), order, strict=True)}
    return order[0], {**values, **counts, "all": len(concepts()) - 1}


def table(t: Text) -> pd.DataFrame:
    """Every idea: where it belongs, what it is, what it rests on and leads to, its screen."""
    rows = [(t(f"glossary.section.{concept.section}"), name(t, id), t(f"ideas.{id}.also"), t(f"ideas.{id}.text"),
             ", ".join(name(t, other) for other in concept.rests), ", ".join(name(t, other) for other in leads(id)),
             len(before(id)), len(after(id)), screen(t, concept)["name"]) for id, concept in concepts().items()]
    return pd.DataFrame(rows, columns=[t(f"glossary.column.{column}") for column in
                                       ("section", "idea", "also", "text", "rests", "leads", "before", "after", "screen")])
