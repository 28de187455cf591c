using System.Diagnostics;
using System.Text;

namespace PaymentEngine.Tests.Support.Processes;

/// <summary>What a child process writes, read as it comes: a pipe that nobody empties would stop the process.</summary>
public sealed class ProcessOutput
{
    private readonly StringBuilder _all = new();
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();

    public ProcessOutput(Process process)
    {
        process.OutputDataReceived += (_, line) => Note(line.Data, _output);
        process.ErrorDataReceived += (_, line) => Note(line.Data, _errors);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Output and errors in the order in which they came.</summary>
    public string All => Read(_all);

    public string Output => Read(_output);

    public string Errors => Read(_errors);

    private void Note(string? line, StringBuilder stream)
    {
        if (line is null)
        {
            return;
        }

        lock (_all)
        {
            stream.Append(line).Append('\n');
            _all.Append(line).Append('\n');
        }
    }

    private string Read(StringBuilder text)
    {
        lock (_all)
        {
            return text.ToString();
        }
    }
}
