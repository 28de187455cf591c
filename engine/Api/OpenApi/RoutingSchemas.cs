using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PaymentEngine.Api.OpenApi;

[Description("How one channel was chosen, or why none was found.")]
internal sealed record ChoiceResponse(
    string InstructionNo,
    [property: Description("The order that came of it; null when no channel was found.")]
    string? OrderNo,
    DateTimeOffset At,
    string? Channel,
    string? Interface,
    [property: Description("The decision in one sentence.")]
    string InWords,
    [property: Description("The version of the setup that decided; 0 when operations have not put one into force.")]
    int SetupVersion,
    IReadOnlyList<DecidingScriptResponse> Scripts,
    [property: Description("The channels that passed all filters, with what they scored.")]
    IReadOnlyList<CandidateResponse> Candidates,
    [property: Description("The channels and interfaces that did not, each with the rule that removed it.")]
    IReadOnlyList<RemovalResponse> Removed);

internal sealed record DecidingScriptResponse(
    string Name,
    int Version,
    [property: Description("It could not decide; its last good version did.")]
    bool Failed);

internal sealed record CandidateResponse(
    string Channel,
    decimal Priority,
    decimal Weight,
    [property: Range(-20, 0)]
    int Health);

internal sealed record RemovalResponse(
    string Channel,
    [property: Description("Null when the channel as a whole was removed.")]
    string? Interface,
    [property: AllowedValues(
        "disabled", "tried_before", "feature", "maintenance", "backlog", "reserve", "card_memory", "no_interface", "operation",
        "institution", "single_limit", "period_limit", "no_weight", "no_account")]
    string Reason,
    string InWords);
