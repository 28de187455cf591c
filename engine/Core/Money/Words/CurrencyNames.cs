using System.Collections.Frozen;

namespace PaymentEngine.Core;

/// <summary>What currencies are called in words. One without a name here is called by its code.</summary>
internal static class CurrencyNames
{
    private static readonly FrozenDictionary<Currency, Names> All = new Dictionary<string, Names>
    {
        ["CNY"] = new("元", "Chinese yuan", "Chinese yuan"),
        ["HKD"] = new("港元", "Hong Kong dollar", "Hong Kong dollars"),
        ["MOP"] = new("澳门元", "Macanese pataca", "Macanese patacas"),
        ["TWD"] = new("新台币", "New Taiwan dollar", "New Taiwan dollars"),
        ["USD"] = new("美元", "US dollar", "US dollars"),
        ["EUR"] = new("欧元", "euro", "euros"),
        ["GBP"] = new("英镑", "pound sterling", "pounds sterling"),
        ["JPY"] = new("日元", "Japanese yen", "Japanese yen"),
        ["KRW"] = new("韩元", "South Korean won", "South Korean won"),
        ["SGD"] = new("新加坡元", "Singapore dollar", "Singapore dollars"),
        ["AUD"] = new("澳大利亚元", "Australian dollar", "Australian dollars"),
        ["NZD"] = new("新西兰元", "New Zealand dollar", "New Zealand dollars"),
        ["CAD"] = new("加拿大元", "Canadian dollar", "Canadian dollars"),
        ["CHF"] = new("瑞士法郎", "Swiss franc", "Swiss francs"),
        ["SEK"] = new("瑞典克朗", "Swedish krona", "Swedish kronor"),
        ["NOK"] = new("挪威克朗", "Norwegian krone", "Norwegian kroner"),
        ["DKK"] = new("丹麦克朗", "Danish krone", "Danish kroner"),
        ["RUB"] = new("俄罗斯卢布", "Russian rouble", "Russian roubles"),
        ["THB"] = new("泰铢", "Thai baht", "Thai baht"),
        ["MYR"] = new("马来西亚林吉特", "Malaysian ringgit", "Malaysian ringgit"),
        ["IDR"] = new("印度尼西亚卢比", "Indonesian rupiah", "Indonesian rupiah"),
        ["PHP"] = new("菲律宾比索", "Philippine peso", "Philippine pesos"),
        ["VND"] = new("越南盾", "Vietnamese dong", "Vietnamese dong"),
        ["INR"] = new("印度卢比", "Indian rupee", "Indian rupees"),
        ["AED"] = new("阿联酋迪拉姆", "UAE dirham", "UAE dirhams"),
        ["SAR"] = new("沙特里亚尔", "Saudi riyal", "Saudi riyals"),
        ["KWD"] = new("科威特第纳尔", "Kuwaiti dinar", "Kuwaiti dinars"),
        ["BHD"] = new("巴林第纳尔", "Bahraini dinar", "Bahraini dinars"),
        ["OMR"] = new("阿曼里亚尔", "Omani rial", "Omani rials"),
        ["JOD"] = new("约旦第纳尔", "Jordanian dinar", "Jordanian dinars"),
        ["BRL"] = new("巴西雷亚尔", "Brazilian real", "Brazilian reais"),
        ["MXN"] = new("墨西哥比索", "Mexican peso", "Mexican pesos"),
        ["ZAR"] = new("南非兰特", "South African rand", "South African rand"),
        ["TRY"] = new("土耳其里拉", "Turkish lira", "Turkish lira"),
        ["PLN"] = new("波兰兹罗提", "Polish zloty", "Polish zlotys"),
        ["CZK"] = new("捷克克朗", "Czech koruna", "Czech korunas"),
        ["HUF"] = new("匈牙利福林", "Hungarian forint", "Hungarian forints"),
        ["KZT"] = new("哈萨克斯坦坚戈", "Kazakhstani tenge", "Kazakhstani tenge"),
    }.ToFrozenDictionary(entry => Currency.Parse(entry.Key), entry => entry.Value);

    public static string Chinese(Currency currency) => All.TryGetValue(currency, out var names) ? names.Chinese : currency.Code;

    public static string English(Currency currency, bool isOne) =>
        !All.TryGetValue(currency, out var names) ? currency.Code : isOne ? names.One : names.Many;

    private sealed record Names(string Chinese, string One, string Many);
}
