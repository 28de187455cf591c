using PaymentEngine.Core.Directory;
using PaymentEngine.Core.Units;
using PaymentEngine.Runtime.Directory;
using PaymentEngine.Runtime.Lines;
using PaymentEngine.Store.Timers;

namespace PaymentEngine.Runtime.QueryBack;

/// <summary>
/// Claims due questions, of each line no more than it takes up now. The others stay in the database, where they cost
/// nothing and are in nobody's way, however many they are.
/// </summary>
public sealed class DueQuestions(
    TimerStore timers, LineSet lines, DirectoryHolder directory, ApplicationSet applications, TimerOptions options)
{
    /// <summary>Each timer with the line on which it is to be asked.</summary>
    public async Task<IReadOnlyList<(DueTimer Timer, Line Line)>> ClaimAsync(CancellationToken cancellation)
    {
        var shares = new Dictionary<string, (Line Line, int Room)>();
        var rooms = new Dictionary<Line, int>();
        foreach (var channel in directory.Current.Channels)
        {
            if (applications.Runs(channel.Application))
            {
                var line = lines.Of(channel.Id);
                if (!rooms.TryGetValue(line, out var room))
                {
                    rooms.Add(line, room = line.RoomForQuestions(options.PollPeriod, options.HandleAtOnce));
                }

                shares.Add(channel.QuestionLane, (line, room));
            }
        }

        var open = shares.Where(share => share.Value.Room > 0)
            .Select(share => (share.Key, share.Value.Line.Terms.Id, share.Value.Room)).ToList();
        if (open.Count == 0)
        {
            return [];
        }

        var claimed = await timers.ClaimSharedAsync(open, options.Lease, cancellation);
        return [.. claimed.Select(due => (due.Timer, shares[due.Lane].Line))];
    }
}
