using System.Text;
using PaymentEngine.ScribanCli;

// The door for outside corpora: one JSON object per line in, one per line out, in the same order.
var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
using var input = new StreamReader(Console.OpenStandardInput(), utf8);
using var output = new StreamWriter(Console.OpenStandardOutput(), utf8) { AutoFlush = true };
while (await input.ReadLineAsync() is { } line)
{
    if (line.Length > 0) await output.WriteLineAsync(Answering.Answer(line));
}
