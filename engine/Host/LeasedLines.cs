using System.Net;
using Microsoft.AspNetCore.Http;
using PaymentEngine.Api.Callbacks;
using PaymentEngine.Runtime.Callbacks;
using PaymentEngine.Runtime.Directory;

namespace PaymentEngine.Host;

/// <summary>
/// Addresses on private networks, each of which takes the callbacks of the channels it was leased for and nothing else (C15).
/// </summary>
internal static partial class LeasedLines
{
    private const string Section = "Callbacks:Lines";
    private const string RetryAfterS = "1";

    /// <summary>Adds the lines to where the server listens, behind the public addresses.</summary>
    public static void ListenOn(IWebHostBuilder web, IConfiguration configuration)
    {
        var lines = LinesOf(configuration);
        if (lines.Length == 0)
        {
            return;
        }

        if (configuration[WebHostDefaults.ServerUrlsKey] is not { Length: > 0 } urls)
        {
            throw new UnfitSettingException($"{Section}: Urls must say where everybody else is listened to");
        }

        foreach (var line in lines)
        {
            Demand(line);
        }

        web.UseUrls([.. urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), .. lines.Select(line => line.Address)]);
    }

    /// <summary>On a line there are callbacks and nothing else, and nothing at all before it is known which line it is.</summary>
    public static void UseLeasedLines(this WebApplication app)
    {
        var doors = app.Services.GetRequiredService<CallbackDoors>();
        app.Use(next => context =>
        {
            if (!doors.AreOpen)
            {
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                context.Response.Headers.RetryAfter = RetryAfterS;
                return Task.CompletedTask;
            }

            if (doors.IsLine(context.Connection) && !context.Request.Path.StartsWithSegments(CallbackApi.Path))
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            }

            return next(context);
        });
        app.Lifetime.ApplicationStarted.Register(() => Open(app, doors));
    }

    private static void Open(WebApplication app, CallbackDoors doors)
    {
        var lines = LinesOf(app.Configuration);
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(LeasedLines).FullName!);
        var channels = app.Services.GetRequiredService<DirectoryHolder>().Current.Channels.Select(channel => channel.Code).ToHashSet();
        foreach (var stranger in lines.SelectMany(line => line.Channels).Where(code => !channels.Contains(code)))
        {
            // It may be made later; if its name was meant to be another's, that one is still open to the public.
            LogStranger(log, stranger);
        }

        doors.Open([.. app.Urls.TakeLast(lines.Length).Select(EndPointOf)]);
    }

    private static void Demand(CallbackLine line)
    {
        if (!ListenAddresses.IsUsable(line.Address) || !IPAddress.TryParse(new Uri(line.Address).Host.Trim('[', ']'), out var address)
            || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
        {
            throw new UnfitSettingException(
                $"{Section}: '{line.Address}' is not the address of a line; it must be http://ADDRESS:PORT with the one address of this machine at which the line ends");
        }

        if (line.Channels.Length == 0)
        {
            throw new UnfitSettingException($"{Section}: {line.Address} has no channels");
        }
    }

    private static CallbackLine[] LinesOf(IConfiguration configuration) =>
        configuration.GetSection(Section).Get<CallbackLine[]>() ?? [];

    private static IPEndPoint EndPointOf(string address)
    {
        var uri = new Uri(address);
        return new IPEndPoint(IPAddress.Parse(uri.Host.Trim('[', ']')), uri.Port);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "a leased line is configured for channel {Channel}, which is not there")]
    private static partial void LogStranger(ILogger log, string channel);
}
