#include "base/seal.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <fstream>
#include <set>
#include <thread>

namespace base {
namespace {

constexpr auto hex_key = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
constexpr auto place = "business|google|token|1";

MasterKey key() { return MasterKey::parse(hex_key).value(); }

TEST(MasterKey, is_read_from_hexadecimal_or_base64url) {
    EXPECT_EQ(key().to_hex(), hex_key);
    EXPECT_EQ(MasterKey::parse("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8").value().to_hex(), hex_key);
    for (auto const& text : {std::string(), std::string(64, 'g'), std::string(63, '0'), std::string(43, '!'),
                             std::string(hex_key) + "\n", std::string(128, '0')}) {
        auto const parsed = MasterKey::parse(text);
        ASSERT_FALSE(parsed) << text;
        EXPECT_EQ(parsed.error().code, "master_key");
    }
}

TEST(MasterKey, has_a_name_that_does_not_change_between_releases) {
    EXPECT_EQ(key().id(), MasterKey::parse(hex_key)->id());
    EXPECT_EQ(key().id(), "5c945eae");
}

TEST(MasterKey, derives_another_key_for_each_purpose) {
    EXPECT_EQ(key().derive("tokens__").size(), MasterKey::size);
    EXPECT_EQ(key().derive("tokens__"), key().derive("tokens__"));
    EXPECT_NE(key().derive("tokens__"), key().derive("cookies_"));
    EXPECT_THROW(key().derive("tokens"), std::logic_error);
}

RC_GTEST_PROP(Seal, opens_again_in_its_place, (std::string const& secret, std::string const& where)) {
    auto random = SystemRandom();
    auto const sealed = key().seal(secret, where, random);
    RC_ASSERT(key().open(sealed, where).value() == secret);
    RC_ASSERT(sealed.starts_with("v1." + key().id() + "."));
}

TEST(Seal, still_opens_what_the_first_release_sealed) {
    EXPECT_EQ(key().open("v1.5c945eae.dCybdm9Ij3cQcHxz6p5ZP5Y5PsmGTprRO4kL9gYXcI1j0yuFQ_1VlF1-9EJEV7w", place).value(),
              "secreto");
}

TEST(Seal, of_the_same_secret_never_looks_the_same) {
    auto random = SystemRandom();
    EXPECT_NE(key().seal("secreto", place, random), key().seal("secreto", place, random));
}

TEST(Seal, moved_to_another_place_does_not_open) {
    auto random = SystemRandom();
    auto const opened = key().open(key().seal("secreto", place, random), "business|google|token|2");
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, "sealed_damaged");
    EXPECT_EQ(opened.error().fault, Fault::broken);
}

TEST(Seal, of_another_key_is_told_from_a_damaged_one) {
    auto random = SystemRandom();
    auto const opened = MasterKey::generate(random).open(key().seal("secreto", place, random), place);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, "wrong_master_key");
    EXPECT_EQ(opened.error().fault, Fault::invalid);
}

TEST(Seal, with_any_letter_changed_does_not_open) {
    auto random = SystemRandom();
    auto const sealed = key().seal("secreto", place, random);
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        auto changed = sealed;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(key().open(changed, place)) << i;
        EXPECT_FALSE(key().open(sealed.substr(0, i), place)) << i;
    }
    EXPECT_FALSE(key().open(sealed + "A", place));
    EXPECT_FALSE(key().open("v1." + key().id() + ".", place));
    EXPECT_EQ(key().open("v2.00000000.AAAA", place).error().code, "sealed_damaged") << "no version we know";
}

class MasterKeyFile : public testing::Test {
protected:
    void SetUp() override {
        auto name = (std::filesystem::temp_directory_path() / "master_key_test.XXXXXX").string();
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        folder_ = name;
    }
    void TearDown() override {
        ::unsetenv("APUNTA_MASTER_KEY");
        ::unsetenv("APUNTA_MASTER_KEY_FILE");
        std::filesystem::remove_all(folder_);
    }
    std::filesystem::path write(std::string const& name, std::string const& text, mode_t mode = 0600) {
        std::ofstream(folder_ / name) << text;
        ::chmod((folder_ / name).c_str(), mode);
        return folder_ / name;
    }
    std::string code_of(std::filesystem::path const& path, bool may_create = false) {
        auto const loaded = load_master_key(path, may_create, random_);
        return loaded ? "loaded" : loaded.error().code;
    }

    std::filesystem::path folder_;
    SystemRandom random_;
};

TEST_F(MasterKeyFile, is_made_once_for_its_owner_alone) {
    auto const file = folder_ / "master.key";
    auto const made = load_master_key(file, true, random_);
    ASSERT_TRUE(made) << made.error().message;
    EXPECT_EQ(load_master_key(file, true, random_)->id(), made->id());
    EXPECT_EQ(load_master_key(file, false, random_)->id(), made->id());
    auto const modes = std::filesystem::status(file).permissions();
    EXPECT_EQ(modes, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_), {}), 1) << "no draft is left behind";
}

TEST_F(MasterKeyFile, is_not_made_for_a_database_that_has_sealed_rows) {
    EXPECT_EQ(code_of(folder_ / "master.key"), "master_key_missing");
    EXPECT_FALSE(std::filesystem::exists(folder_ / "master.key"));
}

TEST_F(MasterKeyFile, open_to_others_is_refused) {
    EXPECT_EQ(code_of(write("good", hex_key)), "loaded");
    EXPECT_EQ(code_of(write("owner_reads", hex_key, 0400)), "loaded");
    for (auto const mode : {0640U, 0604U, 0644U, 0620U, 0660U}) {
        EXPECT_EQ(code_of(write("open", hex_key, mode), true), "master_key_permissions") << mode;
    }
}

TEST_F(MasterKeyFile, without_a_whole_key_is_refused_and_never_replaced) {
    EXPECT_EQ(code_of(write("empty", ""), true), "master_key");
    EXPECT_EQ(code_of(write("short", "abcd"), true), "master_key");
    EXPECT_EQ(code_of(write("long", std::string(1000, '0')), true), "master_key");
    EXPECT_EQ(code_of(write("lines", std::string(hex_key) + "\n"), true), "loaded");
    EXPECT_EQ(std::filesystem::file_size(folder_ / "empty"), 0U);
}

TEST_F(MasterKeyFile, that_cannot_be_read_or_made_is_a_failure_not_a_new_key) {
    EXPECT_EQ(code_of(folder_, true), "master_key_file");
    EXPECT_EQ(code_of(folder_ / "absent" / "master.key", true), "master_key_file");
}

TEST_F(MasterKeyFile, gives_way_to_the_environment) {
    auto const own = write("own", std::string(64, '1'));
    ::setenv("APUNTA_MASTER_KEY_FILE", write("other", hex_key).c_str(), 1);
    EXPECT_EQ(load_master_key(own, false, random_)->to_hex(), hex_key);
    ::setenv("APUNTA_MASTER_KEY", std::string(64, '2').c_str(), 1);
    EXPECT_EQ(load_master_key(own, false, random_)->to_hex(), std::string(64, '2'));
    ::setenv("APUNTA_MASTER_KEY", "nonsense", 1);
    EXPECT_EQ(code_of(own), "master_key");
}

TEST_F(MasterKeyFile, named_by_the_environment_is_never_made) {
    ::setenv("APUNTA_MASTER_KEY_FILE", (folder_ / "absent").c_str(), 1);
    EXPECT_EQ(code_of(folder_ / "master.key", true), "master_key_missing");
    EXPECT_TRUE(std::filesystem::is_empty(folder_));
}

TEST_F(MasterKeyFile, made_by_many_at_once_is_one_key) {
    auto ids = std::vector<std::string>(8);
    {
        auto threads = std::vector<std::jthread>();
        for (auto& id : ids) {
            threads.emplace_back([&id, this] { id = load_master_key(folder_ / "master.key", true, random_)->id(); });
        }
    }
    EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), 1U);
}

} // namespace
} // namespace base
