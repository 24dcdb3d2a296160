"""Names that stand in the text: back issues have no other bylines."""

import pytest

from articles.traditional.conversion import converter_for
from articles.traditional.page_html import convert_page
from articles.traditional.printed_names import printed_names

PRINTED = {
    "<p>新华社北京9月30日电（记者于洋、万宇）后来</p>": {"于洋", "万宇"},
    "<p>（本报记者张文、杨文明、朱磊采访整理）</p>": {"张文", "杨文明", "朱磊"},
    "<p>（新华社北京10月1日电 参与记者：徐静、岳东兴）</p>": {"徐静", "岳东兴"},
    "<p>本报记者\u3000余建斌\u3000谷\u3000里</p>": {"余建斌", "谷\u3000里"},
    "<p>郑\u00a0\u00a0鹏摄（影像中国）</p>": {"郑\u00a0\u00a0鹏"},
    "<p>本版摄影：史家民 版式设计：沈亦伶</p>": {"史家民", "沈亦伶"},
    "<p>（记者阿布都·热合曼）</p>": {"阿布都·热合曼"},
    "<p>昨天，记者发现，后来有了发展。</p>": set(),
    "<p>记者从有关部门了解到，工程后天开工。</p>": set(),
    "<p>（见右图）</p>": set(),
}


@pytest.mark.parametrize("html", PRINTED)
def test_names_are_found_where_they_are_printed_as_names(html):
    assert printed_names(html) == PRINTED[html]


def test_they_stay_where_words_around_them_are_converted():
    html = "<p>（记者于洋、万里）后来，由于洋流变化，万里长江发展。</p><p>郑\u00a0\u00a0谷摄</p>"
    names = {name: name for name in printed_names(html)}
    found = convert_page(html, converter_for(html, names, set(names)))
    assert found == (
        "<p>（記者于洋、万里）後來，由於洋流變化，萬里長江發展。</p><p>郑\u00a0\u00a0谷攝</p>"
    )
