using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using PaymentEngine.Core.Directory;

namespace PaymentEngine.Api.Http;

/// <summary>In which of the languages that we speak messages for the payer are told: what Accept-Language likes best.</summary>
internal static class PayerLanguage
{
    private const string Chinese = "zh";

    public static string Of(HttpRequest request)
    {
        var header = request.Headers.AcceptLanguage;
        if (header.Count == 0 || !StringWithQualityHeaderValue.TryParseList(header, out var wishes))
        {
            return ResultCodeTable.UsualLanguage;
        }

        var (chinese, english) = (0.0, 0.0);
        foreach (var wish in wishes)
        {
            var quality = wish.Quality ?? 1;
            if (Speaks(wish.Value, Chinese))
            {
                chinese = Math.Max(chinese, quality);
            }
            else if (Speaks(wish.Value, ResultCodeTable.UsualLanguage) || wish.Value == "*")
            {
                english = Math.Max(english, quality);
            }
        }

        return chinese > english ? Chinese : ResultCodeTable.UsualLanguage;
    }

    /// <summary>zh-Hant-HK is zh.</summary>
    private static bool Speaks(Microsoft.Extensions.Primitives.StringSegment wish, string language) =>
        wish.StartsWith(language, StringComparison.OrdinalIgnoreCase) && (wish.Length == language.Length || wish[language.Length] == '-');
}
