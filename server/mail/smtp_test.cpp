#include "mail/smtp.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <thread>

namespace mail {
namespace {

TEST(SmtpUrl, NamesAServerAndHowItIsReached) {
    auto const submission = parse_smtp_url("smtp://ana%40example.com:p%2Fw%3Ad@mail.example.com").value();
    EXPECT_EQ(submission.host, "mail.example.com");
    EXPECT_EQ(submission.port, 587);
    EXPECT_EQ(submission.user, "ana@example.com");
    EXPECT_EQ(submission.password, "p/w:d");
    EXPECT_EQ(submission.protection, Protection::starttls);
    auto const implicit = parse_smtp_url("smtps://a:b@mail.example.com").value();
    EXPECT_EQ(implicit.port, 465);
    EXPECT_EQ(implicit.protection, Protection::implicit_tls);
    EXPECT_EQ(parse_smtp_url("smtp://mail.example.com:2525").value().port, 2525);
}

TEST(SmtpUrl, IsPlainOnThisMachineOnly) {
    for (auto const* url : {"smtp://localhost:2525", "smtp://127.0.0.1", "smtp://[::1]:25"}) {
        EXPECT_EQ(parse_smtp_url(url).value().protection, Protection::plain) << url;
    }
    for (auto const* url : {"smtp://localhost.example.com", "smtp://10.0.0.1", "smtp://[::ffff:127.0.0.1]"}) {
        EXPECT_EQ(parse_smtp_url(url).value().protection, Protection::starttls) << url;
    }
}

TEST(SmtpUrl, IsRefusedInASentenceThatKeepsItsPassword) {
    for (auto const* url :
         {"", "mail.example.com", "http://u:secret@mail.example.com", "smtp://", "smtp://u@mail.example.com",
          "smtp://u:secret@mail.example.com/inbox", "smtp://u:secret@mail.example.com?a=b",
          "smtp://u:secret@mail.example.com:99999", "smtp://u:sec/ret@mail.example.com",
          "smtp://u:secret%0d%0aRCPT@mail.example.com", "smtp://u:secret@mail.example.com#a"}) {
        auto const server = parse_smtp_url(url);
        ASSERT_FALSE(server) << url;
        EXPECT_EQ(server.error().code, "bad_smtp_url");
        EXPECT_EQ(server.error().message.find("secret"), std::string::npos);
    }
}

/// A port of loopback that takes connections and never says a word.
class Silence {
public:
    Silence() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        auto address = sockaddr_in();
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        auto size = socklen_t{sizeof address};
        auto* const any = reinterpret_cast<sockaddr*>(&address);
        if (::bind(socket_, any, size) != 0 || ::listen(socket_, 4) != 0 || ::getsockname(socket_, any, &size) != 0) {
            throw std::runtime_error("cannot listen");
        }
        port_ = ntohs(address.sin_port);
    }
    ~Silence() {
        ::close(guest_);
        ::close(socket_);
    }
    Silence(Silence const&) = delete;
    Silence& operator=(Silence const&) = delete;
    std::uint16_t port() const { return port_; }
    /// Blocks until somebody has come, who then waits for a word.
    void await_guest() { guest_ = ::accept(socket_, nullptr, nullptr); }

private:
    int socket_;
    int guest_ = -1;
    std::uint16_t port_ = 0;
};

Message message() {
    return {"0198a000-0000-7000-8000-000000000000", {"", "ana@example.com"}, "Hola", "Hola.\n", base::Instant()};
}

Smtp smtp(std::uint16_t port) {
    return Smtp({"127.0.0.1", port, Protection::plain, "", ""}, {"", "citas@example.com"});
}

TEST(Smtp, TakesAServerThatIsNotThereForOneThatMayCome) {
    auto const port = Silence().port();
    auto const sent = smtp(port).send(message(), {});
    ASSERT_FALSE(sent);
    EXPECT_EQ(sent.error().fault, base::Fault::unavailable);
    EXPECT_EQ(sent.error().code, "mail_unreachable");
}

TEST(Smtp, StopsWaitingForASilentServerWhenAsked) {
    auto silence = Silence();
    auto const begin = std::chrono::steady_clock::now();
    auto stop = std::stop_source();
    auto sent = base::Result<void>();
    auto sender = std::jthread([&] { sent = smtp(silence.port()).send(message(), stop.get_token()); });
    silence.await_guest();
    stop.request_stop();
    sender.join();
    EXPECT_LT(std::chrono::steady_clock::now() - begin, longest_send / 2);
    ASSERT_FALSE(sent);
    EXPECT_EQ(sent.error().code, "mail_unreachable");
}

} // namespace
} // namespace mail
