#include "accounts/passwords.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <sstream>
#include <thread>
#include <vector>

#include "accounts/common_passwords.hpp"

namespace accounts {
namespace {

constexpr auto ana = Person{"ana.garcia@example.com", "Ana García"};

std::string verdict(std::string_view password) {
    auto const good = check_password(password, ana);
    return good ? "ok" : good.error().fields.at(0).code;
}

TEST(PasswordRules, AskForTenCharactersAndNothingElse) {
    EXPECT_EQ(verdict("ñandúñand"), "too_short");
    EXPECT_EQ(verdict("ñandúñandú"), "ok");
    EXPECT_EQ(verdict(std::string(128, 'x') + "y"), "too_long");
    EXPECT_EQ(verdict(std::string(127, 'x') + "y"), "ok");
    EXPECT_EQ(verdict("una frase larga"), "ok");
    EXPECT_EQ(verdict("apunta-demo"), "ok");
}

TEST(PasswordRules, RefuseWhatEverybodyTriesHoweverItIsWritten) {
    for (auto const* common : {"1234567890", "qwertyuiop", "Password123", "CONTRASEÑA123", "contraseña123",
                               "realmadrid", "peluqueria1", "Peluquería1"}) {
        EXPECT_EQ(verdict(common), "too_common") << common;
    }
}

TEST(PasswordRules, RefuseTheAccountsOwnEmailAndName) {
    for (auto const* own : {"ana.garcia@example.com", "ANA.GARCIA", "ana garcía", "anagarcia1990", "Ana García, 1!"}) {
        EXPECT_EQ(verdict(own), "too_personal") << own;
    }
    EXPECT_EQ(verdict("Ana García canta"), "ok");
    EXPECT_TRUE(check_password("1029384757", {"", ""})) << "no letters are nobody's name";
}

TEST(PasswordRules, HaveAListWhoseWordsCanBeMet) {
    auto lines = std::istringstream(std::string(common_passwords()));
    auto words = 0;
    for (auto line = std::string(); std::getline(lines, line);) {
        if (line.starts_with('#')) continue;
        auto in_line = std::istringstream(line);
        for (auto word = std::string(); in_line >> word; ++words) {
            EXPECT_GE(base::length_in_code_points(word), password_text.min) << word;
            EXPECT_EQ(base::fold(word), word);
            EXPECT_EQ(verdict(word), "too_common") << word;
        }
    }
    EXPECT_GT(words, 300);
}

TEST(Passwords, SendAwayWhoWouldWaitTooLong) {
    auto passwords = Passwords(1);
    auto hashed = std::atomic<int>(0);
    auto sent_away = std::atomic<int>(0);
    {
        auto crowd = std::vector<std::jthread>();
        for (auto i = 0; i < 60; ++i)
            crowd.emplace_back([&] {
                auto const hash = passwords.hash("una frase larga");
                EXPECT_TRUE(hash || hash.error().code == "busy");
                ++(hash ? hashed : sent_away);
            });
    }
    EXPECT_GE(hashed, 1);
    EXPECT_GE(sent_away, 1);
}

} // namespace
} // namespace accounts
