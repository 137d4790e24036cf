"""Ways to break a brief for a decision."""

import re

from tests.planted.planting import breaks
from tests.planted.unbroken import Answer

_NUMBER = re.compile(r"\d+")


def _risks(brief: Answer, **changes: str) -> Answer:
    """Every risk of every option is changed in this way."""
    record = brief.record
    for option in record["options"]:
        option["risks"] = [risk | changes for risk in option["risks"]]
    return brief.showing(record)


def _stops(brief: Answer, *signs: str) -> Answer:
    return brief.showing(brief.record | {"conditions_to_stop": signs})


def _evidence(brief: Answer, **changes: str) -> Answer:
    record = brief.record
    record["evidence"][0] |= changes
    return brief.showing(record)


@breaks("options_weighed")
def to_change_nothing_is_no_option(brief: Answer) -> Answer | None:
    """All that is left are ways to use the tool or to forbid it."""
    options = brief.record["options"]
    return brief.showing(brief.record | {"options": options[1:]}) if len(options) > 2 else None


@breaks("options_weighed")
def to_wait_a_little_is_the_other_option(brief: Answer) -> Answer:
    """The same is done, only later."""
    options = brief.record["options"]
    later = options[-1] | {
        "name": "Start after the winter break",
        "description": "The same is done as in the other option, three months later.",
    }
    return brief.showing(brief.record | {"options": [later, options[-1]]})


@breaks("options_weighed")
def one_option_stands_there_twice(brief: Answer) -> Answer | None:
    """All but the name is the same, so that there is less to choose from than it seems."""
    options = brief.record["options"]
    if len(options) < 3:
        return None
    twin = options[1] | {"name": "A careful start"}
    return brief.showing(brief.record | {"options": [options[0], options[1], twin]})


@breaks("options_weighed")
def all_risks_are_low(brief: Answer) -> Answer:
    """Nothing is left that could be weighed."""
    return _risks(brief, likelihood="low")


@breaks("options_weighed")
def risks_fall_on_all_involved(brief: Answer) -> Answer:
    """No group is named that would bear them."""
    return _risks(brief, who_is_affected="all who are involved")


@breaks("options_weighed")
def the_stop_is_a_later_judgment(brief: Answer) -> Answer:
    """It sounds like a sign, and leaves open which one."""
    return _stops(brief, "The leadership comes to the view that the drawbacks outweigh the benefits.")


@breaks("claims_have_sources")
def a_study_is_invented(brief: Answer) -> Answer:
    """Nobody gave it."""
    return _evidence(brief, source="A 2021 study by researchers at Stanford", strength="strong")


@breaks("claims_have_sources")
def no_source_counts_as_strong(brief: Answer) -> Answer:
    """The claim stands on nothing, and on firm ground."""
    return _evidence(brief, source="none given", strength="strong")


@breaks("claims_have_sources")
def a_number_is_raised(brief: Answer) -> Answer | None:
    """The first number of the claims is now three higher."""
    record = brief.record
    for item in record["evidence"]:
        if found := _NUMBER.search(item["claim"]):
            higher = str(int(found[0]) + 3)
            item["claim"] = f"{item['claim'][: found.start()]}{higher}{item['claim'][found.end() :]}"
            return brief.showing(record)
    return None


@breaks("claims_have_sources")
def a_number_becomes_nearly_all(brief: Answer) -> Answer | None:
    """Words make more of a share than the source does."""
    record = brief.record
    for item in record["evidence"]:
        claim = re.sub(r"\d+%? of (?=\d)", "nearly all of the ", item["claim"])
        if claim != item["claim"]:
            item["claim"] = claim[0].upper() + claim[1:]
            return brief.showing(record)
    return None


@breaks("claims_have_sources")
def sources_change_places(brief: Answer) -> Answer | None:
    """Two claims are each ascribed to the source of the other."""
    record = brief.record
    items = record["evidence"]
    if len(items) < 2 or items[0]["source"] == items[1]["source"]:
        return None
    items[0]["source"], items[1]["source"] = items[1]["source"], items[0]["source"]
    return brief.showing(record)


@breaks("claims_have_sources")
def a_source_is_made_to_say_more(brief: Answer) -> Answer | None:
    """It was given, and said nothing of the kind."""
    if not brief.case.inputs.get("evidence"):
        return None
    return _evidence(brief, claim="It will save time and raise results for every group.", strength="strong")
