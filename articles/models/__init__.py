"""The models of the paper, one file each; PreviewLink stands with Release. README.md: new fields.

Masthead 报头     the imprint of the paper, dated
Issue 期          the paper of one date
Page 版           one printed page of an issue
Article 稿件      one editorial item on a page
Byline 署名       a role and a printed name on an article
Contributor 作者  whose bylines and photos are listed on one page
Column 栏目       a standing column
Photo 图片        a picture in the library
Caption 图说      a photo as used with one article
Tagging 标签      one tag on one article
Member 成员       an account of the desk; with it NoticeSettings 提醒: how its member is told
PointRate 稿分标准  what a signature is worth in the month sheet
Note 批注         a remark of a colleague on an article; for the desk alone
Revision 版本     an immutable numbered snapshot of an article's words
Review 审签       who moved which revision from which status to which, when and why
Correction 更正   a dated public notice on a published article
Finding 存疑      a doubtful spot that reading a page in found in an article
WorkingCopy 未保存稿  what one editor has typed and not yet saved
Release 发布      an issue released or recalled: who, when, for which minute
PreviewLink 预览链接  lets somebody without an account read an unreleased issue
SourceDocument 原稿  the Word file or text that an article was imported from, byte for byte
OldAddress 旧地址  where an address of an earlier site leads; MissedAddress: asked for in vain
ProtectedName 繁体用名  a name that traditional characters write as the desk says
SearchEntry 检索条目  what the search keeps of an article; with it SearchTerm, SearchYear
ListEntry 列表项, ListYear  what the lists of readers are read from: online/list_entry.py
AuthenticatorApp 验证器, Passkey 通行密钥, RecoveryCode 恢复码  besides the password
RawPage 版面原文  the text of a printed page as it came in, and its reading
Facsimile 版面图  the printed page as picture and as PDF
Zone 热区         a polygon on a facsimile that opens an article
LedgerEntry 台账  what happened, each entry bound to the one before; LedgerHead: the last one
LoginCounter 登录计数  how often a log-in failed, by account, address or device
LoginSession 登录  one browser in which a member is logged in
PublicChange 公开变动  what readers see has changed, counted by part of the site
"""

from .article import METADATA_FIELDS, Article
from .article_choices import Genre, Rank, Status
from .byline import Byline
from .caption import Caption
from .column import Column
from .contributor import Contributor
from .correction import Correction
from .finding import Finding
from .issue import Issue
from .ledger.entry import LedgerEntry, LedgerHead, LedgerKind
from .logins.login_counter import LoginCounter
from .logins.login_session import LoginSession
from .logins.second_factor import AuthenticatorApp, Passkey, RecoveryCode
from .masthead import Masthead
from .member import Channel, Member, NoticeSettings
from .note import Note
from .online.list_entry import ListEntry, ListKind, ListYear
from .online.old_address import MissedAddress, OldAddress
from .online.public_change import PublicChange
from .online.search_entry import SearchBuild, SearchEntry, SearchTerm, SearchYear
from .page import Page
from .photo import Generated, Photo
from .point_rate import PointRate
from .printed.facsimile import AfterWithdrawal, Facsimile
from .printed.zone import Zone
from .protected_name import ProtectedName
from .raw_page import RawPage
from .release import PreviewLink, Release, ReleaseAction
from .review import Review
from .revision import Change, Revision
from .source_document import SourceDocument
from .tagging import Tagging
from .working_copy import WorkingCopy

__all__ = [
    "METADATA_FIELDS",
    "ReleaseAction",
    "AfterWithdrawal",
    "Article",
    "AuthenticatorApp",
    "Byline",
    "Caption",
    "Change",
    "Channel",
    "Column",
    "Contributor",
    "Correction",
    "Facsimile",
    "Finding",
    "Generated",
    "Genre",
    "Issue",
    "LedgerEntry",
    "LedgerHead",
    "LedgerKind",
    "ListEntry",
    "ListKind",
    "ListYear",
    "LoginCounter",
    "LoginSession",
    "Masthead",
    "Member",
    "MissedAddress",
    "Note",
    "NoticeSettings",
    "OldAddress",
    "Page",
    "Passkey",
    "Photo",
    "PointRate",
    "PreviewLink",
    "Rank",
    "ProtectedName",
    "PublicChange",
    "RawPage",
    "RecoveryCode",
    "Release",
    "Review",
    "Revision",
    "SearchBuild",
    "SearchEntry",
    "SearchTerm",
    "SearchYear",
    "SourceDocument",
    "Status",
    "Tagging",
    "WorkingCopy",
    "Zone",
]
