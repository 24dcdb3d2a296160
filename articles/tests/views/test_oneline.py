from django.template import engines


def render(source: str, **context) -> str:
    return engines["django"].from_string("{% load paper %}" + source).render(context)


def test_line_breaks_and_indentation_of_the_template_are_not_sent():
    source = "{% oneline %}\n<p>\n  {% if yes %}\n    一{% endif %}\n</p>\n{% endoneline %}\n"
    assert render(source, yes=True) == "<p>一</p>\n"


def test_a_space_that_is_written_stays():
    assert render('{% oneline %}\n<b>一</b>{{ " " }}\n　<i>二 三</i>{% endoneline %}') == (
        "<b>一</b> 　<i>二 三</i>"
    )


def test_what_a_variable_holds_stays_as_it_is():
    assert render("{% oneline %}\n{{ words }}\n{% endoneline %}", words="一\n  二") == "一\n  二"
