using System.Runtime.CompilerServices;

namespace PaymentEngine.Scripting;

/// <summary>All that one evaluation knows and may spend. It is reset before each, so that nothing leaks into the next.</summary>
internal sealed class Evaluation
{
    private Scope[] _scopes = new Scope[16];
    private Value[] _stack = new Value[64];
    private int _stackPeak;
    private int _top;

    public readonly Budget Budget = new();
    public readonly Output Output = new();

    private record struct Scope(ScriptObject Object, bool IsLoop);

    public ScriptLimits Limits { get; private set; } = ScriptLimits.Default;
    public EvaluationOptions Options { get; private set; } = EvaluationOptions.Lenient;
    public bool UsesDecimals => Options.UsesDecimals;
    public string DateFormat { get; set; } = TextForm.DefaultDateFormat;
    public ScriptTrace? Trace { get; private set; }

    public int ScopeCount { get; private set; }
    public ScriptObject? Locals { get; set; }
    public ScriptArray? Arguments { get; set; }
    public Loop? Loop { get; set; }
    public Wrapped? WrappedBlock { get; set; }
    public Value Returned { get; set; }
    public Random? Random => Options.Random;
    public Dictionary<string, int>? Cycles { get; set; }
    private int _callDepth;

    public void Reset(ScriptLimits limits, EvaluationOptions options, ScriptObject globals, ScriptTrace? trace)
    {
        (Limits, Options, Trace) = (limits, options, trace);
        Budget.Reset(limits);
        Output.Reset(Budget, options.WritesOutput);
        DateFormat = TextForm.DefaultDateFormat;
        Enter(globals);
    }

    /// <summary>Drops what belongs to the host before the evaluation is kept for the next one.</summary>
    public void Release()
    {
        Trace = null;
        Array.Clear(_scopes);
        Array.Clear(_stack, 0, _stackPeak);
        (_top, _stackPeak, _callDepth, ScopeCount) = (0, 0, 0, 0);
        (Locals, Arguments, Loop, WrappedBlock, Cycles, Returned) = (null, null, null, null, null, Value.Null);
    }

    public ScriptObject Current
    {
        get
        {
            var at = ScopeCount - 1;
            while (_scopes[at].IsLoop) at--;
            return _scopes[at].Object;
        }
    }

    public void Enter(ScriptObject scope, bool isLoop = false)
    {
        if (ScopeCount == _scopes.Length) Array.Resize(ref _scopes, ScopeCount * 2);
        _scopes[ScopeCount++] = new Scope(scope, isLoop);
    }

    public void Leave() => _scopes[--ScopeCount] = default;

    /// <summary>The current object first, then those around it, then the built-ins.</summary>
    public bool TryFind(string name, ref int hint, out Value value)
    {
        for (var i = ScopeCount - 1; i >= 0; i--)
        {
            if (_scopes[i].Object.TryGet(name, ref hint, out value)) return true;
        }

        return BuiltInFunctions.Root.TryGet(name, out value);
    }

    /// <summary>The object that an assignment to this name writes to.</summary>
    public ScriptObject TargetOf(string name)
    {
        for (var i = ScopeCount - 1; ; i--)
        {
            if (!_scopes[i].IsLoop || _scopes[i].Object.Contains(name)) return _scopes[i].Object;
        }
    }

    public int Top
    {
        get => _top;
        set => _top = value;
    }

    public void Push(Value value)
    {
        if (_top == _stack.Length) Array.Resize(ref _stack, _top * 2);
        _stack[_top++] = value;
        if (_top > _stackPeak) _stackPeak = _top;
    }

    public ReadOnlySpan<Value> From(int start) => _stack.AsSpan(start, _top - start);

    public void EnterCall(string name)
    {
        Budget.Step(1);
        if (++_callDepth > Limits.MaxCallDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new ScriptFault($"Exceeding number of recursive depth limit `{Limits.MaxCallDepth}` in `{name}`");
        }
    }

    public void LeaveCall() => _callDepth--;

    public string TextOf(Value value)
    {
        if (value.Text is { } text) return text;
        var written = TextForm.Of(value, DateFormat, Budget);
        Budget.ChargeText(written.Length);
        return written;
    }

    public void ReserveBig(long bits)
    {
        if (bits > Limits.MaxNumberBits) throw new ScriptFault($"The number is too large: more than {Limits.MaxNumberBits} bits");
        Budget.Charge(32 + bits / 8);
        Budget.Step(bits * bits >> 16);
    }
}
