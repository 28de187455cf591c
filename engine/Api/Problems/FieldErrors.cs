namespace PaymentEngine.Api.Problems;

/// <summary>Gathers what is wrong with the fields of one request, so that all of it can be told at once.</summary>
internal sealed class FieldErrors
{
    /// <summary>A body of nonsense must not be answered with a longer one.</summary>
    private const int Maximum = 20;

    private List<FieldError>? _errors;

    public bool Any => _errors is not null;

    public void Add(string field, string code, string message)
    {
        _errors ??= [];
        if (_errors.Count < Maximum)
        {
            _errors.Add(new FieldError(field, code, message));
        }
    }

    public Problem ToProblem() => Problem.Of(ProblemCodes.InvalidRequest, errors: _errors);
}
