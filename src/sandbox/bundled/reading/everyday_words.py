"""English words that children meet every day, and whether a word is one of them."""

from functools import lru_cache

from sandbox.bundled.reading.wording import word_set

_EVERYDAY = word_set("""
    a able about above across act add afraid after afternoon again against age ago agree air all
    almost alone along already also always am among an and anger angry animal another answer any
    anyone anything apart apple are area arm around arrive art as ask asleep at ate aunt away awake
    baby back bad bag bake ball band bank bar bark barn base basket bath be beach bean bear beat
    beautiful became because become bed bee been before began begin begun behind being believe bell
    belong below belt bend beside best better between beyond big bird birth birthday bit bite bitten
    black blanket blew block blood blow blue board boat body bone book boot born both bottle bottom
    bought bow bowl box boy branch brave bread break breakfast breath bridge bright bring broke
    broken brother brought brown brush build built burn bus bush business busy but butter button buy
    by cabin cake call came camp can candle cannot cap captain car card care carry cart case cat
    catch caught cause cave cent center chain chair chance change chase cheap cheek cheese chicken
    chief child children choose chose church circle city class clean clear climb clock close cloth
    clothes cloud coast coat coffee cold color come comfort common cook cool corn corner could count
    country course cousin cover cow crack cream cried cross crowd crown cry cup cut dad dance danger
    dangerous dark daughter day dead deal dear death deep deer desk did die different difficult dig
    dinner direction dirt dirty discover dish distance do doctor does dog doll dollar done door
    double down draw dream dress drew drink drive drop drove dry duck dug during dust each ear early
    earth easily east easy eat edge egg eight either eleven else empty end enemy engine enjoy enough
    enter escape even evening ever every everyone everything everywhere example excite expect
    explain eye face fact fair fall family famous far farm farmer fast fat father fear feather fed
    feed feel feet fell felt fence few field fierce fifty fight fill final find fine finger finish
    fire first fish fit five fix flag flat flew floor flour flow flower fly follow food fool foot
    for forest forget forgot form forth forty forward fought found four fox free fresh friend
    frighten frog from front fruit full fun funny game garden gate gather gave gentle get giant gift
    girl give given glad glass go goat god goes gold gone good got grain grandfather grandmother
    grass gray great green grew ground group grow grown guard guess gun had hair half hall hand
    handle hang happen happy hard hardly has hat hate have he head hear heard heart heat heavy held
    hello help hen her here herself hid hide high hill him himself his hit hold hole home honey hope
    horn horse hot hour house how hundred hung hungry hunt hurry hurt husband I i ice idea if ill
    important in inch inside instead into iron is island it its itself job join joy jump just keep
    kept key kick kill kind king kiss kitchen knee knew knife knock know known lady lake lamp land
    large last late laugh law lay lazy lead leaf learn least leave leaves led left leg lesson let
    letter lie life lift light like line lion lip list listen little live load log lonely long look
    lose lost lot loud love low luck lunch machine mad made magic mail main make man many map march
    mark market master matter may maybe me meal mean meant meat meet men met middle might mile milk
    mill mind mine minute miss mistake mix money monkey month moon more morning most mother mountain
    mouse mouth move mr mrs much mud music must my myself nail name narrow near neck need neighbor
    neither nest never new news next nice night nine no nobody noise none noon nor north nose not
    note nothing notice now number nurse o'clock ocean of off offer office often oh oil old on once
    one only open or orange order other ought our out outside over own page paid pain paint pair
    pale pan paper parent park part party pass past path pay peace pen people perhaps person pet
    pick picture pie piece pig pile pillow pink pipe place plain plan plant plate play please plenty
    pocket point pole pond pony poor possible pot pound pour power present press pretty price prince
    princess prize promise proud pull push put queen question quick quiet quite rabbit race rain
    raise ran reach read ready real really reason red remember rest return rich ride right ring rise
    river road roar rock rode roll roof room root rope rose rough round row rub rule run sad safe
    said sail salt same sand sang sat save saw say scare school scream sea season seat second secret
    see seed seem seen sell send sent serve set seven several shade shadow shake shall shape share
    sharp she sheep shelf shell shine ship shirt shoe shook shop shore short shot should shoulder
    shout show shut sick side sight sign silence silver simple since sing sir sister sit six size
    skin skip sky sleep slept slide slip slow small smell smile smoke smooth snake snow so soap soft
    soil sold soldier some someone something sometimes son song soon sorry sort sound soup south
    space speak special speed spell spend spider spoke spoon spot spread spring square stage stair
    stand star stare start state station stay step stick still stomach stone stood stop store storm
    story straight strange stream street string strong such sudden sugar suit summer sun supper
    suppose sure surprise sweet swim sword table tail take taken talk tall taste taught teach
    teacher team tear teeth tell ten tent terrible than thank that the their them themselves then
    there these they thick thin thing think third thirty this those though thought thousand thread
    three threw throat through throw thumb tie tiger tight till time tiny tire to today toe together
    told tomorrow tongue tonight too took tool tooth top torn touch toward town toy track train
    travel treasure tree trick trip trouble true trunk trust truth try tub turn twelve twenty twice
    two ugly uncle under understand until up upon us use useful usual valley very village visit
    voice wagon wait wake walk wall want war warm was wash watch water wave way we weak wear weather
    week weigh well went were west wet what wheat wheel when where whether which while whisper white
    who whole whose why wide wife wild will win wind window wing winter wise wish witch with within
    without woke wolf woman women wonder wonderful wood wool word wore work world worm worry worse
    worth would wound write written wrong yard year yellow yes yesterday yet you young your yourself
    zoo can't don't didn't won't isn't wasn't couldn't wouldn't I'm i'm i'll i've it's that's he's
    she's let's you're we're they're there's what's
""")
_ENDINGS = (
    ("s", ""), ("es", ""), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"), ("ly", ""), ("er", ""),
    ("er", "e"), ("est", ""), ("est", "e"), ("ies", "y"), ("ied", "y"), ("ily", "y"), ("ier", "y"),
    ("iest", "y"), ("y", ""), ("en", ""), ("n", ""), ("ful", ""), ("less", ""), ("'s", ""),
)  # fmt: skip
_DOUBLING = frozenset({"ed", "ing", "er", "est", "y"})


@lru_cache(maxsize=8192)
def is_everyday(word: str) -> bool:
    """Whether a child meets the word every day, with any of the common endings."""
    plain = word.casefold().replace("’", "'")
    if plain in _EVERYDAY or plain[:1].isdecimal():
        return True
    for ending, instead in _ENDINGS:
        if plain.endswith(ending):
            stem = plain.removesuffix(ending)
            if stem + instead in _EVERYDAY:
                return True
            if ending in _DOUBLING and stem[-1:] == stem[-2:-1] and stem[:-1] in _EVERYDAY:
                return True
    return False
