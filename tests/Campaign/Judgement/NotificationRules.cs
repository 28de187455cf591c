using System.Text.Json.Nodes;

namespace PaymentEngine.Tests.Campaign.Judgement;

/// <summary>Every final state was told at least once, always under one id and with one body.</summary>
internal static class NotificationRules
{
    public static IEnumerable<string> Faults(Case one)
    {
        foreach (var id in one.Told.GroupBy(told => told.Id))
        {
            if (id.Any(told => !told.Body.AsSpan().SequenceEqual(id.First().Body)))
            {
                yield return $"notification {id.Key} was told with two bodies";
            }
        }

        var told = one.Told.GroupBy(told => SubjectOf(told.Json)).ToDictionary(subject => subject.Key, subject => subject.Select(said => said.Id).Distinct().Count());
        foreach (var (subject, ids) in told.Where(subject => subject.Value > 1))
        {
            yield return $"{subject} was told under {ids} ids";
        }

        foreach (var subject in Expected(one).Where(subject => !told.ContainsKey(subject)))
        {
            yield return $"{subject} was never told";
        }
    }

    private static IEnumerable<(string Type, string Number)> Expected(Case one)
    {
        if (one.State is "paid" or "closed")
        {
            yield return ($"trade.{one.State}", (string)one.Trade!["trade_no"]!);
        }

        foreach (var payment in one.Payments)
        {
            var (number, kind, state) = ((string)payment["payment_no"]!, (string)payment["kind"]!, (string)payment["state"]!);
            if (Case.IsOfMerchant(payment))
            {
                if (state is "succeeded" or "failed")
                {
                    yield return ($"{kind}.{state}", number);
                }

                continue;
            }

            if (kind == "refund")
            {
                yield return ("surplus.detected", number);
            }

            switch (kind, state)
            {
                case ("payment", "failed"):
                    yield return ("payment.failed", number);
                    break;
                case ("refund", "succeeded"):
                    yield return ("surplus.refunded", number);
                    break;
                case ("refund", "failed"):
                    yield return ("surplus.not_refunded", number);
                    break;
            }
        }
    }

    /// <summary>What surplus is about is its refund: each is told by itself.</summary>
    private static (string Type, string Number) SubjectOf(JsonNode said)
    {
        var data = said["data"]!;
        return ((string)said["type"]!, (string)(data["refund_no"] ?? data["payment_no"] ?? data["trade"]!["trade_no"])!);
    }
}
