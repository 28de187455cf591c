using PaymentEngine.Routing.Filters;
using PaymentEngine.Routing.Setup;
using Xunit;

namespace PaymentEngine.Tests.Unit.Routing;

[Trait("Rule", "C3")]
public sealed class WindowTests
{
    /// <summary>On Friday the 20th of November 2026 and the days around it, by the clocks of the business.</summary>
    [Theory]
    [InlineData("02:00", "04:00", "", "20 01:59", null)]
    [InlineData("02:00", "04:00", "", "20 02:00", "20 04:00")]
    [InlineData("02:00", "04:00", "", "20 03:59", "20 04:00")]
    [InlineData("02:00", "04:00", "", "20 04:00", null)]
    [InlineData("02:00", "04:00", "Friday", "20 03:00", "20 04:00")]
    [InlineData("02:00", "04:00", "Monday", "20 03:00", null)]
    [InlineData("23:30", "00:30", "", "20 23:45", "21 00:30")]
    [InlineData("23:30", "00:30", "", "20 00:15", "20 00:30")]
    [InlineData("23:30", "00:30", "Thursday", "20 00:15", "20 00:30")]
    [InlineData("23:30", "00:30", "Friday", "20 00:15", null)]
    [InlineData("23:30", "00:30", "Friday", "21 00:15", "21 00:30")]
    public void A_recurring_window_is_open_on_its_days(string from, string to, string days, string now, string? end)
    {
        var window = new MaintenanceWindow
        {
            From = TimeOnly.Parse(from),
            To = TimeOnly.Parse(to),
            Days = days.Length == 0 ? [] : [Enum.Parse<DayOfWeek>(days)],
        };

        Assert.Equal(end is null ? null : At(end), Compiled(window).EndIfOpen(At(now)));
    }

    [Theory]
    [InlineData("20 07:59", false)]
    [InlineData("20 08:00", true)]
    [InlineData("21 07:59", true)]
    [InlineData("21 08:00", false)]
    public void A_window_that_comes_once_is_open_from_its_beginning_to_its_end(string now, bool isOpen)
    {
        var window = new MaintenanceWindow { Begins = At("20 08:00"), Ends = At("21 08:00") };

        Assert.Equal(isOpen ? At("21 08:00") : null, Compiled(window).EndIfOpen(At(now)));
    }

    [Fact]
    public void A_recurring_window_may_be_bounded()
    {
        var window = new MaintenanceWindow { From = new TimeOnly(2, 0), To = new TimeOnly(4, 0), Begins = At("20 00:00"), Ends = At("22 00:00") };

        Assert.Null(Compiled(window).EndIfOpen(At("19 03:00")));
        Assert.Equal(At("21 04:00"), Compiled(window).EndIfOpen(At("21 03:00")));
        Assert.Null(Compiled(window).EndIfOpen(At("22 03:00")));
    }

    [Fact]
    public void A_window_of_one_institution_concerns_no_other()
    {
        var window = Compiled(new MaintenanceWindow { From = new TimeOnly(2, 0), To = new TimeOnly(4, 0), Institution = "CMB" });

        Assert.True(window.Concerns(Scene.Facts()));
        Assert.False(window.Concerns(Scene.Facts() with { TargetInstitution = "ICBC" }));
    }

    private static WindowRule Compiled(MaintenanceWindow window) => WindowRule.TryCompile(window, Scene.Calendar, out _)!;

    private static DateTimeOffset At(string dayAndTime) =>
        Scene.Calendar.MomentOf(new DateOnly(2026, 11, int.Parse(dayAndTime[..2])), TimeOnly.Parse(dayAndTime[3..]));
}
