using PaymentEngine.Routing.Facts;
using PaymentEngine.Scripting;

namespace PaymentEngine.Routing.Scoring;

/// <summary>What a script of a priority or a weight sees (C5): the transaction, and the channel that is being weighed.</summary>
/// <param name="Cost">What the channel would charge us (C10), in major units of the payment's currency.</param>
/// <param name="Health">0 when all is well, down to -20 (C6).</param>
public readonly record struct ScoreModel(RouteFacts Facts, string Channel, decimal Cost, int Health)
{
    /// <summary>Every element under the name that features use too, and what is known of the channel.</summary>
    public static readonly ScriptSchema<ScoreModel> Schema = Declare();

    private static ScriptSchema<ScoreModel> Declare()
    {
        var schema = new ScriptSchema<ScoreModel> { Result = ScriptType.Decimal }
            .Text("channel", "the code of the channel that is weighed", static (in model) => model.Channel)
            .Decimal("cost", "what the channel would charge us, in major units", static (in model) => model.Cost)
            .Integer("health", "0 when all is well, down to -20", static (in model) => model.Health);
        foreach (var element in Elements.All)
        {
            schema = element switch
            {
                { Text: { } text } => schema.Text(element.Name, element.Description, (in model) => text(model.Facts)),
                { Whole: { } whole } => schema.Integer(element.Name, element.Description, (in model) => whole(model.Facts)),
                { Fractional: { } number } => schema.Decimal(element.Name, element.Description, (in model) => number(model.Facts)),
                _ => throw new InvalidOperationException($"nothing reads {element.Name}"),
            };
        }

        return schema;
    }
}
