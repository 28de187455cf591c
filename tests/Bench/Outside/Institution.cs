using System.Text;
using PaymentEngine.Bench.Load;

namespace PaymentEngine.Bench.Outside;

/// <summary>
/// A lean institution on one thread: it speaks the simulated institution's protocol and does little else, so that the
/// processors are left to what is measured. A payer account that begins with "unknown" is executed and answered with
/// the error page of some machine in between.
/// </summary>
internal sealed class Institution(OutsideOptions options, Letters letters, BankJournal journal, Callbacks callbacks)
{
    /// <summary>The engine asks about an order within seconds or never.</summary>
    private static readonly long KeptNs = Clock.FromMilliseconds(60_000);

    private readonly Dictionary<string, BankOrder> _orders = [];
    private readonly Queue<(long Until, BankOrder Order)> _forgettable = new();
    private readonly PriorityQueue<Step, long> _agenda = new();
    private readonly Random _random = new(1);

    public Crowd Crowd { get; } = new();

    public int Open => _agenda.Count;

    public long NextAt => _agenda.TryPeek(out _, out var at) ? at : long.MaxValue;

    public void OnRequest(ServerConnection from, HttpRequest request, long now)
    {
        var nonce = Encoding.ASCII.GetString(request.Header("\r\nbank-nonce: "u8));
        var number = Encoding.ASCII.GetString(JsonFields.Text(request.Body, "\"number\":"u8));
        var channel = (int)JsonFields.Number(request.Body, "\"channel\":"u8);
        if (request.Path.SequenceEqual("/query"u8))
        {
            Crowd.Enter(channel, isQuestion: true);
            Plan(now, 50, 200, new Step(StepKind.AnswerQuestion, _orders.GetValueOrDefault(number), channel, from, nonce));
            return;
        }

        if (!request.Path.SequenceEqual("/pay"u8))
            throw new InvalidDataException($"nobody here takes {Encoding.ASCII.GetString(request.Path)}");
        if (!_orders.TryGetValue(number, out var order))
            _orders.Add(number, order = new BankOrder(number, channel, JsonFields.Number(request.Body, "\"amount\":"u8)));
        journal.Note(order, "received");
        Crowd.Enter(channel, isQuestion: false);
        var isUnclear = JsonFields.Text(request.Body, "\"payer\":"u8).StartsWith("unknown"u8);
        var kind = isUnclear ? StepKind.AnswerUnclearly : options.CallsBack ? StepKind.Accept : StepKind.AnswerResult;
        if (kind == StepKind.Accept)
            Plan(now, 20, 80, new Step(kind, order, channel, from, nonce));
        else
            Plan(now, 50, 200, new Step(kind, order, channel, from, nonce));
    }

    public void DoDue(long now)
    {
        while (_agenda.TryPeek(out _, out var at) && at <= now)
            Do(_agenda.Dequeue(), now);
        while (_forgettable.TryPeek(out var oldest) && oldest.Until <= now)
            _orders.Remove(_forgettable.Dequeue().Order.Number);
    }

    private void Do(Step step, long now)
    {
        switch (step.Kind)
        {
            case StepKind.Accept:
                Answer(step, "/pay");
                Plan(now, 50, 200, step with { Kind = StepKind.TellResult });
                break;
            case StepKind.TellResult:
                Execute(step.Order!);
                callbacks.Tell(step.Order!);
                _forgettable.Enqueue((now + KeptNs, step.Order!));
                break;
            case StepKind.AnswerResult:
                Execute(step.Order!);
                Answer(step, "/pay");
                _forgettable.Enqueue((now + KeptNs, step.Order!));
                break;
            case StepKind.AnswerUnclearly:
                Execute(step.Order!);
                Crowd.Leave(step.Channel, isQuestion: false);
                step.From.Send("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n"u8);
                break;
            case StepKind.AnswerQuestion:
                Crowd.Leave(step.Channel, isQuestion: true);
                step.From.Send(letters.Answer("/query", step.Nonce, step.Order));
                break;
        }
    }

    private void Answer(Step step, string path)
    {
        Crowd.Leave(step.Channel, isQuestion: false);
        journal.Note(step.Order!, "answered");
        step.From.Send(letters.Answer(path, step.Nonce, step.Order));
    }

    /// <summary>Once, however often it was sent.</summary>
    private void Execute(BankOrder order)
    {
        if (order.IsExecuted)
            return;
        order.IsExecuted = true;
        journal.Note(order, "executed");
    }

    private void Plan(long now, int leastMs, int mostMs, Step step) =>
        _agenda.Enqueue(step, now + Clock.FromMilliseconds(_random.Next(leastMs, mostMs + 1)));

    private enum StepKind
    {
        Accept,
        TellResult,
        AnswerResult,
        AnswerUnclearly,
        AnswerQuestion,
    }

    private readonly record struct Step(StepKind Kind, BankOrder? Order, int Channel, ServerConnection From, string Nonce);
}
