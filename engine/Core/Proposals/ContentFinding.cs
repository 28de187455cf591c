namespace PaymentEngine.Core.Proposals;

/// <summary>What is wrong with a part of what somebody asks for.</summary>
/// <param name="Field">One of the legs, all of them together, or what is captured.</param>
public sealed record ContentFinding(string Field, string Code, string Message);
