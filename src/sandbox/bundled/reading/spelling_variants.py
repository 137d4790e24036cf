"""Words that American and British English spell in two ways; what both sides write is left out."""

from functools import cache
from typing import NamedTuple

_OUR = (
    "color colors colored coloring colorful favor favors favorite favorites favorable flavor flavors "
    "flavored"
    " honor honors honored honorable humor labor laborer laborers neighbor neighbors neighborhood"
    " neighborhoods neighboring behavior behaviors behavioral harbor harbors vapor vapors rumor rumors "
    "armor"
    " tumor tumors splendor endeavor watercolor watercolors"
)
_RE = "center fiber liter centimeter millimeter kilometer milliliter caliber luster specter somber"
_OTHERS = (
    "analyze:analyse analyzed:analysed analyzing:analysing paralyze:paralyse paralyzed:paralysed"
    " catalyze:catalyse defense:defence offense:offence traveled:travelled traveling:travelling"
    " traveler:traveller travelers:travellers canceled:cancelled canceling:cancelling labeled:labelled"
    " labeling:labelling modeled:modelled modeling:modelling fueled:fuelled signaled:signalled"
    " signaling:signalling counselor:counsellor jewelry:jewellery marvelous:marvellous skillful:skilful"
    " fulfill:fulfil enrollment:enrolment aluminum:aluminium mold:mould molds:moulds moldy:mouldy "
    "plow:plough"
    " plows:ploughs plowed:ploughed airplane:aeroplane airplanes:aeroplanes pajamas:pyjamas"
    " skeptical:sceptical anesthetic:anaesthetic esophagus:oesophagus leukemia:leukaemia"
    " hemoglobin:haemoglobin pediatric:paediatric maneuver:manoeuvre catalog:- catalogs:- -:programme"
    " -:programmes -:metre -:metres -:sulphur"
)
_IZE = (
    "organize recognize realize summarize categorize emphasize memorize generalize visualize hypothesize"
    " apologize criticize specialize standardize symbolize prioritize minimize maximize optimize "
    "characterize"
    " fertilize crystallize colonize industrialize modernize utilize neutralize synthesize personalize"
)


class Variant(NamedTuple):
    """One of two spellings of a word."""

    english: str
    """American or British."""
    american: str
    """The American spelling: the same for both variants, and for all forms of a verb with -ize."""
    tells_alone: bool
    """Whether it shows which English a text is in; -ize does not, as some British publishers write it."""


@cache
def spelling_variants() -> dict[str, Variant]:
    """Each word that has a twin on the other side of the ocean."""
    pairs = [(word, word.replace("or", "our", 1)) for word in _OUR.split()]
    for word in _RE.split():
        british = f"{word.removesuffix('er')}re"
        pairs += [(word, british), (f"{word}s", f"{british}s")]
    pairs += [
        (american, british) for american, _, british in (pair.partition(":") for pair in _OTHERS.split())
    ]
    found: dict[str, Variant] = {}
    for american, british in pairs:
        found[american] = Variant("American", american, tells_alone=True)
        found[british] = Variant("British", american, tells_alone=True)
    for word in _IZE.split():
        for ending in ("e", "es", "ed", "ing", "er", "ers", "ation"):
            american = f"{word.removesuffix('e')}{ending}"
            found[american] = Variant("American", word, tells_alone=False)
            found[f"{word.removesuffix('ze')}s{ending}"] = Variant("British", word, tells_alone=True)
    del found["-"]
    return found
