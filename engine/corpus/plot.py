"""The world of one story while it is being thought out: the people in it, and the moves that all goals share."""
from engine.corpus.chance import Chance
from engine.corpus.world import SOUNDS, WEATHERS, Being, Place, Words, World

MOODS = ("happy", "bored", "curious", "tired", "hungry", "thirsty", "calm")
KEEP = ("toy", "clothing", "treasure", "tool", "book")


class Plot:
    """A world with the people of a story in it, and the moves that all goals share."""

    def __init__(self, chance: Chance, words: Words, busy: float):
        self.world = World(chance, words)
        self.chance, self.do, self.busy = chance, self.world.do, busy
        self.home = self.world.place("home")
        self.hero = self.world.being("hero", self.home)
        self._friend: Being | None = None
        self._kin: Being | None = None
        self._used: set[str] = set()

    @property
    def friend(self) -> Being:
        self._friend = self._friend or self.world.being("friend")
        return self._friend

    @property
    def kin(self) -> Being:
        self._kin = self._kin or self.world.being("kin", self.home)
        return self._kin

    def flip(self, p: float = 0.5) -> bool:
        return self.chance.flip(p)

    def helper(self) -> Being:
        """Whoever comes to help: the friend, someone of the family, or somebody unknown."""
        who = self.chance.pick(("friend", "kin", "stranger"), (5, 3, 2))
        return self.world.being("stranger") if who == "stranger" else getattr(self, who)

    def feel(self, topic: str, p: float = 0.6, who: Being | None = None) -> None:
        """Somebody feels something because of what has just happened, told in `p` of the stories."""
        if self.flip(p):
            self.do("feel", who or self.hero, topic=topic, because=self.world.events[-1])

    def out(self, *sorts: str) -> Place:
        """The hero goes somewhere, alone or with the friend."""
        place = self.world.place(*(sorts or ("outdoors", "wild", "water", "shop", "indoors")))
        self.do("go", self.hero, place=place, other=self.friend if self.flip(0.3) else None)
        return place

    def incident(self) -> None:
        """Something by the way, more or less often as the story is busy: weather, a sight, a sound, a small deed."""
        if not self.flip(self.busy):
            return
        kind = self.chance.pick([k for k in ("do", "do", "see", "hear", "weather", "pick", "feel", "dream")
                                 if k == "do" or k not in self._used])
        self._used.add(kind)
        if kind == "do":
            self.do("do", self.hero, other=self._friend if self._friend and self.flip(0.3) else None,
                    place=self.world.at[self.hero])
        elif kind == "see":
            self.do("see", self.hero, other=self.world.being("animal"), place=self.world.at[self.hero])
        elif kind == "hear":
            self.do("hear", self.hero, topic=self.chance.pick(SOUNDS))
        elif kind == "weather":
            self.do("weather", topic=self.chance.pick(WEATHERS))
        elif kind == "pick":
            self.do("pick", self.hero, self.world.thing("fruit"))
        elif kind == "dream":
            self.do("dream", self.hero, self.world.thing(*KEEP))
        else:
            self.do("feel", self.hero, topic=self.chance.pick(MOODS))

    def close(self, who: Being | None = None) -> None:
        """How it all ends: thanks, joy, a feast, the way home, sleep - some of it."""
        if who is not None and self.flip(0.5):
            self.do("thank", self.hero, other=who)
        self.feel(self.chance.pick(("happy", "proud", "relieved", "grateful", "calm", "excited")), 0.5)
        if self.flip(0.25):
            self.do("celebrate", self.hero, other=who or self._friend)
        elif self.flip(0.2):
            self.do("share", self.hero, self.world.thing("food", "fruit"), who or self.friend)
        if self.world.at[self.hero] is not self.home and self.flip(0.35):
            self.do("return", self.hero, place=self.home)
        if self.flip(0.12):
            self.do("sleep", self.hero)
