#include "mail/message.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <stdexcept>

namespace mail {
namespace {

using testing::HasSubstr;
using testing::Not;

auto const at = base::parse_instant("2026-10-21T10:15:00+02:00").value();

Message message(std::string subject, std::string text = "Hola.\n") {
    return {"0198a000-0000-7000-8000-000000000000", {"", "ana@example.com"}, std::move(subject), std::move(text), at};
}

std::string render_plain(Message const& one) { return render(one, {"Apunta", "citas@salon.example"}); }

std::vector<std::string> lines(std::string const& text) {
    auto found = std::vector<std::string>();
    auto rest = std::string_view(text);
    for (auto end = rest.find("\r\n"); end != rest.npos; end = rest.find("\r\n")) {
        found.emplace_back(rest.substr(0, end));
        rest.remove_prefix(end + 2);
    }
    EXPECT_EQ(rest, "") << "the last line ends too";
    return found;
}

TEST(Mail, HasTheHeadersOfAMail) {
    auto const all = lines(render_plain(message("Hola")));
    EXPECT_THAT(
        all, testing::IsSupersetOf({"Date: Wed, 21 Oct 2026 08:15:00 +0000", "From: Apunta", " <citas@salon.example>",
                                    "To: <ana@example.com>", "Subject: Hola", "Auto-Submitted: auto-generated",
                                    "Message-ID: <0198a000-0000-7000-8000-000000000000@salon.example>",
                                    "Content-Transfer-Encoding: base64", "SG9sYS4NCg=="}));
}

TEST(Mail, EncodesWhatIsNotPlainInShortWordsOfWholeCharacters) {
    EXPECT_THAT(render_plain(message("Contraseña")), HasSubstr("Subject: =?UTF-8?B?Q29udHJhc2XDsWE=?=\r\n"));
    auto subject = std::string();
    for (auto i = 0; i < 60; ++i)
        subject += i % 2 == 0 ? "ñ" : "💇";
    for (auto const& line : lines(render_plain(message(subject)))) {
        EXPECT_LE(line.size(), 76U) << line;
    }
}

TEST(Mail, LetsNothingBeginAHeaderOrEndTheMessage) {
    auto const evil = std::string("Hola\r\nBcc: all@example.com\r\n\r\n.\r\nQUIT");
    auto one = message(evil, "Hola\r\n.\r\nQUIT\r\n");
    one.to.name = evil;
    auto const text = render(one, {evil, "citas@salon.example"});
    EXPECT_THAT(text, Not(HasSubstr("Bcc")));
    EXPECT_THAT(text, Not(HasSubstr("QUIT")));
    for (auto const& line : lines(text)) {
        EXPECT_NE(line, ".");
        EXPECT_EQ(line.find_first_of("\r\n"), line.npos);
    }
}

TEST(Mail, TakesNoAddressOrIdThatCouldDoSo) {
    for (auto const* address : {"ana@example.com\r\nBcc: b@example.com", "ana@example.com>", "a b@example.com", "ana",
                                "@example.com", "ana@", "ñ@example.com", "ana@example.com, eva@example.com"}) {
        auto one = message("Hola");
        one.to.address = address;
        EXPECT_THROW(render_plain(one), std::logic_error) << address;
    }
    auto one = message("Hola");
    one.id = "a\r\nBcc: b@example.com";
    EXPECT_THROW(render_plain(one), std::logic_error);
}

TEST(Mailbox, IsReadWithAndWithoutAName) {
    for (auto const* text : {"citas@example.com", "<citas@example.com>"}) {
        auto const mailbox = parse_mailbox(text).value();
        EXPECT_EQ(mailbox.name, "");
        EXPECT_EQ(mailbox.address, "citas@example.com");
    }
    EXPECT_EQ(parse_mailbox("Salón Ana <citas@example.com>").value().name, "Salón Ana");
    EXPECT_EQ(parse_mailbox("\"Ana, S. L.\" <citas@example.com>").value().name, "Ana, S. L.");
    for (auto const* text : {"", "Ana", "Ana <citas>", "citas@example.com, b@example.com", "<a@b.c> <d@e.f>"}) {
        EXPECT_FALSE(parse_mailbox(text)) << text;
    }
}

} // namespace
} // namespace mail
