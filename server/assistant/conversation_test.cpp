#include <gtest/gtest.h>

#include "assistant/player_test.hpp"

namespace assistant::test {
namespace {

TEST(Conversation, books_end_to_end) {
    Player player(salon_in_spain(), "2026-10-21T10:15", std::nullopt);
    for (auto line : {"hola", "1", "2", "mañana", "1", "Carmen", "sí"}) {
        auto const back = player.say({line});
        std::printf("> %s\n%s  [%s]\n\n", line, back.text.c_str(), back.end.c_str());
    }
    EXPECT_EQ(player.calendar(), "corte_hombre 2026-10-22T10:00 marta Carmen");
}

}  // namespace
}  // namespace assistant::test
