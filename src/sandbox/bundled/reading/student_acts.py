"""What students do in a lesson, told by its verbs: what can be seen or heard, and what only comes in."""

from sandbox.bundled.reading.wording import fold, sentences, word_set
from sandbox.contracts.late import late_pattern

_TAKES_IN = late_pattern(
    r"\b(?:listen\w*|watch\w*|look(?:s|ing)?|hear(?:s|ing)?|sit(?:s|ting)?|attend(?:s|ing)?|observ\w+"
    r"|view\w*"
    r"|pay(?:s|ing)? (?:\w+ )?attention|follow(?:s|ing)? along|stay quiet|wait(?:s|ing)?|see(?:s)?"
    r"|(?:take|takes|taking) (?:\w+ )?notes|cop(?:y|ies|ying)|think(?:s|ing)?(?! aloud| out loud|-)"
    r"|receiv\w+|enjoy\w*|rest(?:s|ing)?|review(?:s|ing)? silently)\b"
)
"""What may go on without anybody seeing whether it does; notes and copies hold the teacher's words."""
_COMES_WITH_IT = word_set("""
    listen listens listening watch watches watching look looks looking hear hears hearing sit sits
    sitting attend observe observes observing view views viewing pay pays paying attention follow
    follows following along stay quiet wait waits waiting see sees take takes taking notes note copy
    copies copying think thinks thinking receive enjoy rest review silently quietly carefully closely
    actively attentively still students student they children learners class pupils everyone all each
    every then and while as when what how the a an to at on in of from with by for about into up is are
    will be that their his her its it this these teacher teacher's board slide slides slideshow screen
    video film movie clip page book text story lecture talk presentation demonstration demo explanation
    example examples lesson directions instructions powerpoint poem reads reading read shows showing
    explains explaining talks talking speaks speaking plays model models music song down key new more
    first next main
""")
"""Words that may stand beside it without any act of a student's own."""
_ACT_BESIDE = late_pattern(r"(?:\band|\bthen|,) (?:then |also )?([a-z]+)")
"""Where another act is named: what no list knows gets the benefit of the doubt."""
_WORD = late_pattern(r"[a-z]+(?:'[a-z]+)*")
_OWN_ACT = late_pattern(
    r"\b(?:acts?|add\w*|annotat\w+|answer\w*|argu\w+|arrang\w+|ask\w*|assembl\w+|brainstorm\w*|build\w*"
    r"|calculat\w+"
    r"|categori[sz]\w+|choos\w+|chart\w*|circl\w+|clap\w*|classif\w+|collect\w*|color\w*|colour\w*"
    r"|combin\w+"
    r"|compar\w+|complet\w+|comput\w+|connect\w*|count\w*|creat\w+|danc\w+|debat\w+|decid\w+|describ\w+"
    r"|design\w*"
    r"|discuss\w*|draft\w*|draw\w*|edit\w*|estimat\w+|evaluat\w+|explain(?!s)\w*|fill\w*|find\w*"
    r"|fold\w*|gather\w*"
    r"|giv\w+|graph\w*|group\w*|highlight\w*|hold\w*|identif\w+|interview\w*|jot\w*|jump\w*|justif\w+"
    r"|label\w*"
    r"|list|lists|listing|make\w*|mak\w+|mark\w*|match\w*|measur\w+|mov\w+|nam\w+|order\w*"
    r"|organi[sz]\w+|pair\w*"
    r"|perform\w*|plac\w+|plan\w*|plot\w*|point\w*|practic\w+|practis\w+|predict\w*|present|presents"
    r"|produc\w+|rais\w+"
    r"|rank\w*|recit\w+|record\w*|reflect\w*|rehears\w+|repeat\w*|respond\w*|retell\w*|revis\w+"
    r"|role-?play\w*|run"
    r"|runs|running|say|says|select\w*|shad\w+|shar\w+|show their|signal\w*|sing\w*|sketch\w*|solv\w+"
    r"|sort\w*"
    r"|stand|stretch\w*|summar\w+|tak\w+ turns|tell\w*|test\w*|throw\w*|touch\w*|trac\w+|translat\w+"
    r"|trad\w+"
    r"|try|tries|turn and|underlin\w+|us(?:e|es|ing)|vot\w+|weigh\w*|whisper\w*|work\w*|writ\w+)\b"
)
_OTHERS_ACT = late_pattern(
    r"\b(?:as|while|when|how) (?:the |their )?(?:teacher|others?|adult|author|speaker)\b.*"
)


def only_takes_in(text: str) -> bool:
    """Whether all that students do, as far as this says, is to listen, watch, copy or wait."""
    said = [folded for sentence in sentences(text) if (folded := fold(sentence))]
    return bool(said) and all(map(_takes_in, said))


def _takes_in(sentence: str) -> bool:
    own = _OTHERS_ACT.sub("", sentence)
    if not _TAKES_IN.search(own):
        return False
    left = _TAKES_IN.sub(" ", own)
    if _OWN_ACT.search(left):
        return False
    if any(found[1] not in _COMES_WITH_IT for found in _ACT_BESIDE.finditer(left)):
        return False
    unknown = [word for word in _WORD.findall(left) if word not in _COMES_WITH_IT]
    return len(unknown) <= 3


def acts_visibly(text: str) -> bool:
    """Whether a text names an act of students that can be seen or heard."""
    return _OWN_ACT.search(_OTHERS_ACT.sub("", fold(text))) is not None
