"""What a browser is, in two words, from what it says of itself."""

import re

# The first that is found counts: nearly all of them say that they are Chrome and Safari, too.
BROWSERS = [
    (r"MicroMessenger", "微信"),
    (r"DingTalk", "钉钉"),
    (r"Edg(?:e|A|iOS)?/", "Edge"),
    (r"OPR/|Opera", "Opera"),
    (r"QQBrowser", "QQ"),
    (r"UCBrowser", "UC"),
    (r"HuaweiBrowser", "Huawei"),
    (r"SamsungBrowser", "Samsung"),
    (r"Firefox/|FxiOS/", "Firefox"),
    (r"Chrom(?:e|ium)/|CriOS/", "Chrome"),
    (r"Version/\S+ .*Safari/", "Safari"),
]
SYSTEMS = [
    (r"OpenHarmony|HarmonyOS", "HarmonyOS"),
    (r"iPad", "iPad"),
    (r"iPhone", "iPhone"),
    (r"Android", "Android"),
    (r"Windows", "Windows"),
    (r"Mac OS X|Macintosh", "Mac"),
    (r"CrOS", "ChromeOS"),
    (r"Linux|X11", "Linux"),
]


def describe(user_agent: str) -> str:
    """Return the browser and its system, such as Chrome · Windows; empty where neither is known."""
    found = [_first(known, user_agent[:1000]) for known in (BROWSERS, SYSTEMS)]
    return " · ".join(filter(None, found))


def _first(known: list[tuple[str, str]], user_agent: str) -> str:
    return next((name for pattern, name in known if re.search(pattern, user_agent)), "")
