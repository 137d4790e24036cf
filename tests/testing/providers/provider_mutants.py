"""Every provider that breaks a promise, and the behaviours that must notice."""

from dataclasses import dataclass, replace
from typing import Any

from sandbox.contracts.provider import ProviderSpec
from tests.testing.providers.mutants_of_answers import (
    CannotBeKept,
    CountsNothing,
    DropsLetters,
    DropsSettings,
    EstimatesTokens,
    FencesJson,
    ForgetsTheSchema,
    GivesADict,
    HidesTheCut,
    KeepsTheLastPrompt,
    MeasuresNoTime,
    SendsAnySeed,
    SendsNull,
    SendsTheLastMessage,
    SendsTheRepeat,
    TalksBesideTheTool,
)
from tests.testing.providers.mutants_of_claims import (
    AsksTwoServices,
    ChangesItsCard,
    ClaimsEveryMode,
    ClaimsToBeLocal,
    ConnectsEarly,
    CountsAnything,
    ForgetsTheVariable,
    IsImportedEarly,
    ShowsTheKey,
    TakesAnyMode,
    TakesAnyOption,
)
from tests.testing.providers.mutants_of_failures import (
    BlocksTheLoop,
    CannotBeCancelled,
    ClosesOnce,
    DoesNotKnowItsService,
    ForgetsToWait,
    IsTerse,
    KeepsOneClient,
    LeavesTheLineOpen,
    LetsErrorsThrough,
    LimitsEachRead,
    StaysClosed,
    TakesAWrongKeyForBadLuck,
    TellsTheKey,
    TellsThePrompt,
    TriesAgain,
    TrustsTheService,
    WaitsForEver,
)
from tests.testing.providers.mutants_of_streams import (
    ClaimsToStream,
    EndsWithAPiece,
    HidesItsStream,
    KeepsStreamsOpen,
    LosesAPiece,
    StreamsAtOnce,
    TakesHalfForAWhole,
    TriesStreamsAgain,
)
from tests.testing.providers.sound_provider import SPEC


@dataclass(frozen=True)
class Mutant:
    """A provider that breaks promises, and those behaviours that must notice."""

    spec: ProviderSpec
    breaks: tuple[str, ...]
    is_sound_otherwise: bool = True
    """Whether no other behaviour notices."""


def of(provider: type[Any], *breaks: str, is_sound_otherwise: bool = True) -> Mutant:
    """Acme, but for the provider."""
    return Mutant(replace(SPEC, build=provider), breaks, is_sound_otherwise)


MUTANTS = (
    of(TriesAgain, "asks_once_whatever_comes"),
    of(
        WaitsForEver,
        "obeys_the_time_limit",
        "obeys_the_time_limit_when_an_answer_stalls",
        "obeys_the_time_limit_in_a_stream",
        is_sound_otherwise=False,
    ),
    of(LimitsEachRead, "obeys_the_time_limit_when_an_answer_trickles_in", is_sound_otherwise=False),
    of(EstimatesTokens, "reports_the_tokens_that_were_counted", "reports_the_tokens_of_a_stream"),
    of(CountsNothing, "reports_the_tokens_that_were_counted", "reports_the_tokens_of_a_stream"),
    of(SendsAnySeed, "sends_the_seed", "gives_the_same_answer_to_the_same_seed"),
    of(CannotBeCancelled, "lets_itself_be_cancelled"),
    of(LeavesTheLineOpen, "hangs_up_when_it_is_cancelled", is_sound_otherwise=False),
    of(TalksBesideTheTool, "keeps_a_schema_by_a_tool"),
    of(FencesJson, "keeps_a_schema_natively", "keeps_a_schema_by_a_tool", "streams_json_as_well"),
    of(ForgetsTheSchema, "keeps_a_schema_natively"),
    of(TakesAnyMode, "refuses_ways_that_it_does_not_declare"),
    of(TellsTheKey, "repeats_no_secret_in_an_error", "fails_before_a_stream_as_it_would_otherwise"),
    of(ShowsTheKey, "shows_no_key"),
    of(TellsThePrompt, "repeats_no_secret_in_an_error", "fails_before_a_stream_as_it_would_otherwise"),
    of(BlocksTheLoop, "lets_others_work_meanwhile", is_sound_otherwise=False),
    of(ClaimsToStream, "streams_if_it_says_so"),
    of(HidesItsStream, "streams_if_it_says_so"),
    of(LosesAPiece, "streams_what_it_would_give_at_once", "streams_json_as_well"),
    of(EndsWithAPiece, "ends_a_stream_once_with_the_whole"),
    of(StreamsAtOnce, "hands_on_pieces_as_they_come", "hangs_up_when_a_stream_is_closed_early"),
    of(TakesHalfForAWhole, "takes_no_half_stream_for_a_whole"),
    of(
        TakesAWrongKeyForBadLuck,
        "tells_errors_by_their_status",
        "fails_before_a_stream_as_it_would_otherwise",
    ),
    of(ForgetsToWait, "passes_on_how_long_to_wait", "knows_the_errors_of_its_service"),
    of(DoesNotKnowItsService, "knows_the_errors_of_its_service"),
    of(ClaimsToBeLocal, "is_not_local_when_its_service_is_elsewhere"),
    of(AsksTwoServices, "reaches_nobody_else_if_it_is_local"),
    of(GivesADict, "gives_what_the_model_said", is_sound_otherwise=False),
    of(TrustsTheService, "takes_nothing_else_for_an_answer"),
    of(KeepsOneClient, "works_in_one_loop_and_then_in_another"),
    of(SendsNull, "sends_no_setting_that_is_none"),
    of(DropsSettings, "sends_the_settings_that_are_asked_for"),
    of(SendsTheRepeat, "sends_nothing_about_the_repeat"),
    of(ConnectsEarly, "connects_to_nothing_before_it_is_asked", is_sound_otherwise=False),
    of(TakesAnyOption, "refuses_an_option_that_it_does_not_know"),
    of(ForgetsTheVariable, "says_which_key_is_missing"),
    of(KeepsTheLastPrompt, "answers_several_at_once"),
    of(ClosesOnce, "can_be_closed_twice"),
    of(DropsLetters, "keeps_every_letter", is_sound_otherwise=False),
    of(HidesTheCut, "says_that_an_answer_was_cut_off", "says_that_an_answer_was_filtered"),
    of(CountsAnything, "counts_tokens"),
    of(ChangesItsCard, "describes_a_model_the_same_way_each_time"),
    of(MeasuresNoTime, "measures_how_long_the_answer_took", "reports_the_tokens_of_a_stream"),
    of(CannotBeKept, "gives_a_completion_that_can_be_kept"),
    of(SendsTheLastMessage, "sends_every_message"),
    of(LetsErrorsThrough, "says_when_the_service_is_lost", is_sound_otherwise=False),
    of(IsTerse, "explains_errors_in_a_sentence"),
    of(StaysClosed, "can_be_asked_after_closing"),
    of(
        ClaimsEveryMode,
        "keeps_a_schema_by_grammar",
        "hands_on_any_json_object",
        "hands_on_what_a_prompt_alone_asked_for",
    ),
    of(TriesStreamsAgain, "fails_before_a_stream_as_it_would_otherwise"),
    of(
        KeepsStreamsOpen,
        "hangs_up_when_a_stream_is_closed_early",
        "hangs_up_when_a_stream_is_cancelled",
        is_sound_otherwise=False,
    ),
    of(IsImportedEarly, "imports_nothing_heavy_to_be_listed"),
    Mutant(replace(SPEC, summary="Acme"), ("says_what_it_is",)),
    Mutant(replace(SPEC, setup="Get a key from Acme."), ("says_how_to_set_it_up",)),
)
