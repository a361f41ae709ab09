"""What can happen to a child: plots as lists of steps, each step worded in several ways; every step follows from the last."""

# A step is a tuple of wordings; PLOTS gives, per plot: kinds of thing, places (none: any), pets (none: no pet), steps.
SEARCH = (
    "{S} looked everywhere, but it was not there.", "{S} looked under the bed, behind the door and in every drawer.",
    "{S} searched for an hour and found only {a_treasure}.", "{S} asked {his} {relative}, but nobody had seen it.",
    "Where could it be? {S} walked the whole way back.", "{S} emptied {his} pockets. Nothing!", "{S} looked and looked.",
)
SAD = (
    "{S} was {sorrow}.", "{S} felt {sorrow}.", "{S} started to cry.", "{S} sat down and did not say a word.",
    "A tear ran down {his} face.", "{S} was so {sorrow} that {he} could not eat {his} {snack}.", "{S} did not know what to do.",
)
FRIEND = (
    "Then {F} came along. \"Don't be sad,\" {fhe} said. \"I will help you.\"", "{His} friend {F} heard about it and came at once.",
    "\"What is the matter?\" asked {F}, a {fkind} from the next street.", "{F} saw this and wanted to help.",
    "Luckily, {F} was {at} too.", "{Sudden}, {s} met {F}. \"Can I help you?\" asked {F}.", "{S} ran to {F} and told {fhim} everything.",
)
THANKS = (
    "\"{thanks}, {F}!\" said {H}.", "{H} thanked {F} and gave {fhim} {a_snack}.", "\"You are a real friend,\" said {H}.",
    "{H} hugged {F}.", "\"{thanks}!\" {said} {H} with a smile.", "To thank {F}, {H} gave {fhim} {a_treasure}.",
)
LOST = [
    ("{S} had {athing}.", "{His} {relative} had given {him} {athing}.", "{S} loved {his} {nthing} very much.",
     "The thing that {s} liked best was {his} {nthing}.", "{S} took {his} {nthing} everywhere."),
    ("{Sudden}, the {thing} was gone.", "{Later}, {s} could not find the {thing}.", "But on the way home, {s} lost it.",
     "{Sudden}, {s} saw that {his} bag was open and the {thing} was missing.", "When {s} came home, the {thing} was not in {his} bag."),
    SEARCH, SAD, FRIEND,
    ("They looked {spot}, and there it was!", "{F} found the {thing} {spot}.", "Together they found it {spot}.",
     "\"Look!\" cried {F}. The {thing} was {spot}.", "It was {F} who saw something {color} {spot}. It was the {thing}!"), THANKS]
BROKEN = [
    ("{S} was playing with {his} {nthing}.", "{S} wanted to show {his} {nthing} to {F}.", "{S} ran down the stairs with {his} {nthing}."),
    ("{Sudden}, it fell on the floor and broke.", "But {s} fell, and the {thing} broke in two.", "Then there was a loud crack. The {thing} was broken!",
     "{S} was not careful, and the {thing} broke."),
    SAD, ("\"We can mend it,\" said {F}.", "{F} looked at the pieces and had an idea.", "{His} {relative} said, \"Every broken thing can be mended.\""),
    ("They took some glue and a piece of string and worked for an hour.", "{F} held the pieces, and {H} put glue on them.",
     "They worked all afternoon with a hammer and nails.", "First they washed the pieces, and then they glued them together."),
    ("Soon the {thing} was as good as new.", "The {thing} did not look new, but {H} liked it even more.", "{Finally}, the {thing} was whole again.")]
LONELY = [
    ("{S} was new in the {place} and had no friends.", "{S} was often alone.", "{S} had nobody to play with.", "All the others had a friend, but {H} was alone."),
    ("{Morning}, {s} sat {spot} and watched the other children.", "{S} sat {at} with a book and did not look up.", "{S} ate {his} {snack} alone."),
    ("{Sudden}, a {fkind} sat down next to {him}. \"I am {F},\" {fhe} said.", "Then a {fkind} named {F} came and asked, \"Do you want to play with me?\"",
     "A {fkind} with {athing} came along. {Fhis} name was {F}."),
    ("\"Do you like {animals}?\" asked {F}. \"Oh yes!\" said {H}.", "{F} gave {him} half of {fhis} {snack}.", "{F} showed {him} {athing}.",
     "At first {H} was shy, but {F} told a joke, and they both laughed."),
    ("They played until it was dark.", "All afternoon, they played with the {thing}.", "Together they went {to} and {act}.", "After that, they met {time}."),
    ("{H} was not lonely any more.", "Now {H} had a friend.", "\"See you tomorrow!\" called {F}, and {H} was {joy}.")]
FOUND = [
    ("{S} heard a strange sound {at}.", "On the way {to}, {s} heard a soft cry.", "{S} saw something move {spot}.", "{Later}, {s} stopped. What was that?"),
    ("It was {a_stray}, all alone and wet.", "{A_stray} was sitting {spot}.", "There, {spot}, sat {a_stray}.", "{S} looked closely and saw {a_stray}. It was hurt."),
    ("It was hungry and cold.", "It had hurt its leg.", "It looked at {him} with big eyes.", "The poor animal was afraid."),
    ("{S} took it home in {his} {clothing}.", "{S} put it in a warm box and carried it home.", "{S} gave it some water and a piece of bread.",
     "{S} spoke softly until it was not afraid."),
    ("{His} {relative} helped {him} and gave it some food.", "{F}, who knew a lot about animals, came to help.", "The vet looked at it and said, \"It only needs food and sleep.\""),
    ("After a week, it was healthy again.", "After three days, it could run again.", "Soon it ate well and played all day."),
    ("{S} opened the door, and it ran back to its mother.", "{S} called it {P}, and it stayed with {him}.", "{S} named it {P}.", "It never wanted to leave {him}.")]
BAKING = [
    ("It was {F}'s birthday, and {H} wanted to bake a cake.", "{H} wanted to make a cake for {F}.", "\"Let's make {bakes} for {F},\" said {His} {relative}."),
    ("But there was no {lack} in the kitchen.", "{S} opened the cupboard: there was no {lack}!", "{S} had flour and {other_lack}, but no {lack}."),
    ("{S} went to the neighbor and asked for some.", "{S} ran to the shop, but it was closed.", "{S} took {his} basket and went to the farm."),
    ("\"Here you are,\" said {stranger} and gave {him} what {he} needed.", "{Stranger} gave {him} some and smiled.", "On the way, {s} met {stranger} who had enough for two."),
    ("Then {s} mixed everything in a big bowl.", "{S} stirred and stirred until {his} arm hurt.", "{S} put everything into the oven and waited."),
    ("Soon the whole house smelled of {smell2}.", "An hour later, the cake was ready.", "The cake was a little flat, but it smelled wonderful."),
    ("{F} ate three pieces.", "\"This is the best cake in the world,\" said {F}.", "{F} was {joy} and shared the cake with everybody.", "They put candles on it and sang a song.")]
FEAR = [
    ("{S} was afraid of {fear}.", "There was one thing that {s} did not like: {fear}.", "Everybody knew that {H} was afraid of {fear}."),
    ("That night, the wind blew and {s} could not sleep.", "{Morning}, {his} friend {F} asked {him} to come along, but {s} did not dare.",
     "{S} hid under the blanket and held {his} {nthing} tightly.", "{Sudden}, the light went out."),
    ("\"I am afraid,\" {he} whispered.", "{His} heart beat fast.", "{S} closed {his} eyes and counted to ten.", "{S} called {his} {relative}."),
    ("\"I am afraid sometimes too,\" said {F}. \"Take my hand.\"", "{F} sat down next to {him} and sang a quiet song.", "{F} told {him} a funny story about {a_animal}.",
     "{His} {relative} gave {him} a little lamp."),
    ("Slowly, the fear became smaller.", "{S} laughed, and the fear was gone.", "Step by step, {s} became braver.", "{S} took a deep breath and opened {his} eyes."),
    ("Now {s} was not afraid of {fear_again} any more.", "\"I did it!\" {said} {H}.", "The next time, {s} helped a smaller child.")]
LEARN = [
    ("{S} wanted to learn to {skill_now}.", "{S} wished {he} could {skill_now}.", "{F} could {skill_now}, but {H} could not.", "More than anything, {s} wanted to {skill_now}."),
    ("The first time, it went wrong.", "It was not easy.", "{S} tried once, twice, three times. Nothing worked.", "Everybody laughed at first.", "At first, {s} made every mistake there is."),
    ("{S} wanted to stop.", "\"I will never learn it,\" {he} said.", "{S} was {sorrow} and went home."),
    ("But {F} said, \"Try again tomorrow.\"", "{His} {relative} said, \"Nobody can do everything on the first day.\"", "{F} showed {him} how to do it, slowly, step by step.",
     "\"I needed a whole year,\" said {F}."),
    ("So {s} practiced {time}.", "{S} practiced for two weeks.", "Day after day, {s} practiced {at}.", "{S} tried again and again."),
    ("And {morning}, it worked!", "{Finally}, {s} could do it.", "After {number} days, {s} could {skill_now}.", "{Sudden}, it was easy."),
    ("\"Look at me!\" {said} {H}.", "{F} clapped {fhis} hands.", "{His} {relative} was proud of {him}.", "Now {s} teaches {his} little {sibling}.")]
SHARE = [
    ("{S} had {athing2} for lunch.", "{His} {relative} had packed {athing2} for {him}.", "{S} bought {athing2} with {his} last coin."),
    ("{At_place}, {s} met {F}, who had nothing to eat.", "Next to {him} sat {F}. {Fhis} bag was empty.", "{F} looked at it with big eyes. {Fhe} was very hungry."),
    ("{S} was hungry too, and {he} thought about it.", "At first, {s} wanted to keep it.", "\"Are you hungry?\" asked {H}. {F} nodded."),
    ("Then {s} cut the {thing2} in two and gave {F} the bigger piece.", "\"Half for you and half for me,\" said {H}.", "{S} gave {F} half of it."),
    ("They sat {spot} and ate together.", "It was {yum}.", "Together it tasted twice as good.", "{F} ate it in three bites and smiled."),
    ("The next day, {F} brought {him} {a_fruit}.", "\"{thanks},\" said {F}. \"One day I will help you too.\"", "{Later}, {F} gave {him} {a_treasure}.",
     "A week later, {H} forgot {his} lunch, and {F} shared with {him}.")]
RESCUE = [
    ("{S} had {apet} named {P}.", "{His} {pet} was named {P}.", "{P}, {his} {pet}, loved to climb.", "{S} went {to} with {P}, {his} {pet}."),
    ("{Sudden}, {P} saw a bird and climbed up a high tree.", "A loud noise scared {P}, and the {pet} ran up onto the roof.", "{Morning}, {P} was sitting on top of the {building}."),
    ("{P} looked down and cried.", "But {P} could not come down again.", "\"{P}, come down!\" called {H}, but {P} did not move."),
    SAD, ("{F} brought a long ladder.", "{S} called {F}, who was good at climbing.", "{Stranger} came by with a ladder.", "{H} and {F} held a blanket like a net."),
    ("{F} climbed up, step by step, and took {P} in {fhis} arms.", "Slowly and carefully, {F} brought {P} down.", "{P} jumped and landed in the blanket.", "{H} held a bowl of {yum} fish in the air. {Sudden}, {P} came down alone!"),
    ("{P} was safe.", "That night, {P} slept in {H}'s bed.", "{H} hugged {P} tightly.", "{P} drank some milk as if nothing had happened.")]
QUARREL = [
    ("{H} and {F} had only one {thing}.", "{H} and {F} both wanted the {nthing}.", "{F} took {H}'s {nthing} without asking."),
    ("\"It is mine!\" cried {H}. \"No, mine!\" cried {F}.", "They pulled and pulled.", "{H} shouted, and {F} shouted even louder."),
    ("Then {F} went home, angry.", "{Sudden}, the {thing} fell into a puddle.", "They did not speak for two days."),
    ("Without {F}, it was boring.", "{H} sat alone {at}. The {thing} was no fun now.", "{H} missed {F}."),
    ("So {H} went to {F} and said, \"I am sorry.\"", "{H} wrote a letter: \"I am sorry. Please come back.\"", "\"I was wrong,\" said {H}. \"Me too,\" said {F}."),
    ("From then on, they shared the {thing}.", "Then they played together with the {thing}.", "\"You first,\" said {H}. \"No, you first,\" said {F}, and they laughed.")]
SEED = [
    ("{Stranger} gave {him} a tiny seed.", "{S} found a little brown seed {spot}.", "{S} got a seed from {his} {relative}."),
    ("{S} planted it in a pot by the window.", "{S} dug a small hole in the garden and put it in.", "{S} planted it behind the house."),
    ("{S} watered it {time}.", "Every morning, {s} gave it a little water.", "{S} gave it water and told it stories."),
    ("For a long time, nothing happened.", "A week went by, and there was nothing to see.", "\"It will never grow,\" said {F}."),
    ("But {H} was patient.", "But {H} waited.", "{S} waited and did not forget it for a single day."),
    ("{Morning}, there was a green leaf.", "Then it rained, and a small plant came up.", "In {growing}, the first leaf came out of the earth."),
    ("In {season}, it was a big {sunny_plant}.", "It grew and grew until it was taller than {H}.", "Now {s} picks {fruits} from {his} own tree.", "Everybody came to see the beautiful flower.")]
WAY = [
    ("{S} followed {a_butterfly} and left the path.", "{S} went too far into the forest.", "It became dark, and {s} could not see the path any more.", "{S} took the wrong path {at}."),
    ("{S} was lost.", "All the trees looked the same.", "{S} called, but nobody answered.", "{Sudden}, {s} did not know the way home."),
    ("{S} sat down {spot} and thought.", "{S} was {sorrow}, but {s} did not cry.", "It was getting cold."),
    ("Then {s} remembered: {his} {relative} had said, \"Follow the water.\"", "{Sudden}, {s} heard a bell.", "{Later}, {s} saw a light between the trees.", "{Stranger} came along with a lamp."),
    ("{S} followed it, and there was the village.", "{S} walked and walked and did not stop.", "{S} went in that direction, step by step."),
    ("{His} {relative} was waiting at the door.", "{Finally}, {s} was home.", "At home there was hot soup and a warm bed.", "{F} had looked for {him} everywhere and ran to meet {him}.")]
TRUTH = [
    ("{S} was playing ball in the house.", "{S} ran through the kitchen.", "{S} wanted to reach the cookies on the shelf."),
    ("{Sudden}, there was a crash. {His} {parent}'s favorite vase was broken.", "The big {color} vase fell and broke.", "{S} pushed a vase, and it fell."),
    ("\"Who did that?\" asked {his} {parent}.", "{S} hid the pieces under the carpet.", "{S} heard {his} {parent} at the door."),
    ("{S} wanted to say, \"It was the cat.\"", "First {s} thought, \"Nobody saw me.\"", "{S} became red and looked at the floor."),
    ("But then {s} told the truth.", "\"It was me,\" said {H}. \"I am sorry.\"", "{S} took a deep breath and told everything."),
    ("{His} {parent} was not angry.", "\"{thanks2} for telling the truth,\" said {his} {parent}.", "{His} {parent} gave {him} a hug and a broom."),
    ("They glued the vase together.", "{S} felt light as a feather.", "Together they cleaned the floor.", "After that, {s} played ball only outside.")]
GIFT = [
    ("{S} wanted to give {F} {athing}, but {s} had no money.", "It was {F}'s birthday, but {H} had no present.", "{S} saw {athing} in a shop and thought of {F}. But it cost {number} coins."),
    ("So {s} helped {stranger} at the market.", "So {s} picked {fruits} and sold them.", "So {s} carried baskets for {stranger} all day."),
    ("It was hard work.", "{S} was tired, but {s} did not stop.", "It was {weather}, and {his} arms hurt."),
    ("In the evening, {s} had enough coins.", "{Stranger} gave {him} {number} coins.", "{Finally}, {s} could buy the {thing}."),
    ("{F} opened the box and {said2}, \"That is exactly what I wanted!\"", "{F} was so {joy2} that {fhe} danced.", "{F} said, \"You worked all day for me!\""),
    ("They celebrated with {a_snack}.", "{H} was just as happy as {F}.", "It is better to give than to get, thought {H}.")]
NIGHT = [
    ("In the middle of the night, {H} woke up.", "{H} was in bed when {he} heard a noise.", "That night, there was a strange noise in the house."),
    ("Something was scratching at the door.", "Tap, tap, tap, it went in the kitchen.", "Something was moving {night_spot}."),
    ("\"Is it a {monster}?\" {he} thought.", "{S} held {his} breath.", "{S} was {sorrow} and pulled the blanket over {his} head."),
    ("But {s} was also curious.", "{S} woke {his} {relative}, and they went down together.", "{S} took {his} lamp and got up quietly."),
    ("{S} opened the door very slowly.", "On tiptoe, {s} went down the stairs.", "{S} counted to three and turned on the light."),
    ("It was only {P}, the {pet}, looking for food.", "There sat {P}, {his} {pet}, with a cookie.", "{P}, the {pet}, looked at {him} with big eyes."),
    ("{S} laughed loudly.", "{S} gave {P} some {food} and went back to bed.", "\"You silly {pet}!\" said {H}.")]

# name: (kinds of thing, places, pets, steps)
PLOTS = {
    "lost": (("toy", "clothing", "treasure", "object"), (), (), LOST), "broken": (("toy",), (), (), BROKEN),
    "lonely": (("toy",), ("park", "school", "playground", "village", "beach"), (), LONELY),
    "found": (("toy",), ("park", "garden", "forest", "river", "farm", "meadow", "village"), (), FOUND),
    "baking": (("toy",), ("kitchen",), (), BAKING), "fear": (("toy",), (), (), FEAR), "learn": (("toy",), (), (), LEARN),
    "share": (("toy",), ("park", "school", "beach", "zoo", "lake", "playground", "farm"), (), SHARE),
    "rescue": (("toy",), ("garden", "park", "village", "farm"), ("cat", "kitten", "parrot", "cat", "goat"), RESCUE),
    "quarrel": (("toy", "object"), ("park", "garden", "school", "playground", "beach"), (), QUARREL),
    "seed": (("toy",), ("garden", "farm", "village", "meadow", "market"), (), SEED),
    "way": (("toy",), ("forest", "mountain"), (), WAY), "truth": (("toy",), ("kitchen",), (), TRUTH),
    "gift": (("toy", "clothing", "object"), ("market", "town", "village"), (), GIFT),
    "night": (("toy",), ("kitchen", "attic"), ("cat", "dog", "rabbit", "hamster", "mouse", "puppy", "kitten"), NIGHT),
}
