using PaymentEngine.Core;
using PaymentEngine.Routing.Facts;
using PaymentEngine.Routing.Setup;

namespace PaymentEngine.Routing.Filters;

/// <summary>A maintenance window ready to be asked (C3): whether it is open at a moment, and when it ends.</summary>
public sealed class WindowRule
{
    private static readonly TimeSpan OneDay = TimeSpan.FromDays(1);

    private readonly MaintenanceWindow _window;
    private readonly BusinessCalendar _calendar;

    private WindowRule(MaintenanceWindow window, BusinessCalendar calendar) => (_window, _calendar) = (window, calendar);

    public string Reason => _window.Reason ?? "maintenance";

    public static WindowRule? TryCompile(MaintenanceWindow window, BusinessCalendar calendar, out string? error)
    {
        error = window switch
        {
            { From: null, To: not null } or { From: not null, To: null } => "a recurring window needs from and to",
            { From: not null } when window.From == window.To => "a window that begins when it ends is none",
            { From: null, Days.Count: > 0 } => "has days, which only a window with from and to has",
            { From: null, Begins: null } or { From: null, Ends: null } => "needs begins and ends, or from and to",
            { From: null } when window.Ends <= window.Begins => "ends before it begins",
            { Begins: { } begins, Ends: { } ends } when ends <= begins => "ends before it begins",
            _ => null,
        };
        return error is null ? new WindowRule(window, calendar) : null;
    }

    public bool Concerns(RouteFacts facts) => _window.Institution is null || _window.Institution == facts.TargetInstitution;

    /// <summary>When the window that is open at this moment ends; null when none is.</summary>
    public DateTimeOffset? EndIfOpen(DateTimeOffset now)
    {
        if ((_window.Begins is { } begins && now < begins) || (_window.Ends is { } ends && now >= ends))
        {
            return null;
        }

        return _window.Recurs ? EndOfRecurrence(now) : _window.Ends;
    }

    private DateTimeOffset? EndOfRecurrence(DateTimeOffset now)
    {
        var local = TimeZoneInfo.ConvertTime(now, _calendar.Zone).DateTime;
        var (time, today) = (local.TimeOfDay, DateOnly.FromDateTime(local));
        var (from, to) = (_window.From!.Value.ToTimeSpan(), _window.To!.Value.ToTimeSpan());
        var length = to > from ? to - from : to - from + OneDay;

        // The window that began today, or the one that began yesterday and is still open.
        return EndOf(today, time - from, length) ?? EndOf(today.AddDays(-1), time - from + OneDay, length);
    }

    private DateTimeOffset? EndOf(DateOnly day, TimeSpan since, TimeSpan length)
    {
        if (since < TimeSpan.Zero || since >= length || !IsOn(day))
        {
            return null;
        }

        var end = day.ToDateTime(_window.From!.Value) + length;
        return _calendar.MomentOf(DateOnly.FromDateTime(end), TimeOnly.FromDateTime(end));
    }

    private bool IsOn(DateOnly day) => _window.Days.Count == 0 || _window.Days.Contains(day.DayOfWeek);
}
