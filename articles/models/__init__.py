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
ProtectedName 繁体用名  a name that traditional characters write as the desk says
RawPage 版面原文  the text of a printed page as it came in, and its reading
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
from .masthead import Masthead
from .member import Channel, Member, NoticeSettings
from .note import Note
from .page import Page
from .photo import Generated, Photo
from .point_rate import PointRate
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
    "Article",
    "Byline",
    "Caption",
    "Change",
    "Channel",
    "Column",
    "Contributor",
    "Correction",
    "Finding",
    "Generated",
    "Genre",
    "Issue",
    "Masthead",
    "Member",
    "Note",
    "NoticeSettings",
    "Page",
    "Photo",
    "PointRate",
    "PreviewLink",
    "Rank",
    "ProtectedName",
    "RawPage",
    "Release",
    "Review",
    "Revision",
    "SourceDocument",
    "Status",
    "Tagging",
    "WorkingCopy",
]
