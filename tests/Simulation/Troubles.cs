namespace PaymentEngine.Tests.Simulation;

/// <summary>What operations do to accounts now and then, for a while.</summary>
internal static class Troubles
{
    public static void Plan(World world)
    {
        var accounts = world.Facts.Directory.Accounts;
        for (var trouble = world.Dice.Below(4); trouble > 0; trouble--)
        {
            var account = accounts[world.Dice.Below(accounts.Count)];
            var length = world.Dice.Between(TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(30));
            var isCap = account.Kind == AccountKind.ChannelReceivable && world.Dice.Chance(0.5);
            world.Time.In(world.Dice.Between(TimeSpan.Zero, TimeSpan.FromMinutes(100)), () =>
            {
                if (isCap)
                {
                    world.Store.Books.Cap(account, length);
                }
                else
                {
                    world.Store.Books.Freeze(account, length);
                }
            });
        }
    }
}
