"""The numbers of lists as Word prints them: 1, a, iv, 一, 甲, ①."""

DIGITS = "〇一二三四五六七八九"
LEGAL = str.maketrans("〇一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"))
ROMAN_REST = ((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
HIGHEST = 9_999


def format_number(number: int, style: str) -> str:
    """Return a number in one of Word's formats; in figures where the format has none for it."""
    if not 0 <= number <= HIGHEST:
        return str(number)
    return FORMATS.get(style, str)(number)


def chinese(number: int) -> str:
    """Return 一, 十二, 二十, 一百零五."""
    words = in_full(number)
    return words[1:] if words.startswith("一十") else words


def legal(number: int) -> str:
    """Return 壹, 壹拾贰."""
    return in_full(number).translate(LEGAL)


def in_full(number: int) -> str:
    """Return 一, 一十二, 二十, 一百零五."""
    words, pending_zero = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            words += ("零" if pending_zero else "") + DIGITS[digit] + name
        pending_zero = bool(words) and not digit
    return words or DIGITS[0]


def letters(number: int) -> str:
    """Return a, b … z, aa, bb: Word repeats the letter."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number else "0"


def roman(number: int) -> str:
    """Return i, ii, iii, iv."""
    words = ""
    for amount, name in ROMAN + ROMAN_REST:
        times, number = divmod(number, amount)
        words += name * times
    return words


def circled(number: int) -> str:
    """Return ①…⑳."""
    return chr(0x245F + number) if 1 <= number <= 20 else str(number)


def cycled(signs: str):
    """Return a format that counts with these signs: 甲, 乙."""
    return lambda number: signs[number - 1] if 1 <= number <= len(signs) else str(number)


CHINESE = ("chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "japaneseCounting")
FORMATS = {
    **dict.fromkeys((*CHINESE, "taiwaneseCountingThousand", "ideographDigital"), chinese),
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), circled),
    "chineseLegalSimplified": legal,
    "lowerLetter": letters,
    "upperLetter": lambda number: letters(number).upper(),
    "lowerRoman": roman,
    "upperRoman": lambda number: roman(number).upper(),
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": lambda number: "".join(chr(0xFEE0 + ord(each)) for each in str(number)),
    "ideographTraditional": cycled(STEMS),
    "ideographZodiac": cycled(BRANCHES),
    "none": lambda number: "",
}
