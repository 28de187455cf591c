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
        var rooms = new Dictionary<string, (Line Line, int Room)>();
        foreach (var channel in directory.Current.Channels)
        {
            if (applications.Runs(channel.Application) && !rooms.ContainsKey(channel.QuestionLane))
            {
                var line = lines.Of(channel.Id);
                rooms.Add(channel.QuestionLane, (line, line.RoomForQuestions(options.PollPeriod, options.HandleAtOnce)));
            }
        }

        var open = rooms.Where(lane => lane.Value.Room > 0).ToList();
        if (open.Count == 0)
        {
            return [];
        }

        var claimed = await timers.ClaimEachAsync(
            [.. open.Select(lane => lane.Key)], [.. open.Select(lane => lane.Value.Room)], options.Lease, cancellation);
        return [.. claimed.Select(due => (due.Timer, rooms[due.Lane].Line))];
    }
}
