"""Words that decide whether a name is meant: titles, particles, words that are names, people of history."""

_HONORIFICS = "coach dr madam miss mister mr mrs ms mx prof professor senor senora sir sr sra"
_SUFFIXES = "ii iii iv jr sr"
_PARTICLES = """
a abd abu af al ap as at av ben bin bint d da das de dei del della den der des di do dos du e el ibn in la
las le les li lo los mac mc o of op san santa st te ten ter the to und van ver vom von y zu zum zur
"""
_MONTHS = """
january february march april may june july august september october november december
jan feb mar apr jun jul aug sep sept oct nov dec
"""
_FUNCTION_WORDS = """
a all also always am an and any are as at away be but by can da das de der did die do does dos each el en
er es et for from get go goes had has have he her here hers him his how i if il in is it its just la las
le les like long los lot many me more most my no nor not now of off oh ok on one or our out own per plus
say see she since so some such than that the their them then they this thus to too two un und us use very
was we were what when who why ya yes yet you your
"""
_WORDS_THAT_ARE_NAMES = """
ace amber amen amor angel angels apple archer arrow art ash ashes aspen aster aurora autumn baker bale
banks bar barber barker basil bass bay bean bee bell berry best bill bills birch bird birds bishop black
blanca blaze bliss block bloom blossom blue bond book booker boss bow bowl bowman box boy boyd brand
brandy brave breeze brick bridge bridges bright broad brook brown buck bud bueno bull burn burns bush
butcher butler butter butterfly calm camp campos candle candy cannon car cards carol carp carpenter carter
case cash castillo chance charity chase chef cherish cherry choice christian church class clay cliff close
clover coal coin cole cook cookie coop cooper copper coral cord corn cortes country courage court cricket
cross crow crown cruz crystal cypress dahlia daisy dale dance dawn day days deacon deal dean dear deer
delgado demo denim destiny diamond dolores domingo don dove drake dream drew duke eagle earl earnest earth
east easter ebony echo eden elder ember emerald english essence eve ever fair faith falcon fall farmer
favor fawn feather fern field fields finch fisher flint flor flores flower fly forest fort fortune foster
fountain fox frank free freedom french friend frost gage game garden gardener garland garner garnet gates
gay gem gene genesis gentle german gift gill ginger glass glen gloria glory gold golden good goodman grace
gracia grand grant graves gray green grey grove guerra gunner guy hall hand hands hardy harmony harper
harvest haven hawk hay hazel heart heath heather heaven herb hero hill hills holiday holly holy home honey
honor hood hook hope horn house hunt hunter ice iglesias indigo iris iron isle ivory ivy jack jade jasmine
jasper jay jays jet jewel job jolly journey joy judge junior juniper justice kay keys kind king kings kit
knight lake lance land lane lang lark laurel law lawn laws leaf leal legend lemon leon levy liberty light
lilac lily linen link lion little lock long lord lot lotus love lovely low luck lucky luna luz lynx lyric
mack magic magnolia major man marin marina mark marks marsh marshal mason maverick max mayor meadow melody
memory mercado merced mercedes mercy merit merry messenger miles mill miller mills mint miracle miss mist
money monk moon mora morn morning moss mount mountain music nature navy neon new night nile noble norma
north nova nun oak oaks ocean olive oliver opal orchid order otter page pages paige painter palm paris
park parks parson parsons pat patience paz peace peach peacock pearl peck penny pepper pierce pike pilar
pin ping pink pinto piper pitt plant poe pool poor pope poplar poppy porter potter potts powder powers
prado praise precious president press price pride prima prince princess promise prosper proud pupil queen
quick quill rain raine ramos ranger rave raven ray rays reason rebel red reed reef regal reign remedy rex
rey reyes rice rich rico rider right ring rio rios rise river rivers rob robin rock rod roman romance root
rosa rosary rose roses roth round rowan royal rubio ruby rush rusty rye saber sable saffron sage saint
sala salmon salt sand sandy santo santos sapphire saturn savage sawyer scarlet school scott scout sea
season sellers serene serenity shade sharp shepherd sherry shield shine shore short shy sierra silk silver
sky small smart smith sol solace son song sons sosa south spark sparks sparrow spear spell spring star
stark starling stars steel sterling stern steward stock stone stones storm strong student sue summer
summers sun sung sunny sunshine swan sweet swift symphony tan tanner teal tell tempest temple test thorn
thu timber tiny top torres trace tracker treasure tree trinity true truly trust truth tucker turner union
user vale valley van vance vega venture venus verity victor villa viola violet virtue vista wade walker
wall walls ward warden warner water waters way weaver web webb weeks well wells west wheat wheeler white
wilder will willow wills wind winner winter winters wise wolf wonder wood woods woody words worth wren
wright young zen zest zion
"""
_PEOPLE_OF_HISTORY = """
abraham lincoln / ada lovelace / alan turing / albert einstein / alexander graham bell /
alexander hamilton / amelia earhart / andrew jackson / anne frank / barack obama / benjamin banneker /
benjamin franklin / betsy ross / bill gates / booker t washington / cesar chavez / charles darwin /
charles dickens / christopher columbus / clara barton / claude monet / dolores huerta / edgar allan poe /
eleanor roosevelt / elie wiesel / elizabeth cady stanton / emily dickinson / ernest hemingway /
florence nightingale / francis scott key / franklin d roosevelt / franklin roosevelt / frederick douglass
/ frida kahlo / galileo galilei / george orwell / george washington / george washington carver /
grace hopper / greta thunberg / harper lee / harriet beecher stowe / harriet tubman / helen keller /
henry ford / isaac newton / jackie robinson / jane addams / jane austen / jane goodall / john adams /
john f kennedy / john lewis / john steinbeck / julius caesar / katherine johnson / langston hughes /
leonardo da vinci / lewis carroll / louis armstrong / louis pasteur / lyndon johnson / mae jemison /
malala yousafzai / malcolm x / maria montessori / marie antoinette / marie curie / mark twain /
martin luther king / mary shelley / maya angelou / neil armstrong / nelson mandela / paul revere /
roald dahl / robert frost / ronald reagan / rosa parks / ruby bridges / ruth bader ginsburg / sally ride /
sandra cisneros / simon bolivar / sojourner truth / susan b anthony / theodore roosevelt / thomas edison /
thomas jefferson / thomas paine / toni morrison / ulysses s grant / walt whitman / william shakespeare /
winston churchill / woodrow wilson
"""

HONORIFICS = frozenset(_HONORIFICS.split())
"""What stands before a family name."""
SUFFIXES = frozenset(_SUFFIXES.split())
"""What stands after a name and is none."""
PARTICLES = frozenset(_PARTICLES.split())
"""What stands inside names and means nobody by itself."""
MONTHS = frozenset(_MONTHS.split())
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())
"""Words that begin sentences in any text: as a bare family name they need more than a capital letter."""
WORDS_THAT_ARE_NAMES = MONTHS | frozenset(_WORDS_THAT_ARE_NAMES.split())
"""Names that are also words, in English or Spanish: they count only with a capital letter."""
PEOPLE_OF_HISTORY = frozenset(tuple(person.split()) for person in _PEOPLE_OF_HISTORY.split("/"))
"""Full names that mean somebody whom every textbook knows."""
