namespace PaymentEngine.Host;

/// <summary>What a person who has just started the engine needs to make a first payment.</summary>
internal static class Welcome
{
    public static void Print(TextWriter to, EngineHost host)
    {
        to.WriteLine($"The engine listens on {host.Address}");
        if (host.DemoKey is not { } key)
        {
            return;
        }

        to.WriteLine($$"""

            Demo merchant   M1001, API key {{key}}
            Is told         at "notify_url":"http://127.0.0.1:PORT/…", signed with {{host.DemoSecret}}
            A payment       curl -s {{host.Address}}/v1/trades -H 'Authorization: Bearer {{key}}' \
                              -H "Idempotency-Key: $(date +%s%N)" -H 'Content-Type: application/json' \
                              -d '{"merchant_order_no":"A-'$(date +%s)'","amount":"88.00","currency":"CNY","payer":"member-7","payment":{"method":"quick","payer_account":"6222020000000001"} }'
            Its journey     curl -s '{{host.Address}}/v1/trades/TRADE_NO?expand=all' -H 'Authorization: Bearer {{key}}'
            Stop            Ctrl-C

            """);
    }
}
