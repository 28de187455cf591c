namespace PaymentEngine.Host;

internal static class Usage
{
    private const string Text = """
        payment-engine [serve]               runs the engine until SIGTERM or Ctrl-C
        payment-engine channel-application   runs the channel applications of Bus:Applications and nothing else
        payment-engine --once                runs it, makes one payment, prints its journey
        payment-engine audit                 checks the books of the database; exit code 0 when they are clean
        payment-engine health                asks the engine of these settings whether it is ready; exit code 0 when it is
        payment-engine test-alert            tells every target of alerts that this is a test
        payment-engine seal NAME             seals the secret on standard input for connection/NAME or merchant/NUMBER
        payment-engine webhook-secret NUMBER shows what the notifications of this merchant are signed with
        payment-engine new-era               says that the database is a copy of another one; numbers go on where that one never was

          --port N                listen on 127.0.0.1:N
          --profile NAME          how the simulated institution behaves (calm, real, hell)
          --Section:Key=value     any other setting of appsettings.json
        """;

    private const int WrongUse = 64;

    public static int Print(TextWriter to)
    {
        to.WriteLine(Text);
        return 0;
    }

    public static int Refuse(TextWriter to, string what)
    {
        to.WriteLine($"payment-engine: {what}");
        to.WriteLine(Text);
        return WrongUse;
    }
}
