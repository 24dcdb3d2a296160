"""What a paper is: one file per noun.

Masthead 报头     the paper's own facts, dated
Issue 期          the paper of one date
Page 版           one printed page of an issue
Article 稿件      one editorial item on a page
Byline 署名       a role and a printed name on an article
Contributor 作者  whose bylines and photos are gathered on one page
Column 栏目       a standing column
Photo 图片        a picture in the library
Caption 图说      a photo as used with one article
Tagging 标签      one tag on one article
Member 成员       an account of the desk
Revision 版本     an immutable numbered snapshot of an article's words
Review 审签       who moved which revision from which status to which, when and why
Correction 更正   a dated public notice on a published article
WorkingCopy 未保存稿  what one editor has typed and not yet saved
Release 发布      an issue let out, or called back: who, when, for which minute
PreviewLink 预览链接  lets somebody without an account read an unreleased issue
RawPage 版面原文  the text of a printed page as it came in, and its reading
"""

from .article import Article, Genre, Rank, Status
from .byline import Byline
from .caption import Caption
from .column import Column
from .contributor import Contributor
from .correction import Correction
from .issue import Issue
from .masthead import Masthead
from .member import Member
from .page import Page
from .photo import Photo
from .preview_link import PreviewLink
from .raw_page import RawPage
from .release import Act, Release
from .review import Review
from .revision import Change, Revision
from .tagging import Tagging
from .working_copy import WorkingCopy

__all__ = [
    "Act",
    "Article",
    "Byline",
    "Caption",
    "Change",
    "Column",
    "Contributor",
    "Correction",
    "Genre",
    "Issue",
    "Masthead",
    "Member",
    "Page",
    "Photo",
    "PreviewLink",
    "Rank",
    "RawPage",
    "Release",
    "Review",
    "Revision",
    "Status",
    "Tagging",
    "WorkingCopy",
]
