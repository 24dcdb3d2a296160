"""Weights of the conditional random field that are set by hand: features and transitions.

K kicker 引题 · T headline 主题 · D deck 副题 · S subhead 小标题 or summary 提要
P paragraph 段落 · C continuation of the line above 续
They hold without any archive; weights learnt from an archive (learnt.json) replace them.
"""

# Label → the scores of the label of the next line, by the ending of the line; `*` is any ending
# that is not named.
TRANSITIONS = {
    "*": {
        "K": "K-1 T+2 D-8 S-8 P-5 C-8",
        "T": "K-5 T-5 D+0 S-1 P+1 C-6",
        "D": "K-4 T-4 D-1 S-1 P+1 C-5",
        "S": "K-3 T-3 D-8 S-2 P+2 C-3",
        "P": "K-4 T-3 D-9 S-4 P-4 C+3",
        "C": "K-4 T-3 D-9 S-4 P-4 C+3",
    },
    "stop": {"P": "K-1 T+0 D-9 S-1 P+2 C-3", "C": "K-1 T+0 D-9 S-1 P+2 C-3"},
    "colon": {"P": "K-2 T-2 D-9 S-1 P+2 C-4", "C": "K-2 T-2 D-9 S-1 P+2 C-4"},
    "paren": {"P": "K+0 T+0 D-9 S-1 P+1 C+1", "C": "K+0 T+0 D-9 S-1 P+1 C+1"},
}

# Transitions that are impossible, whatever an archive teaches. A deck is under a headline or
# another deck, a kicker over a headline or another kicker. A subhead leads on to copy, never to a
# heading stacked under it. A heading does not go on in copy.
ALWAYS = "KSPC>D K>SPC"
FORBIDDEN_TRANSITIONS = {
    "apart": ALWAYS,
    "stacked": f"{ALWAYS} S>KTD",
    "over copy": f"{ALWAYS} TD>C",
}

FEATURES = {
    # The line alone
    "bias": "P+1 C+0 K-1 D-1 S-1",
    "end=stop": "P+2 C+2 K-3 T-2 D-2 S-3",
    "end=pause": "P+1 C+1 K-4 T-4 D-4 S-4",
    "end=colon": "P+1 C+1 K-2 T-2 D-2 S-1",
    "end=dash": "K+4 T-1 D-2 S-1",
    "inner-stop": "P+2 C+2 K-4 T-4 D-3 S-4",
    "inner-semicolon": "P+1 C+1 T-2 K-2 S-2",
    "short-commas=0-none": "T+2 K+1 D+1 S+2",
    "short-commas=1-none": "T+0 D+0 K+0",
    "short-commas=2-none": "T-2 K-1 D-1 S-1",
    "has-space": "T+1 K+1 D+1 S+0 C-1",
    "left-open": "P+1 C+1 T-3 K-3 S-3 D-3",
    "closes-unopened": "C+4 P-3 T-4 K-4 S-4 D-4",
    "starts-dash": "D+5 T-3 K-2 S-2",
    "opens-with-time": "P+4 T-2 K-3 S-2 D-2",
    "starts-particle": "C+3 T-2 K-2 S-2 P-2 D-2",
    "column-suffix": "T+3",
    "quoted": "S+2 T+1",
    "notice": "T+4 S-3 C-2 P-2",
    "sidebar": "T+4 S-1 C-4 P-3",
    "rubric": "K+5 T+4 S-3 C-4 P-3",
    "numbered": "S+1 P+1 C-2",
    "indented": "P+4 C-9",
    "lead": "P+6 C-2 T-4 K-4 S-4 D-4",
    **{f"len={n}": "P-2 C-1 T-1 S+1" for n in (0, 1)},
    **{f"len={n}": "P-1 C-0 T+1 K+1 S+1" for n in (2, 3, 4, 5, 6)},
    **{f"len={n}": "T+0 D+0 K+0 S-1" for n in (7, 8, 9)},
    **{f"len={n}": "T-3 K-4 D-2 S-4" for n in (10, 11, 12)},
    **{f"len={n}": "T-8 K-8 D-6 S-6 P+1 C+1" for n in (13, 14, 15)},
    # The line and its neighbours
    "first": "T+3 K+2 C-6 P-1 S-4 D-9",
    "gap": "T+3 K+2 C-4 S-2 D-2",
    "next-lead": "T+4 D+2 S-5 P-2 C-2",
    "next-repeats": "T+3 K+1 P-2 C-2",
    "lead-in=2": "K+2 T+2",
    "ends-function": "P+1 C+1 T-2 K-2 S-2",
    "next-particle": "P+1 C+1 T-2 K-2 S-2",
    "next-closes-unopened": "P+1 C+1 T-2 K-2 S-2",
    "tail-next": "P+3 C+2 T-2 S-2 K-2 D-2",
    "carried": "C+5 P-4 T-4 K-4 S-4 D-4",
    "carried-again": "P+3 C-6",
    "prev-ends-function": "C+2 T-3 K-3 S-3",
    "under-dash": "T+2 K-3",
    "seam-above=word": "C+2 P-1 T-1 S-1",
    "seam-below=word": "P+1 C+1 T-2 S-2 K-2 D-2",
    "seam-above=digit-digit": "C+3 T-2 S-2 P-2",
    "seam-below=digit-digit": "P+1 C+1 T-3 S-3",
    "run=0/1": "S+1 K-4 D-4",
    "run=0/2": "K+1 T+1 D-3",
    "run=1/2": "T+1 D+1 K-3",
    "run=0/3": "K+2",
    "run=1/3": "T+2",
    "run=2/3": "D+1",
    "echo-below=0": "T-1",
    "echo-below=3": "T+1",
    "echo-below=4": "T+2",
    "echo-below=5": "T+3",
    "echo-above=3": "S+1 T-1",
    "echo-above=4": "S+1 T-1",
    **{f"near={n}": "T+2 K+2 S-1" for n in (0, 1)},
    **{f"near={n}": "T+1 K+1" for n in (2, 3)},
    **{f"near={n}": "S+1 T-1 K-1" for n in (7, 8)},
    "near=9": "S+2 T-2 K-2",
    "sister-up=same-none": "S+1",
    "sister-down=same-none": "S+1",
    "parallel": "S+4 T-3 K-3 P-1",
    # A line over or under another of the same stack
    "over-part=speaks": "K+2 T-1",
    "over-part=noun": "K+1",
    "over-part=guest": "T+2 K-2",
    "under-part=guest": "D+2 T-1",
    "over-part=bracket": "T+3 K-3",
    "under-part=bracket": "D+3 T-2",
    "over-counts=11": "T+1 K-1",
    "under-counts=11": "D+1",
    "over-clauses=deed/sentence": "K+1",
    "over-clauses=sentence/deed": "T+1",
    "under-clauses=sentence/deed": "D+1",
    # The kind of the fixed line just above or below
    "above=credit": "T+4 K+2 S-3 C-2 D-6",
    "above=byline": "P+5 T-6 K-6 D-6 S+1 C-4",
    "above=source": "T+4 K+3 S-4 C-4 P-1",
    "above=signoff": "T+4 K+3 S-4 C-6 P-1",
    "above=verse": "T+4 K+2 C-6 P-2",
    "above=note": "T+3 K+2 C-1",
    "above=jump-to": "T+3 K+2 C-2",
    "above=caption": "T+1 P+1",
    "above=furniture": "T+3 K+2 C-3",
    "above=editors": "T+3 K+2 C-3",
    "below=byline": "T+4 D+2 K-2 S-4 P-1 C-1",
    "below=source": "T-3 K-3 S-2",
    "below=jump-to": "P+2 C+2 T-5 K-5 S-5",
    "below=pointer": "T+5 K-5 P-3 C-3",
    "below=verse": "T+3",
    "below=caption": "T+2",
}
