#include "mail/message.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <stdexcept>

#include "base/text.hpp"
#include <array>

namespace mail {
namespace {

constexpr auto longest_address = std::size_t{254};
constexpr auto longest_name = std::size_t{120};
constexpr auto body_line = std::size_t{76}; // RFC 2045, 6.7 and 6.8
constexpr auto encoded_word =
    std::size_t{39}; // bytes that make 52 characters: "Subject: =?UTF-8?B?…?=" is below 76 (RFC 2047)

bool is_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

bool is_address_character(char c) {
    return is_letter_or_digit(c) || std::string_view("!#$%&'*+-/=?^_`{|}~.").find(c) != std::string_view::npos;
}

bool is_host_character(char c) { return is_letter_or_digit(c) || c == '-' || c == '.'; }

bool is_address(std::string_view text) {
    auto const at = text.find('@');
    if (at == 0 || at == text.npos || at + 1 == text.size() || text.size() > longest_address) return false;
    return std::ranges::all_of(text.substr(0, at), is_address_character) &&
           std::ranges::all_of(text.substr(at + 1), is_host_character);
}

std::string base64(std::string_view bytes) {
    auto text = std::string(sodium_base64_ENCODED_LEN(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
    sodium_bin2base64(text.data(), text.size(), reinterpret_cast<unsigned char const*>(bytes.data()), bytes.size(),
                      sodium_base64_VARIANT_ORIGINAL);
    text.pop_back(); // the NUL
    return text;
}

/// Words that need no quotes anywhere in a header.
bool is_plain(std::string_view text) {
    return text.size() <= encoded_word && !text.empty() && text.front() != ' ' && text.back() != ' ' &&
           std::ranges::all_of(text, [](char c) { return is_letter_or_digit(c) || c == ' '; });
}

bool continues_a_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

/// As much of `text` as fits an encoded word; RFC 2047 forbids to cut a character in two.
std::string_view front_word(std::string_view text) {
    auto size = std::min(text.size(), encoded_word);
    while (size < text.size() && size > 1 && continues_a_character(text[size]))
        --size;
    return text.substr(0, size);
}

std::string header_text(std::string_view text) {
    if (is_plain(text)) return std::string(text);
    auto words = std::string();
    for (auto rest = text; !rest.empty();) {
        auto const word = front_word(rest);
        words += fmt::format("{}=?UTF-8?B?{}?=", words.empty() ? "" : "\r\n ", base64(word));
        rest.remove_prefix(word.size());
    }
    return words;
}

std::string header_mailbox(Mailbox const& mailbox) {
    if (!is_address(mailbox.address)) throw std::logic_error("this can be no address of a mail");
    auto const address = "<" + mailbox.address + ">";
    return mailbox.name.empty() ? address : header_text(mailbox.name) + "\r\n " + address;
}

/// "Wed, 21 Oct 2026 08:15:00 +0000"
std::string header_date(base::Instant at) {
    constexpr auto days = std::to_array<std::string_view>({"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"});
    constexpr auto months = std::to_array<std::string_view>(
        {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"});
    auto const day = std::chrono::floor<std::chrono::days>(at);
    auto const date = std::chrono::year_month_day(day);
    auto const time = std::chrono::hh_mm_ss(std::chrono::floor<std::chrono::seconds>(at - day));
    return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} +0000", days[std::chrono::weekday(day).c_encoding()],
                       static_cast<unsigned>(date.day()), months[static_cast<unsigned>(date.month()) - 1],
                       static_cast<int>(date.year()), time.hours().count(), time.minutes().count(),
                       time.seconds().count());
}

std::string host_of(std::string const& address) { return address.substr(address.find('@') + 1); }

std::string header_id(std::string const& id, Mailbox const& from) {
    auto const plain = std::ranges::all_of(id, [](char c) { return is_letter_or_digit(c) || c == '-'; });
    if (id.empty() || !plain) throw std::logic_error("this can be no id of a mail");
    return fmt::format("<{}@{}>", id, host_of(from.address));
}

std::string with_crlf(std::string_view text) {
    auto lines = std::string();
    for (auto const c : text) {
        if (c == '\n') lines += '\r';
        lines += c;
    }
    return lines;
}

std::string body(std::string_view text) {
    auto const encoded = base64(with_crlf(text));
    auto lines = std::string();
    for (auto at = std::size_t{0}; at < encoded.size(); at += body_line) {
        lines += encoded.substr(at, body_line) + "\r\n";
    }
    return lines;
}

} // namespace

base::Result<Mailbox> parse_mailbox(std::string_view text) {
    auto mailbox = Mailbox{{}, std::string(text)};
    if (auto const open = text.find('<'); open != text.npos && text.ends_with('>')) {
        mailbox.address = text.substr(open + 1, text.size() - open - 2);
        auto name = base::clean_text(text.substr(0, open), {0, longest_name, false});
        if (!name) return base::fail(base::Fault::invalid, "bad_mailbox", "the name in it cannot be read");
        mailbox.name = *name;
        if (mailbox.name.size() >= 2 && mailbox.name.front() == '"' && mailbox.name.back() == '"') {
            mailbox.name = mailbox.name.substr(1, mailbox.name.size() - 2);
        }
    }
    if (!is_address(mailbox.address)) {
        return base::fail(base::Fault::invalid, "bad_mailbox",
                          "must look like citas@example.com or Apunta <citas@example.com>");
    }
    return mailbox;
}

std::string render(Message const& message, Mailbox const& from) {
    return fmt::format("Date: {}\r\nFrom: {}\r\nTo: {}\r\nSubject: {}\r\nMessage-ID: {}\r\n"
                       "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n"
                       "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n{}",
                       header_date(message.at), header_mailbox(from), header_mailbox(message.to),
                       header_text(message.subject), header_id(message.id, from), body(message.text));
}

} // namespace mail
