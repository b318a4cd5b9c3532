import EventFormats
import Testing

/// A text can never end what it was put into.
struct HTMLWriterTests {
    @Test(arguments: [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("a & b &amp; c", "a &amp; b &amp;amp; c"),
        ("\" onload=\"x", "\" onload=\"x"),
        ("]]>", "]]&gt;"),
        ("bell\u{7}, escape\u{1B}, NUL\u{0}, delete\u{7F}, C1\u{85}\u{9F}", "bell, escape, NUL, delete, C1"),
        ("tab\tline\r\nend", "tab\tline\n\nend"),
        ("Zürich 東京 🎉 a\u{200D}b \u{200F}שלום", "Zürich 東京 🎉 a\u{200D}b \u{200F}שלום"),
        ("\u{202E}evil\u{2066} \u{202A}x\u{202C} – à", "evil x – à"),
        ("\u{FFFE}\u{FFFF}\u{FFFD}", "\u{FFFD}"),
        ("", ""),
    ])
    func textStaysText(text: String, expected: String) {
        var html = HTMLWriter()
        html.text(text)
        #expect(String(decoding: html.bytes, as: UTF8.self) == expected)
    }

    @Test(arguments: [
        ("\" onload=\"x", "&quot; onload=&quot;x"),
        ("' onload='x", "&#39; onload=&#39;x"),
        ("><script>", "&gt;&lt;script&gt;"),
        ("a\u{0}b", "ab"),
    ])
    func attributeStaysInItsQuotes(value: String, expected: String) {
        var html = HTMLWriter()
        html.attribute("lang", value)
        #expect(String(decoding: html.bytes, as: UTF8.self) == " lang=\"\(expected)\"")
    }

    @Test func addressesAreEscapedToo() throws {
        var html = HTMLWriter()
        html.href(try #require(HTMLLink("https://example.org/?a=1&b='x'")))
        html.href(fragment: "\"><b>")
        #expect(
            String(decoding: html.bytes, as: UTF8.self)
                == " href=\"https://example.org/?a=1&amp;b=&#39;x&#39;\" href=\"#&quot;&gt;&lt;b&gt;\"")
    }
}

/// Only addresses that are what they look like become links.
struct HTMLLinkTests {
    @Test(arguments: [
        ("https://example.org/a?b=c#d", "example.org"), ("HTTP://example.org", "example.org"),
        ("https://[2001:db8::1]:8443/", "[2001:db8::1]:8443"), ("https://zürich.example/ü", "zürich.example"),
        ("https://example.org:8443/x", "example.org"),
    ])
    func webAddressesAreLinks(url: String, host: String) throws {
        let link = try #require(HTMLLink(url))
        #expect(link.url == url)
        #expect(link.host == host)
    }

    @Test func mailAddressesAreLinksWithoutHost() throws {
        #expect(try #require(HTMLLink("mailto:desk@example.org")).host == nil)
    }

    @Test(arguments: [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", " javascript:alert(1)",
        "data:text/html,<script>", "vbscript:x", "file:///etc/passwd", "//example.org", "/relative", "", ":", "https:",
        "https://", "https:///path", "https:\\\\example.org", "https://good.example@evil.example/",
        "https://example.org/\" onclick=\"x", "https://example.org/<b>", "https://example.org/a b",
        "https://example.org/\u{202E}gpj.exe", "https://exa\u{200B}mple.org/", "https://example.org/\u{0}",
        "https://example.org/\u{85}", "mailto:", "mailto:nobody", "ftp://example.org/", "webcal://example.org/",
    ])
    func everythingElseStaysText(url: String) {
        #expect(HTMLLink(url) == nil)
    }

    @Test func endlessAddressesStayText() {
        #expect(HTMLLink("https://example.org/" + String(repeating: "a", count: HTMLLink.maximumLength)) == nil)
    }
}
