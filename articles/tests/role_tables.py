"""What each role may do with tables, addresses of the desk and the workflow: the house's rules."""

import re
from collections.abc import Iterator

from django.conf import settings
from django.urls import URLResolver, get_resolver, reverse

from articles.models import Status

REPORTER, EDITOR, HEAD, DUTY, CHIEF = "记者", "责任编辑", "部门主任", "值班编委", "值班总编"
ROLES = [REPORTER, EDITOR, HEAD, DUTY, CHIEF, "校对", "管理员", "审计员"]
NOBODY = ["超级用户", "没有角色"]

# Who may take each step.
WHO = {
    "submit": {REPORTER, EDITOR, HEAD, DUTY, CHIEF},
    "pass_first": {EDITOR, HEAD},
    "pass_second": {HEAD, DUTY},
    "sign": {DUTY, CHIEF},
    "return": {EDITOR, HEAD, DUTY, CHIEF},
    "hold": {EDITOR, HEAD, DUTY, CHIEF},
    "spike": {DUTY, CHIEF},
    "withdraw": {DUTY, CHIEF},
}

# Where each step leads from what; from anything else it is refused.
LEADS = {
    "submit": dict.fromkeys(["draft", "held", "withdrawn"], "first_review"),
    "pass_first": {"first_review": "second_review"},
    "pass_second": {"second_review": "final_review"},
    "sign": {"final_review": "signed"},
    "return": dict.fromkeys(
        ["first_review", "second_review", "final_review", "signed", "held", "spiked"], "draft"
    ),
    "hold": dict.fromkeys(
        ["draft", "first_review", "second_review", "final_review", "signed"], "held"
    ),
    "spike": dict.fromkeys(
        ["draft", "first_review", "second_review", "final_review", "held"], "spiked"
    ),
    "withdraw": {"published": "withdrawn"},
}
STATES = [*Status.values, "published"]

# What each role may do with a table: view, add, change, delete.
REPORTER_TABLES = {
    "article": "vac",
    "photo": "vac",
    "issue": "v",
    "page": "v",
    "column": "v",
    "contributor": "v",
    "protectedname": "",
    "tag": "v",
    "masthead": "",
    "member": "",
    "group": "",
    "pointrate": "",
    "noticesettings": "",
    "ledgerentry": "",
    "logentry": "",
    "oldaddress": "",
    "missedaddress": "",
}
EDITOR_TABLES = REPORTER_TABLES | {
    "issue": "vac",
    "page": "vd",
    "column": "vac",
    "contributor": "vac",
    "protectedname": "vac",
    "tag": "vac",
}
DUTY_TABLES = EDITOR_TABLES | {"issue": "vacd"}
MATRIX = {
    "记者": REPORTER_TABLES,
    "责任编辑": EDITOR_TABLES,
    "部门主任": EDITOR_TABLES | {"pointrate": "v"},
    "值班编委": DUTY_TABLES,
    "值班总编": DUTY_TABLES
    | {"pointrate": "vacd", "protectedname": "vacd", "oldaddress": "vacd", "missedaddress": "v"},
    "校对": REPORTER_TABLES | {"article": "vc", "photo": "v"},
    "管理员": dict.fromkeys(REPORTER_TABLES, "")
    | {"masthead": "vac", "member": "vac", "group": "vacd", "noticesettings": "v"}
    | {"oldaddress": "vacd", "missedaddress": "v"},
    "审计员": dict.fromkeys(REPORTER_TABLES, "") | {"ledgerentry": "v", "logentry": "v"},
}
READERS = {"责任编辑", "部门主任", "值班编委", "值班总编"}
DUTY_CHIEFS = {"值班编委", "值班总编"}

DESK, NO_ROLE = {*ROLES}, set()
PAPER = DESK - {"管理员", "审计员"}
# Who gets a page at an address that is not of a table and an action, as those below are.
OWN = {
    "preview_new": PAPER,
    "preview": PAPER,
    "preview_issue": PAPER,
    "read_next": PAPER,
    "read_article": PAPER,
    "admin:index": DESK,
    "admin:tonight": DESK,
    "admin:changes": PAPER,
    "admin:app_list": DESK,
    "admin:search": DESK,
    "admin:jsi18n": DESK,
    "admin:password_change": DESK,
    "admin:my_notices": DESK,
    "admin:my_log_ins": DESK,
    "admin:my_second_factor": DESK,
    "admin:second_factor_app": DESK,
    "admin:second_factor_remove": DESK,
    "admin:passkey_add": DESK,
    "admin:password_change_done": DESK,
    "admin:articles_article_compare": PAPER,
    "admin:articles_article_notes": PAPER,
    "admin:articles_article_wechat": READERS,
    "admin:articles_article_suggestions": PAPER,
    "admin:articles_review_sheet": PAPER,
    "admin:articles_photo_choices": PAPER,
    "admin:articles_photo_tray": PAPER - {"校对"},
    "admin:articles_issue_board": PAPER,
    "admin:articles_issue_previews": READERS,
    "admin:articles_issue_release": DUTY_CHIEFS,
    "admin:articles_page_zones": READERS,
    "admin:auth_user_password_change": {"管理员"},
    "admin:articles_member_departure": {"管理员"},
    "admin:articles_member_log_ins": {"管理员"},
    "admin:articles_member_second_factor": {"管理员"},
    "admin:articles_pointrate_month": {"部门主任", "值班总编"},
}
WRITERS = {"记者"} | READERS
RAW_PAGES = dict.fromkeys(("changelist", "add", "change", "history", "source"), WRITERS)
DOCUMENTS = dict.fromkeys(("changelist", "add", "change", "history", "review"), WRITERS)
REVIEWS = {"changelist": {"部门主任", "审计员"} | DUTY_CHIEFS, "add": NO_ROLE, "delete": NO_ROLE}
# These take a form, and nothing else, from whom the tables above and their own tests say.
POST_ONLY = {
    "admin:logout",
    "admin:looked",
    "admin:articles_issue_plan",
    "admin:articles_article_move",
    "admin:articles_article_dismiss",
    "admin:articles_article_duplicate",
    "admin:articles_article_discard",
    "admin:articles_article_take_out",
    "admin:articles_article_restore",
    "admin:articles_photo_upload",
    "admin:articles_photo_facts",
    "admin:autosave_keep",
    "admin:autosave_offers",
    "admin:autosave_discard",
    "admin:autosave_login",
}
# The login and its token are for strangers; the others lead on, as their rows allow.
OPEN = {
    "admin:login",
    "admin:autosave_token",
    "admin:articles_photo_thumbnail",
    "admin:view_on_site",
    "admin:autocomplete",
    "admin:next_board",
    "admin:",
    "admin:articles_review_history",
    "admin:articles_review_change",
    "admin:passkey_remove",  # of its owner
    "admin:articles_page_picture",  # of whoever may view pages
    "admin:articles_sourcedocument_picture",  # of whoever uploaded the document
}
ACTIONS = {"changelist": "v", "change": "v", "history": "v", "add": "a", "delete": "d"}


def patterns(resolver: URLResolver, path="", space="") -> Iterator[tuple[str, str]]:
    """Give the name and the pattern of every address below a resolver."""
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            inner = f"{space}{each.namespace}:" if each.namespace else space
            yield from patterns(each, path + str(each.pattern), inner)
        else:
            yield f"{space}{each.name or ''}", path + str(each.pattern)


def desk_patterns() -> dict[str, str]:
    """Return the name and the pattern of every address of the desk."""
    found = dict(patterns(get_resolver()))
    return {name: path for name, path in found.items() if path.startswith("admin/")}


def allowed_roles(name: str) -> set[str] | None:
    """Return who gets a page at an address; None where no row says it."""
    if name in OWN:
        return OWN[name]
    found = re.fullmatch(r"admin:[a-z]+_([a-z]+)_([a-z]+)", name)
    if found and found[1] == "review":
        return REVIEWS.get(found[2])
    if found and found[1] == "rawpage":
        return (RAW_PAGES | {"delete": NO_ROLE}).get(found[2])
    if found and found[1] == "sourcedocument":
        return (DOCUMENTS | {"delete": NO_ROLE, "file": PAPER}).get(found[2])
    if found and found[1] in MATRIX["记者"] and found[2] in ACTIONS:
        return {role for role in ROLES if ACTIONS[found[2]] in MATRIX[role][found[1]]}
    return None


def desk_url(name: str, path: str, rows) -> str:
    """Return an address of a row that is there."""
    if name == "admin:app_list":
        return reverse(name, args=["articles"])
    if name.endswith("_compare"):
        return reverse(name, args=[rows["article"].pk]) + "?from=1&to=1"
    table = next((table for table in rows if f"/{table}/" in path), "article")
    return reverse(name, args=[rows[table].pk] * path.count("<"))


READING = {"first_review": "pass_first", "second_review": "pass_second", "final_review": "sign"}
SIGNERS = WHO["sign"]
STAGES = [*READING]
STAFF = [
    "记者",
    "责任编辑",
    "责任编辑",
    "部门主任",
    "部门主任",
    "值班编委",
    "值班总编",
    "校对",
    "管理员",
    "超级用户",
]


class Expected:
    """What the procedure must make of one article, by the letter of the house's rules."""

    def __init__(self, writer: int):
        self.status = "draft"
        self.version = 1
        self.first = self.last = writer
        self.read_by: dict[str, int] = {}

    def bars_reader(self, person: int) -> bool:
        return person in (self.first, self.last, *self.read_by.values())

    def moved(self, name: str, person: int, target: str):
        self.read_by |= {self.status: person}
        if name not in READING.values():
            self.read_by = {}
        self.status = target

    def rewritten(self, person: int, *, is_public: bool):
        self.version += 1
        if is_public:
            self.read_by = {}
        elif self.status not in (*STAGES, "signed"):
            self.last = person
        elif settings.REVIEW_RULES == "strict":
            self.last = person
            self.go_back_to("first_review")
        elif STAFF[person] not in WHO[READING.get(self.status, "sign")] or person in (
            self.first,
            self.last,
        ):
            self.go_back_to("first_review")
        elif self.status in ("final_review", "signed"):
            self.go_back_to("second_review")
        if is_public and settings.REVIEW_RULES == "strict":
            self.last = person

    def go_back_to(self, stage: str):
        self.status = stage
        before = STAGES[: STAGES.index(stage)]
        self.read_by = {at: who for at, who in self.read_by.items() if at in before}
