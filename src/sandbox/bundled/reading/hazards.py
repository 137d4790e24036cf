"""Words for what can hurt somebody in a lesson, and for what keeps them safe."""

from sandbox.bundled.reading.wording import either
from sandbox.contracts.late import late_pattern

HARMLESS = late_pattern(
    r"\b(?:pictures?|photos?|posters?|images?|videos?|articles?|cards?|models?|drawings?|stor(?:y|ies)"
    r"|poems?|toys?"
    r"|plastic|play|pretend|paper|cardboard|foam|battery[- ]operated|labels?|cut-?outs?|stickers?"
    r"|diagrams?|maps?"
    r"|worksheets?|copies|emoji|chapters?|characters?)\b"
)
"""What makes the name of a hazard a thing to look at or to play with."""

DANGEROUS_THINGS = late_pattern(
    r"\b(?:hot ?plates?|bunsen burners?|burners?|candles?|tea ?lights?|matches|lighters?|torch(?:es)? "
    r"\(gas\)|heat lamps?"
    r"|boiling water|hot water|dry ice|liquid nitrogen|kettles?|stoves?|ovens?|hot glue(?: guns?)?|glue "
    r"guns?"
    r"|soldering irons?|heat guns?|(?:\w+ )?(?:hydrochloric|sulfuric|nitric|acetic) acid|acids?\b(?! "
    r"rain)|bleach"
    r"|ammonia|hydrogen peroxide|sodium hydroxide|lye|rubbing alcohol|ethanol|methanol|acetone|silver "
    r"nitrate|copper"
    r" sulfate|iodine|scalpels?|dissect(?:ion|ing) (?:kits?|tools?|specimens?)|craft kni(?:fe|ves)"
    r"|utility kni(?:fe|ves)"
    r"|x-?acto(?: kni(?:fe|ves))?|kni(?:fe|ves)|box cutters?|razor blades?|razors?|saws?|drills?|chisels?"
    r"|linocut(?:ters?| tools?)|gouges?|needles?|hammers?|soldering|lasers?|hurdles?|javelins?|shot "
    r"puts?|balance beams?"
    r"|vaulting (?:box|horse)(?:es)?|climbing ropes?|trampolines?|hockey sticks?|baseball bats?|archery"
    r"|bows and arrows"
    r"|kilns?|broken glass|mercury)\b"
)
"""Things that can hurt, in a list of materials."""

_DO = (
    r"(?:us(?:e|es|ing)|heats?|heating|warm\w*|pour\w*|mix\w*|add|adds|drops?|hold\w*|cuts?|cutting"
    r"|slic\w+|carv\w+"
    r"|lights?|lighting|put\w*|plac\w+|set\w*|melt\w*|dip\w*|with|over|in|on|into|of|test\w*|dilut\w+"
    r"|titrat\w+)"
)
_HOT_OR_SHARP = (
    r"(?:hot plate|bunsen burner|burner|candles?|flame|open fire|boiling water|hot water|stove|oven|hot "
    r"glue|glue gun|"
    r"dry ice|(?:dilute |strong |hydrochloric |sulfuric |nitric )*acid(?! (?:rain|test))|bleach|ammonia"
    r"|hydrogen "
    r"peroxide"
    r"|sodium hydroxide|rubbing alcohol|ethanol|scalpels?|craft kni(?:fe|ves)|(?:sharp |kitchen "
    r")kni(?:fe|ves)|saws?"
    r"|box cutters?|razor blades?|sewing needles?|power drills?|soldering irons?|iodine)"
)
DANGEROUS_ACTS = late_pattern(
    either(
        rf"\b{_DO} (?:(?:the|a|an|some|their|two|three|one|few|drops?|of|over|on|with|in|it)\b "
        rf"?){{0,4}}{_HOT_OR_SHARP}\b",
        r"\b(?:light|lights|lit|lighting) (?:the |a |some )?(?:candles?|matches|match|burner|fire"
        r"|splint)\b",
        r"\b(?:boil|boils|boiling) (?:the |a |some )?(?:\w+ ){0,2}(?:water|egg|eggs|liquid|solution"
        r"|mixture|milk|cabbage)\b",
        r"\b(?:heat|heats|burn|burns) (?:the |a |some |it )?(?:\w+ )?(?:water|tube|test tube|beaker|wax"
        r"|sugar|metal|wire"
        r"|solution|liquid|mixture|splint|magnesium|paper|oil|peanut|nut|ice|salt|substance|sample)s?\b",
        r"\bdissect(?:s|ing)? (?:an? |the |their )?\w+",
        r"\b(?:walk|walks|hike|hikes|go|goes|head|heads|lead|leads|take|takes)\b.{0,30}\b(?:to|into|at"
        r"|along) (?:the |a )?(?:\w+ )?"
        r"(?:pond|creek|stream|river|lake|beach|woods|forest|shore|park|street|schoolyard|construction "
        r"site)\b(?! (?:of|map))",
        r"\b(?:go|goes|walk|walks|take (?:the class|students)|head|heads|work|works) (?:outside"
        r"|outdoors)\b(?! (?:the|of)\b)",
        r"\bfield trip\b(?! (?:form|money|story|journal|report))",
        r"\bwade(?:s)?\b|\bclimb(?:s)? (?:the |a |up the )?(?:rope|tree|wall|ladder|bars?)\b",
    )
)
"""What is done with them, where students or teachers do something."""

PHYSICAL_ACTS = late_pattern(
    r"\b(?:dodgeball|sprint\w*|jog\w*|run|runs|running|laps?|relay\w*|tackl\w+|wrestl\w+|hurdl\w+"
    r"|vault\w*|somersaults?"
    r"|cartwheels?|handstands?|forward rolls?|climb\w*|swim\w*|skat\w+|jump(?:s|ing)? rope|high jump"
    r"|long jump|kick\w*"
    r"|throw\w*|batting|bats?|soccer|basketball|football|hockey|volleyball|baseball|softball|tag"
    r"|push-?ups|burpees"
    r"|circuit|weights?|rac(?:e|es|ing))\b"
)
"""What bodies do in physical education."""
PHYSICAL_SUBJECT = late_pattern(r"\b(?:physical education|p\.?e\.?|gym\w*|sports?)(?:\b|$)")

KEEPS_SAFE = late_pattern(
    r"\b(?:safe(?:ty|ly)?|goggles|eye protection|gloves|aprons?|supervis\w+|adults?|risk assessment"
    r"|hazard\w*|allerg\w+"
    r"|careful(?:ly)? (?:with|around|not to|of|when|near)|away from|stand back|arm'?s[- ]length|buddy"
    r"|buddies|first aid"
    r"|fire extinguisher|ventilat\w+|fume hood|tie back|tied back|closed-toe|sneakers|spotters?|warm[- "
    r"]?up\w*"
    r"|cool[- ]?down|space between|boundar(?:y|ies)|stop signal|freeze signal|do not (?:touch|taste"
    r"|inhale|run)"
    r"|never (?:touch|taste|inhale|run|leave)|only the teacher|wash (?:your |their )?hands|sunscreen"
    r"|helmets?|mats?|whistle signal"
    r"|chaperones?|volunteers? (?:walk|watch)|permission|headcount|count heads|life vests?|pinnies)\b"
)
